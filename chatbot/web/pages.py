"""The article and its references as pages of their own, which need no script."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from chatbot.web.citations import ShortReference, short_reference
from corpus import Article, Paragraph, Reference, Section

_RANGE = re.compile(r"(\d{1,5})(?:-(\d{1,5}))?", re.ASCII)


def quoted_sentences(article: Article, query: str) -> frozenset[int]:
    """Return the sentence numbers that `12` or `12-13` names; none for anything else."""
    match = _RANGE.fullmatch(query)
    if match is None:
        return frozenset()
    first = int(match[1])
    last = min(int(match[2] or first), len(article.sentences))
    return frozenset(range(max(first, 1), last + 1))


@dataclass(frozen=True, slots=True)
class ArticleView:
    """What the templates ask about the parts of an article; `language` is that of the page."""

    article: Article
    language: str

    def pieces(self, paragraph: Paragraph) -> Iterator[tuple[int, str]]:
        """Yield each character of a paragraph once, in order.

        A sentence comes with its number, what stands between two sentences with 0.
        """
        text, position = self.article.text, paragraph.span.start
        for sentence in paragraph.sentences:
            if sentence.span.start > position:
                yield 0, text[position : sentence.span.start]
            yield sentence.number, text[sentence.span.start : sentence.span.end]
            position = sentence.span.end
        if paragraph.span.end > position:
            yield 0, text[position : paragraph.span.end]

    def current_section(self, quoted: Collection[int]) -> int:
        """Return the number of the section where the quoted sentences begin; 0 without any."""
        return self.article.sentence(min(quoted)).section if quoted else 0

    def reference(self, paragraph: Paragraph) -> ShortReference | None:
        """Return the reference whose printed entry a paragraph is, if it is one."""
        for reference in self.article.references:
            if reference.entry.paragraph == paragraph.number:
                return short_reference(reference)
        return None


@dataclass(frozen=True, slots=True)
class Passage:
    """A sentence that rests on references; `only` are the words to which that is confined."""

    number: int
    paragraph: int
    text: str
    references: tuple[int, ...]
    only: str


@dataclass(frozen=True, slots=True)
class ReferenceEntry:
    """One reference as its page shows it; `printed` is the entry byte for byte."""

    short: ShortReference
    printed: str
    confirmed: str
    not_confirmed: str
    passages: tuple[Passage, ...]


def passages(article: Article) -> tuple[Passage, ...]:
    """Return the passages that rest on references, in the order of the article."""
    notes = article.notes
    return tuple(
        Passage(
            number,
            article.sentence(number).paragraph,
            article.read(article.sentence(number).span),
            numbers,
            notes.rests_on_only.get(number, ""),
        )
        for number, numbers in sorted(notes.rests_on.items())
    )


def reference_entries(article: Article) -> tuple[ReferenceEntry, ...]:
    """Return the references in the order of the list, each with the passages that rest on it."""
    found = passages(article)
    return tuple(_entry(article, reference, found) for reference in article.references)


def _entry(article: Article, reference: Reference, found: tuple[Passage, ...]) -> ReferenceEntry:
    return ReferenceEntry(
        short_reference(reference),
        article.read(reference.entry.span),
        reference.confirmed,
        reference.not_confirmed,
        tuple(passage for passage in found if reference.number in passage.references),
    )


def section_of(article: Article, start: int) -> Section:
    """Return the section that holds the character at `start`."""
    return next(
        section for section in article.sections if section.span.start <= start < section.span.end
    )
