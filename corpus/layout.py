"""Reading article.txt: its headings, paragraphs and sentences, each with its offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path

from corpus.article import Paragraph, Section, Sentence
from corpus.errors import CorpusError
from corpus.span import Span
from corpus.splitting import split_sentences

DIVIDERS = frozenset({"---", "—"})
"""Lines that end a section; they belong to the page, not to what can be quoted."""

_HEADING = re.compile(r"(#{1,3})[ \t]+(?=\S)")
_LIST_MARK = re.compile(r"[-*•][ \t]+(?=\S)")


@dataclass(frozen=True, slots=True)
class _Line:
    """A line that is not empty: `[start:end]` is what it says, without mark and white space."""

    number: int
    start: int
    end: int
    mark: str
    text: str
    follows_text: bool


@dataclass(slots=True)
class _Draft:
    """A section being read; `end` is known when the next one begins."""

    level: int
    start: int
    heading: _Line | None
    lines: list[_Line] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Layout:
    """The parts of one article.txt; `sections` cover the whole text."""

    text: str
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]


def read_layout(
    text: str,
    file: Path,
    span: Callable[[int, int], Span],
    language: str,
    unprinted_titles: tuple[str, ...],
    references_heading: str | None,
) -> Layout:
    """Return the parts of an article.

    `span` makes a span from two offsets. `unprinted_titles` name, in order, the sections that begin
    at a divider without a heading. Raises CorpusError, naming the line, for a text that breaks the
    format of `docs/ARTICLE_FORMAT.md`.
    """
    drafts = _drafts(list(_lines(text, file)), file)
    unprinted = [draft for draft in drafts if draft.heading is None]
    if len(unprinted) != len(unprinted_titles):
        raise CorpusError(
            f"{len(unprinted)} sections begin at a divider without a heading, but article.toml "
            f"gives {len(unprinted_titles)} unprinted_titles; give one for each, in order",
            file,
        )
    return _Builder(text, span, language, references_heading).build(drafts, unprinted_titles)


def _lines(text: str, file: Path) -> Iterator[_Line]:
    offset, follows_text = 0, False
    for number, raw in enumerate(text.split("\n"), start=1):
        body = raw.strip()
        if body:
            line = _line(raw, body, number, offset, follows_text)
            _check_line(line, file)
            yield line
        follows_text = bool(body) and not body.startswith("#") and body not in DIVIDERS
        offset += len(raw) + 1


def _line(raw: str, body: str, number: int, offset: int, follows_text: bool) -> _Line:
    start = offset + len(raw) - len(raw.lstrip())
    found = None if body in DIVIDERS else _HEADING.match(body) or _LIST_MARK.match(body)
    mark = body if body in DIVIDERS else found.group().strip() if found else ""
    skipped = found.end() if found else 0
    return _Line(number, start + skipped, start + len(body), mark, body[skipped:], follows_text)


def _check_line(line: _Line, file: Path) -> None:
    if not line.mark and line.text.startswith("#"):
        raise CorpusError(
            "a heading is #, ## or ###, a space and its words: # title, ## section, ### subsection",
            file,
            line.number,
        )
    if not line.mark and line.follows_text:
        raise CorpusError(
            "this line continues the line above; write a paragraph on one line and leave an empty "
            "line between two paragraphs",
            file,
            line.number,
        )


def _drafts(lines: list[_Line], file: Path) -> list[_Draft]:
    """Group lines into sections; a divider opens one only if a paragraph comes next."""
    if not lines:
        raise CorpusError("the article is empty; write its title as '# Title' and its text", file)
    if lines[0].mark != "#":
        raise CorpusError("an article begins with its title: '# Title'", file, lines[0].number)
    drafts: list[_Draft] = []
    divider: _Line | None = None
    for line in lines:
        if line.mark == "#" and drafts:
            raise CorpusError("an article has one title; write '## Section'", file, line.number)
        if line.mark in DIVIDERS:
            divider = line
        elif line.mark.startswith("#"):
            drafts.append(_Draft(len(line.mark), line.start, line))
            divider = None
        else:
            if divider is not None:
                drafts.append(_Draft(2, divider.start, None))
                divider = None
            drafts[-1].lines.append(line)
    if not any(draft.lines for draft in drafts):
        raise CorpusError("the article has a title but no text", file, lines[0].number)
    return drafts


class _Builder:
    """Numbers the parts of an article while it makes them."""

    def __init__(
        self,
        text: str,
        span: Callable[[int, int], Span],
        language: str,
        references_heading: str | None,
    ) -> None:
        self._text = text
        self._span = span
        self._language = language
        self._references_heading = references_heading
        self._sentences: list[Sentence] = []
        self._paragraphs: list[Paragraph] = []
        self._sections: list[Section] = []
        self._slugs: set[str] = set()

    def build(self, drafts: list[_Draft], unprinted_titles: tuple[str, ...]) -> Layout:
        titles = iter(unprinted_titles)
        starts = [0, *(self._line_start(draft.start) for draft in drafts[1:]), len(self._text)]
        for draft, start, end in zip(drafts, starts, starts[1:], strict=False):
            title = draft.heading.text if draft.heading else next(titles)
            self._add_section(draft, title, self._span(start, end))
        return Layout(
            self._text,
            tuple(self._sections),
            tuple(self._paragraphs),
            tuple(self._sentences),
        )

    def _line_start(self, offset: int) -> int:
        return self._text.rfind("\n", 0, offset) + 1

    def _add_section(self, draft: _Draft, title: str, span: Span) -> None:
        number = len(self._sections) + 1
        heading = self._span(draft.heading.start, draft.heading.end) if draft.heading else None
        if number == 1 and heading is not None:
            self._sentences.append(Sentence(1, heading, 1, 0, "title"))
        is_references = draft.heading is not None and title == self._references_heading
        paragraphs = tuple(self._add_paragraph(line, number, is_references) for line in draft.lines)
        slug = self._slug(title)
        self._sections.append(Section(number, draft.level, title, heading, span, slug, paragraphs))

    def _add_paragraph(self, line: _Line, section: int, is_reference: bool) -> Paragraph:
        number = len(self._paragraphs) + 1
        ends = [(0, len(line.text))] if is_reference else split_sentences(line.text, self._language)
        sentences = tuple(
            Sentence(
                len(self._sentences) + count,
                self._span(line.start + start, line.start + end),
                section,
                number,
                "reference" if is_reference else "body",
            )
            for count, (start, end) in enumerate(ends, start=1)
        )
        paragraph = Paragraph(number, self._span(line.start, line.end), section, sentences)
        self._sentences.extend(sentences)
        self._paragraphs.append(paragraph)
        return paragraph

    def _slug(self, title: str) -> str:
        plain = unicodedata.normalize("NFKD", title).encode("ascii", "ignore").decode().lower()
        base = re.sub(r"[^a-z0-9]+", "-", plain).strip("-") or "section"
        slug, count = base, 1
        while slug in self._slugs:
            count += 1
            slug = f"{base}-{count}"
        self._slugs.add(slug)
        return slug
