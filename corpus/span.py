"""A place in an article, as character offsets tied to one version of its text."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from corpus.errors import SpanError


def text_hash(text: str) -> str:
    """Return the SHA-256 of a text's UTF-8 bytes, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8")).hexdigest()


@dataclass(frozen=True, order=True, slots=True)
class Span:
    """The characters `text[start:end]` of an article, never empty.

    Offsets count Unicode code points from 0. `sha256` names the version of the text; it takes no
    part in comparing. Raises SpanError for offsets that no text can have.
    """

    article: str
    start: int
    end: int
    sha256: str = field(compare=False, repr=False)

    def __post_init__(self) -> None:
        """Refuse an empty, reversed or negative span."""
        if not 0 <= self.start < self.end:
            raise SpanError(f"A span cannot run from {self.start} to {self.end}.")

    def __len__(self) -> int:
        """Return the number of characters."""
        return self.end - self.start

    def overlaps(self, other: Span) -> bool:
        """Return whether the two share a character."""
        return self._same_text(other) and self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        """Return whether every character of `other` is in this span."""
        return self._same_text(other) and self.start <= other.start and other.end <= self.end

    def union(self, other: Span) -> Span:
        """Return the smallest span that contains both.

        Raises SpanError if they belong to different articles or versions.
        """
        if not self._same_text(other):
            raise SpanError(
                f"Spans of {self.article} and {other.article} cannot be joined: "
                "they are not from one version of one article."
            )
        return Span(
            self.article, min(self.start, other.start), max(self.end, other.end), self.sha256
        )

    def read(self, text: str) -> str:
        """Return the characters of this span.

        Raises SpanError unless `text` is the version that the span was made from and holds it.
        """
        if text_hash(text) != self.sha256:
            raise SpanError(
                f"The span {self.start}-{self.end} was made from another version of {self.article}."
            )
        if self.end > len(text):
            raise SpanError(
                f"The span {self.start}-{self.end} is outside {self.article}, "
                f"which has {len(text)} characters."
            )
        return text[self.start : self.end]

    def to_selectors(self, text: str, context: int = 32) -> list[dict[str, Any]]:
        """Return the W3C TextQuoteSelector and TextPositionSelector of this span.

        `context` is the most characters in `prefix` and `suffix`. Raises SpanError as `read` does.
        Source: W3C Web Annotation Data Model.
        """
        return [
            {
                "type": "TextQuoteSelector",
                "exact": self.read(text),
                "prefix": text[max(0, self.start - context) : self.start],
                "suffix": text[self.end : self.end + context],
            },
            {"type": "TextPositionSelector", "start": self.start, "end": self.end},
        ]

    def _same_text(self, other: Span) -> bool:
        return (self.article, self.sha256) == (other.article, other.sha256)
