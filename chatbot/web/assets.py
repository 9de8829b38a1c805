"""The page's own style sheets and scripts, under names that change with their content."""

from __future__ import annotations

from importlib import resources

from chatbot.web.documents import Document

BUNDLES = {
    "chat.css": ("page", "quotes", "article", "gradio", "answers", "layout"),
    "chat.js": ("reading", "acts", "turns"),
    "document.css": ("page", "quotes", "article", "document"),
    "sheet.js": ("sheet",),
}
"""The files that a page loads, each made of files of `static/` in this order."""

MEDIA_TYPES = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8"}


class Assets:
    """The bundles, read and compressed once."""

    def __init__(self, root_path: str = "") -> None:
        """Read the files; `root_path` is the prefix that the page is served under."""
        self._root_path = root_path
        self._documents = {name: _bundle(name, parts) for name, parts in BUNDLES.items()}

    def url(self, name: str) -> str:
        """Return the address of a bundle; raises KeyError for an unknown name."""
        return f"{self._root_path}/ui/{self._documents[name].digest}/{name}"

    def find(self, digest: str, name: str) -> Document | None:
        """Return the bundle of that name and content, or None."""
        document = self._documents.get(name)
        return document if document is not None and document.digest == digest else None


def _bundle(name: str, parts: tuple[str, ...]) -> Document:
    suffix = name.rpartition(".")[2]
    folder = resources.files("chatbot.web").joinpath("static")
    texts = [folder.joinpath(f"{part}.{suffix}").read_text(encoding="utf-8") for part in parts]
    return Document.of("\n".join(texts), MEDIA_TYPES[suffix])
