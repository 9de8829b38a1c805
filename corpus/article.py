"""An article in memory: its text, its parts with exact offsets, and what editors noted on it."""

from __future__ import annotations

from bisect import bisect_right
from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from corpus.errors import SpanError
from corpus.span import Span

if TYPE_CHECKING:
    from corpus.bank import QuestionBank
    from corpus.notes import EditorNotes
    from corpus.references import Reference


@dataclass(frozen=True, slots=True)
class Site:
    """A web site as the article prints it, and the address a link to it must have."""

    printed: str
    url: str


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of the article besides its text; `disclaimer` is quoted from the text.

    `language` is a BCP 47 tag. There is no date and no page address: none is given.
    """

    title: str
    author: str
    sites: tuple[Site, ...]
    disclaimer: str
    language: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """The smallest part that can be quoted.

    `number` counts from 1 through the article; the title is sentence 1 in paragraph 0, and each
    entry of the references list is one sentence. `section` and `paragraph` are numbers.
    """

    number: int
    span: Span
    section: int
    paragraph: int
    kind: Literal["title", "body", "reference"]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph, list item or entry of the references list; `number` counts from 1."""

    number: int
    span: Span
    section: int
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Section:
    """A part of the article under one heading, without its subsections.

    The spans of all sections together cover the whole text without a gap. `level` is 1 for the
    title, 2 for a section and 3 for a subsection. `heading` is None where the article prints none;
    `title` is then the editors' word for it.
    """

    number: int
    level: int
    title: str
    heading: Span | None
    span: Span
    slug: str
    paragraphs: tuple[Paragraph, ...]


@dataclass(frozen=True, slots=True, eq=False, repr=False)
class Article:
    """One version of one article; `text` is article.txt, `sha256` its hash."""

    id: str
    metadata: Metadata
    text: str
    sha256: str
    sections: tuple[Section, ...]
    paragraphs: tuple[Paragraph, ...]
    sentences: tuple[Sentence, ...]
    references: tuple[Reference, ...]
    notes: EditorNotes
    bank: QuestionBank | None

    def read(self, span: Span) -> str:
        """Return the characters of a span.

        Raises SpanError if the span is outside the text or not of this version of this article.
        """
        if span.article != self.id:
            raise SpanError(f"A span of {span.article} cannot be read in {self.id}.")
        if span.sha256 != self.sha256:
            raise SpanError(f"The span {span} was made from another version of {self.id}.")
        if span.end > len(self.text):
            raise SpanError(f"The span {span} is outside {self.id}.")
        return self.text[span.start : span.end]

    def span(self, start: int, end: int) -> Span:
        """Return the span of `text[start:end]`; raises SpanError if it is outside the text."""
        if end > len(self.text):
            raise SpanError(f"The span {start}-{end} is outside {self.id}.")
        return Span(self.id, start, end, self.sha256)

    def sentence(self, number: int) -> Sentence:
        """Return a sentence by its number; raises SpanError if there is none."""
        if not 1 <= number <= len(self.sentences):
            raise SpanError(
                f"{self.id} has no sentence {number}: they are 1 to {len(self.sentences)}."
            )
        return self.sentences[number - 1]

    def section(self, number: int) -> Section:
        """Return a section by its number; raises SpanError if there is none."""
        if not 1 <= number <= len(self.sections):
            raise SpanError(
                f"{self.id} has no section {number}: they are 1 to {len(self.sections)}."
            )
        return self.sections[number - 1]

    def sentence_at(self, offset: int) -> Sentence | None:
        """Return the sentence that holds the character at an offset, or None between sentences."""
        before = bisect_right(self.sentences, offset, key=lambda sentence: sentence.span.start)
        if before == 0:
            return None
        sentence = self.sentences[before - 1]
        return sentence if offset < sentence.span.end else None

    def sentences_in(self, span: Span) -> tuple[Sentence, ...]:
        """Return the sentences that share a character with a span, in order."""
        return tuple(sentence for sentence in self.sentences if sentence.span.overlaps(span))

    def find(self, text: str) -> Span:
        """Return the one place where a text stands; raises SpanError for none or several."""
        start = self.text.find(text) if text else -1
        if start < 0:
            raise SpanError(f"{self.id} does not contain {text!r}.")
        if self.text.find(text, start + 1) >= 0:
            raise SpanError(f"{self.id} contains {text!r} more than once.")
        return self.span(start, start + len(text))
