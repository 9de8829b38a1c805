"""Loading article folders; every fault is one CorpusError that names its file and line."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Annotated

from pydantic import Field

from corpus.article import Article, Metadata, Sentence, Site
from corpus.bank import read_bank
from corpus.editor_files import Address, Form, JsonArrayFile, Text, TomlFile, read_text
from corpus.errors import CorpusError
from corpus.layout import Layout, read_layout
from corpus.notes import read_notes
from corpus.references import Reference, read_references
from corpus.span import Span, text_hash

ARTICLES = Path(__file__).with_name("articles")
"""The folder of the articles that come with the product."""

TEXT_FILE = "article.txt"
METADATA_FILE = "article.toml"
REFERENCES_FILE = "references.json"
NOTES_FILE = "notes.toml"
BANK_FILE = "questions.jsonl"

_ID = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")


class _SiteForm(Form):
    printed: Text
    url: Address


class _MetadataForm(Form):
    title: Text
    author: Text
    language: Annotated[str, Field(pattern=r"^[a-z]{2,3}(-[A-Za-z0-9]+)*$")]
    disclaimer: Text
    sha256: str
    unprinted_titles: Sequence[str] = ()
    references_heading: str | None = None
    sites: Sequence[_SiteForm] = ()


class Library(Mapping[str, Article]):
    """The articles of a folder by id, in the order of the ids; each is read when first asked for.

    Looking up an article raises CorpusError if its folder has a fault.
    """

    def __init__(self, folders: Mapping[str, Path]) -> None:
        """Keep where each article is."""
        self._folders = dict(sorted(folders.items()))
        self._articles: dict[str, Article] = {}

    def __getitem__(self, article: str) -> Article:
        """Return an article by its id; raises KeyError if there is none."""
        if article not in self._articles:
            self._articles[article] = load_article(self._folders[article])
        return self._articles[article]

    def __iter__(self) -> Iterator[str]:
        """Iterate over the ids."""
        return iter(self._folders)

    def __len__(self) -> int:
        """Return the number of articles."""
        return len(self._folders)


def load_library(folder: Path = ARTICLES) -> Library:
    """Return the library of a folder whose subfolders are articles.

    Raises CorpusError if the folder holds none; an article's own faults come when it is looked up.
    """
    found = {path.name: path for path in folder.glob("*") if (path / METADATA_FILE).is_file()}
    if not found:
        raise CorpusError(
            f"no subfolder holds an {METADATA_FILE}; give a folder of articles", folder
        )
    return Library(found)


def load_article(folder: Path) -> Article:
    """Return the article of a folder; its id is the folder's name.

    Raises CorpusError, naming file and line, for the first fault; `docs/ARTICLE_FORMAT.md`
    describes the files.
    """
    article = folder.resolve().name
    if not _ID.fullmatch(article):
        raise CorpusError(
            "an article's folder is named in small letters, digits and hyphens, as ldn-cancer is",
            folder,
        )
    toml = TomlFile.read(folder / METADATA_FILE)
    form = toml.parse(_MetadataForm, toml.data)
    text = read_text(folder / TEXT_FILE)
    layout = _read_layout(article, text, folder / TEXT_FILE, form)
    metadata = _check_metadata(toml, form, layout)
    references = _read_references(folder, layout, form)
    notes = TomlFile.read(folder / NOTES_FILE)
    bank = folder / BANK_FILE
    return Article(
        id=article,
        metadata=metadata,
        text=text,
        sha256=text_hash(text),
        sections=layout.sections,
        paragraphs=layout.paragraphs,
        sentences=layout.sentences,
        references=references,
        notes=read_notes(notes, text, layout.sentences, len(references)),
        bank=read_bank(bank, text, layout.sentences) if bank.exists() else None,
    )


def _read_layout(article: str, text: str, file: Path, form: _MetadataForm) -> Layout:
    sha256 = text_hash(text)

    def span(start: int, end: int) -> Span:
        return Span(article, start, end, sha256)

    titles = tuple(form.unprinted_titles)
    return read_layout(text, file, span, form.language, titles, form.references_heading)


def _check_metadata(toml: TomlFile, form: _MetadataForm, layout: Layout) -> Metadata:
    folder = toml.file.parent
    if form.sha256 != text_hash(layout.text):
        raise toml.error(
            f"{TEXT_FILE} is not the text that sha256 was made from; if the change is wanted, "
            f"run: python -m corpus seal {folder}",
            "sha256",
        )
    if form.title != layout.sections[0].title:
        raise toml.error(f"'title' is not the title line of {TEXT_FILE}; copy it", "title")
    if form.disclaimer not in layout.text:
        raise toml.error(f"'disclaimer' does not stand in {TEXT_FILE}; copy it", "disclaimer")
    for index, site in enumerate(form.sites):
        if site.printed not in layout.text:
            raise toml.error(
                f"'{site.printed}' does not stand in {TEXT_FILE}", "sites", index, "printed"
            )
    titles = [section.title for section in layout.sections if section.heading]
    if form.references_heading is not None and form.references_heading not in titles:
        raise toml.error(
            f"'references_heading' is not a heading of {TEXT_FILE}", "references_heading"
        )
    sites = tuple(Site(site.printed, site.url) for site in form.sites)
    return Metadata(form.title, form.author, sites, form.disclaimer, form.language)


def _read_references(folder: Path, layout: Layout, form: _MetadataForm) -> tuple[Reference, ...]:
    if form.references_heading is None:
        return ()
    entries: list[Sentence] = [s for s in layout.sentences if s.kind == "reference"]
    file = JsonArrayFile.read(folder / REFERENCES_FILE)
    return read_references(file, layout.text, entries)
