"""The page's own style sheets and scripts, under names that change with their content."""

from __future__ import annotations

from importlib import resources

from chatbot.web.documents import Document

MEDIA_TYPES = {
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
}


class Assets:
    """The files of `static/`, read and compressed once."""

    def __init__(self, root_path: str = "") -> None:
        """Read the files; `root_path` is the prefix that the page is served under."""
        self._root_path = root_path
        self._documents: dict[str, Document] = {}
        for file in resources.files("chatbot.web").joinpath("static").iterdir():
            suffix = "." + file.name.rpartition(".")[2]
            if suffix in MEDIA_TYPES:
                text = file.read_text(encoding="utf-8")
                self._documents[file.name] = Document.of(text, MEDIA_TYPES[suffix])

    def url(self, name: str) -> str:
        """Return the address of a file; raises KeyError for an unknown name."""
        return f"{self._root_path}/ui/{self._documents[name].digest}/{name}"

    def find(self, digest: str, name: str) -> Document | None:
        """Return the file of that name and content, or None."""
        document = self._documents.get(name)
        return document if document is not None and document.digest == digest else None
