"""Normalising a message before it is judged, so that no disguise changes the judgement."""

from __future__ import annotations

import base64
import binascii
import html
import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

_MARKUP = re.compile(
    r"<!--|-->|</?[a-zA-Z][^<>]{0,400}>|\[(?P<label>[^\[\]]*)\]\([^()]*\)|[*_`~#>]{1,}"
)
_REPEATED = re.compile(r"(\w)\1{2,}")
_SPACED = re.compile(r"(?<!\w)(?:\w[ .\-_*]){3,}\w(?!\w)")
_LETTERS = re.compile(r"(?<!\w)\w(?: \w)+(?!\w)")
_WIDE_GAPS = re.compile(r"(?<!\w)\w \w {2,}\w \w")
_ENCODED = re.compile(r"(?<![\w/+])[A-Za-z0-9+/]{24,}={0,2}(?![\w/+])")
_SPACES = re.compile(r"\s+")
_WORD = re.compile(r"\w+")
_LEET_WORD = re.compile(r"(?=[\w@$!|]*[A-Za-z])(?=[\w@$!|]*[0-9@$!|][\w@$!|]*[A-Za-z])[\w@$!|]{3,}")
_LEET = str.maketrans("013457@$!|", "oieastasil")
_DOSE_LIKE = re.compile(r"\d+(?:mg|mcg|g|kg|ml|iu|x|am|pm|h|hr|hrs|st|nd|rd|th|yo|yr|f|m)?", re.I)
_INVISIBLE = {"Cf", "Cc", "Co", "Cs"}


@dataclass(frozen=True, slots=True)
class Normalised:
    """A message as it is judged.

    `text` is the message without markup, invisible characters and look-alike letters; `decoded`
    has spaced-out letters, digits used as letters and stretched letters undone as well, and equals
    `text` where there are none. `hidden` is what runs that look like base64 say, empty where there
    are none; `encoded` tells that there is such a run.
    """

    text: str
    decoded: str
    hidden: str
    encoded: bool

    @property
    def readings(self) -> tuple[str, ...]:
        """The texts to judge, without repetition or empty ones, the message itself first."""
        others = (self.decoded, self.hidden)
        return (self.text, *(one for one in dict.fromkeys(others) if one and one != self.text))


def normalise(message: str) -> Normalised:
    """Return a message in the form in which it is judged."""
    text = _visible(unicodedata.normalize("NFKC", html.unescape(message)))
    text = _MARKUP.sub(lambda match: f" {match['label'] or ''} ", text)
    spaced = _WORD.sub(lambda match: _latin(match[0]), text)
    text = _squeezed(spaced)
    decoded = _closed_up(spaced) if _SPACED.search(text) else text
    decoded = _LEET_WORD.sub(_unleet, decoded)
    decoded = _squeezed(_REPEATED.sub(r"\1", decoded))
    runs = _ENCODED.findall(text)
    return Normalised(text, decoded, _squeezed(" ".join(map(_said, runs))), bool(runs))


def _visible(text: str) -> str:
    """Drop zero-width, bidirectional and control characters; line ends become spaces."""
    kept = (" " if char in "\n\r\t" else char for char in text)
    return "".join(char for char in kept if unicodedata.category(char) not in _INVISIBLE)


def _said(run: str) -> str:
    """Return what a run that looks like base64 says, or nothing if it is no text."""
    padded = run.rstrip("=") + "=" * (-len(run.rstrip("=")) % 4)
    try:
        said = base64.b64decode(padded, validate=True).decode("utf-8")
    except (binascii.Error, UnicodeDecodeError):
        return ""
    return _visible(said) if said.isprintable() else ""


def _closed_up(text: str) -> str:
    """Undo letters set apart; where words have wider gaps than letters, they stay words."""
    apart = _LETTERS if _WIDE_GAPS.search(text) else _SPACED
    return apart.sub(lambda match: re.sub(r"[ .\-_*]", "", match[0]), text)


def _squeezed(text: str) -> str:
    return _SPACES.sub(" ", text).strip()


def _unleet(match: re.Match[str]) -> str:
    word = match[0]
    core = word.strip("!|$@")
    return word if not core or _DOSE_LIKE.fullmatch(core) else word.translate(_LEET)


def _latin(word: str) -> str:
    """Replace look-alike letters in a word that mixes them with Latin letters."""
    letters = [char for char in word if char.isalpha()]
    ascii_letters = sum(char.isascii() for char in letters)
    if not ascii_letters or ascii_letters == len(letters):
        return word
    return "".join(char if char.isascii() else _lookalike(char) for char in word)


@lru_cache(maxsize=4096)
def _lookalike(char: str) -> str:
    """Return the ASCII letter that a character is confused with, by Unicode's TR39 table."""
    # Imported here because the table is large and few messages need it.
    from confusable_homoglyphs import confusables

    if "LATIN" in unicodedata.name(char, ""):
        return char
    for entry in confusables.confusables_data.get(char, []):
        if len(entry["c"]) == 1 and entry["c"].isascii() and entry["c"].isalpha():
            return str(entry["c"])
    return char
