"""Folding of text, so that a phrase is found however its letters are typed."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from pathlib import Path

# Accents of Latin and Cyrillic letters, Arabic vowel and hamza signs, the Arabic stretching stroke
# and the Devanagari nukta. Other marks, such as Devanagari vowels, are letters in all but name.
_DROPPED = re.compile("[\u0300-\u036f\u0640\u064b-\u065f\u0670\u093c\u200b-\u200f\u2060\ufeff]")
LETTERS = Path(__file__).with_name("letters.toml")
_SAME = str.maketrans(tomllib.loads(LETTERS.read_text(encoding="utf-8")))


def fold(text: str) -> str:
    """Return the text in lower case, without accents, with one form for each letter and digit."""
    # Replaced before they decompose, the acute accent typed as an apostrophe into a space.
    text = text.translate(_SAME).casefold()
    if text.isascii():
        return text
    plain = _DROPPED.sub("", unicodedata.normalize("NFKD", text))
    return unicodedata.normalize("NFC", _ascii_digits(plain)).translate(_SAME)


def _ascii_digits(text: str) -> str:
    if text.isascii():
        return text
    return "".join(str(unicodedata.decimal(c)) if c.isdecimal() else c for c in text)
