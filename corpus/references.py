"""The article's references list: each entry as printed, beside what is confirmed about it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal

from pydantic import Field

from corpus.article import Sentence
from corpus.editor_files import Address, Form, JsonArrayFile, Text

DOI_RESOLVER = "https://doi.org/"

Link = Literal["doi", "publisher", "search"]
"""What a reference's address is: a confirmed DOI, the publisher's page, or a labelled search."""


@dataclass(frozen=True, slots=True)
class Reference:
    """One entry of the references list; `number` is its place in the list, from 1.

    `entry` is the entry as printed, `csl` its CSL-JSON item, `paper` what kind of paper it is.
    `confirmed` and `not_confirmed` say in words what was checked; either may be empty.
    """

    number: int
    entry: Sentence
    csl: Mapping[str, Any]
    url: str
    link: Link
    paper: str
    confirmed: str
    not_confirmed: str


class _Name(Form):
    family: Text
    given: str | None = None


class _Date(Form):
    date_parts: list[list[int]] = Field(alias="date-parts")


class _Custom(Form):
    number: int
    link: Link
    search: Address | None = None
    paper: Text
    confirmed: str
    not_confirmed: str


class _Item(Form):
    """The fields of CSL-JSON that an entry may have."""

    id: Text
    type: Literal[
        "article-journal",
        "article",
        "book",
        "chapter",
        "paper-conference",
        "report",
        "thesis",
        "webpage",
    ]
    title: Text
    author: list[_Name]
    container_title: str | None = Field(None, alias="container-title")
    publisher: str | None = None
    volume: str | None = None
    issue: str | None = None
    page: str | None = None
    issued: _Date | None = None
    doi: str | None = Field(None, alias="DOI", pattern=r"^10\.\d{4,9}/\S+$")
    url: Address | None = Field(None, alias="URL")
    note: str | None = None
    custom: _Custom

    def address(self) -> str | None:
        """Return the address of the kind that `custom.link` promises, or None without one."""
        doi = DOI_RESOLVER + self.doi if self.doi else None
        return {"doi": doi, "publisher": self.url, "search": self.custom.search}[self.custom.link]


def read_references(
    file: JsonArrayFile, text: str, entries: Sequence[Sentence]
) -> tuple[Reference, ...]:
    """Return the references in the order of the printed entries.

    Raises CorpusError if an item is not CSL-JSON, does not fit its printed entry or lacks the
    address it promises, or if there is not one item for each entry.
    """
    if len(file.data) != len(entries):
        raise file.error(
            f"{len(file.data)} items for {len(entries)} entries of the references list; "
            "write one item for each entry"
        )
    return tuple(
        _read_reference(file, index, text[entry.span.start : entry.span.end], entry)
        for index, entry in enumerate(entries)
    )


def _read_reference(file: JsonArrayFile, index: int, printed: str, entry: Sentence) -> Reference:
    item = file.parse(_Item, file.data[index], index)
    if item.custom.number != index + 1:
        raise file.error(
            f"'number' is {item.custom.number} for entry {index + 1}; items stand in the order of "
            "the references list",
            index,
            "number",
        )
    if item.title not in printed:
        raise file.error(
            f"the title does not stand in entry {index + 1} of the references list; "
            "copy it from there",
            index,
            "title",
        )
    address = item.address()
    if address is None:
        raise file.error(
            f"link is '{item.custom.link}' but its address is missing; a doi needs DOI, a "
            "publisher URL and a search 'search'",
            index,
            "link",
        )
    return Reference(
        index + 1,
        entry,
        file.data[index],
        address,
        item.custom.link,
        item.custom.paper,
        item.custom.confirmed,
        item.custom.not_confirmed,
    )
