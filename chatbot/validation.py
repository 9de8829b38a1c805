"""Whether a message can be a question at all."""

from __future__ import annotations

import unicodedata
from enum import StrEnum

LIMIT = 4000
"""The most characters of a question; a page of text, more than any real question measured."""


class Fault(StrEnum):
    """Why a message is no question; the value is the id of its fixed message."""

    EMPTY = "invalid.empty"
    TOO_LONG = "invalid.too_long"
    NOT_TEXT = "invalid.not_text"
    NO_WORDS = "invalid.no_words"


def fault_of(message: object) -> Fault | None:
    """Return what is wrong with a message, or None if it can be a question."""
    if not isinstance(message, str):
        return Fault.NOT_TEXT
    if not _visible(message):
        return Fault.EMPTY
    if len(message) > LIMIT:
        return Fault.TOO_LONG
    return None if any(char.isalpha() for char in message) else Fault.NO_WORDS


def _visible(text: str) -> bool:
    return any(unicodedata.category(char)[0] not in "ZC" for char in text)
