"""Where sentences begin and end: sentencex, corrected for what health text breaks."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from functools import cache
from itertools import pairwise
from pathlib import Path

import sentencex

RULES = Path(__file__).with_name("splitting.toml")

# \u201c \u201d and \u2018 \u2019 are the curved double and single quotation marks.
_CLOSERS = re.compile(r"(?:\s*[)\]}\u201d\u2019])+")
_LAST_WORD = re.compile(r"[^\s(\[{\"'\u201c\u2018]+$")
_INITIALS = re.compile(r"\b[A-Z]\.\s+[A-Z]\.$")
_LOWER_CASE_WORD = re.compile(r"[a-z]{2,}\b")
_SENTENCE_IN_BRACKETS = re.compile(
    r"[(\[][^()\[\]]*[.!?]['\"\u201d\u2019]?[)\]]"
    r"(?=\s+['\"(\u201c\u2018]?[A-Z])"
)


@dataclass(frozen=True, slots=True)
class _Rules:
    never_last: frozenset[str] = frozenset()
    before_number: frozenset[str] = frozenset()

    def joins(self, left: str, right: str) -> bool:
        """Return whether two neighbouring pieces are one sentence."""
        found = _LAST_WORD.search(left)
        last = found.group().casefold() if found else ""
        return (
            last in self.never_last
            or (last in self.before_number and right[:1].isdigit())
            or (last.endswith(".") and _LOWER_CASE_WORD.match(right) is not None)
            or _INITIALS.search(left) is not None
            or not any(character.isalpha() for character in left)
            or not any(character.isalnum() for character in right)
        )


@cache
def _rules(language: str) -> _Rules:
    tables = tomllib.loads(RULES.read_text(encoding="utf-8"))
    table = tables.get(language.split("-")[0].casefold(), {})
    return _Rules(**{name: frozenset(words) for name, words in table.items()})


def split_sentences(text: str, language: str = "en") -> tuple[tuple[int, int], ...]:
    """Return the start and end offset of every sentence of one paragraph, in order.

    The sentences hold every character that is not white space; none begins or ends with white
    space. `language` is a BCP 47 tag.
    """
    sentences: list[tuple[int, int]] = []
    for start, end in _pieces(text, language):
        if sentences and _rules(language).joins(text[slice(*sentences[-1])], text[start:end]):
            sentences[-1] = (sentences[-1][0], end)
        else:
            sentences.append((start, end))
    return tuple(sentences)


def _pieces(text: str, language: str) -> Iterator[tuple[int, int]]:
    found = sentencex.get_sentence_boundaries(language, text)
    cuts = {_after_closers(text, piece["start_index"]) for piece in found}
    cuts |= set(_after_brackets(text, cuts))
    for start, end in pairwise(sorted({0, len(text), *cuts})):
        piece = text[start:end]
        if piece.strip():
            yield start + len(piece) - len(piece.lstrip()), start + len(piece.rstrip())


def _after_closers(text: str, cut: int) -> int:
    """Move a cut behind closing brackets and quotation marks: they belong to what they close."""
    closers = _CLOSERS.match(text, cut)
    return closers.end() if closers else cut


def _after_brackets(text: str, cuts: Iterable[int]) -> Iterator[int]:
    """Yield the cuts after sentences that stand in brackets of their own."""
    for cut in cuts:
        if found := _SENTENCE_IN_BRACKETS.match(text, cut):
            yield found.end()
