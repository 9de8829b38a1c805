"""The reply: what a question is turned into, and its public JSON form."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from corpus import Span

FORMAT_VERSION = 1
"""Version of the JSON form; it changes only when a field changes its meaning or goes."""


class ReplyKind(StrEnum):
    """The kinds of reply, under the names that the JSON form uses."""

    QUOTES = "quotes"
    NOT_IN_ARTICLE = "not_in_article"
    PERSONAL_ADVICE = "personal_advice"
    EMERGENCY = "emergency"
    CRISIS = "crisis"
    OFF_TOPIC = "off_topic"
    ABOUT = "about"
    OTHER_LANGUAGE = "other_language"
    INVALID = "invalid"


@dataclass(frozen=True, slots=True)
class CitedReference:
    """One entry of the article's references list, as a quote cites it.

    `citation` is the entry as printed; `url` is its confirmed link, or a search labelled as one.
    """

    number: int
    citation: str
    url: str

    def to_json(self) -> dict[str, Any]:
        """Return the public form."""
        return {"number": self.number, "citation": self.citation, "url": self.url}


@dataclass(frozen=True, slots=True)
class Quote:
    """A span of the article with its place and what it rests on.

    `text` is `article.text[span.start:span.end]`; `key` is the sentence that answers, inside
    `span`; `sentences` are the first and last sentence numbers; `score` is in [0, 1].
    """

    span: Span
    key: Span
    text: str
    section: str
    paragraph: int
    sentences: tuple[int, int]
    score: float
    references: tuple[CitedReference, ...] = ()

    def to_json(self) -> dict[str, Any]:
        """Return the public form."""
        return {
            "text": self.text,
            "article": self.span.article,
            "start": self.span.start,
            "end": self.span.end,
            "section": self.section,
            "paragraph": self.paragraph,
            "score": round(self.score, 4),
            "references": [reference.to_json() for reference in self.references],
        }


@dataclass(frozen=True, slots=True)
class SectionLink:
    """A section of the article to read, named but not quoted."""

    article: str
    title: str
    slug: str


@dataclass(frozen=True, slots=True)
class Reply:
    """The one reply to a question.

    `message` is a fixed message of the catalogue. `nearest` is set when the article is about the
    question's subject but does not say. `suggestions` are questions that the article answers.
    `language` is the BCP 47 tag that `message` is written in.
    """

    id: str
    question: str
    kind: ReplyKind
    message: str
    quotes: tuple[Quote, ...] = ()
    companion: Quote | None = None
    suggestions: tuple[str, ...] = ()
    nearest: SectionLink | None = None
    language: str = "en"

    def to_json(self) -> dict[str, Any]:
        """Return the public form, described in `docs/FORMAT.md`."""
        return {
            "id": self.id,
            "question": self.question,
            "kind": self.kind.value,
            "message": self.message,
            "quotes": [quote.to_json() for quote in self.quotes],
            "companion": self.companion.to_json() if self.companion else None,
            "suggestions": list(self.suggestions),
            "version": FORMAT_VERSION,
        }
