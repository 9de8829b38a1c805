"""Danger stated in a language other than English, by reviewed word lists.

The lists, `wordlists/<language>.toml`, are data for a clinician to read. A false alarm costs the
reader a help number; a miss costs more, so the lists lean towards finding.
"""

from __future__ import annotations

import tomllib
from collections.abc import Set
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Literal

from chatbot.guard.languages.folding import fold
from chatbot.guard.languages.language import LanguageGuess
from chatbot.guard.languages.phrases import Notation, Phrases, starts_of
from corpus.errors import ConfigError

LISTS = Path(__file__).with_name("wordlists")
"""The folder of the word lists."""

Danger = Literal["crisis", "emergency"]
KINDS: tuple[Danger, ...] = ("emergency", "crisis")
"""The kinds of danger, first the one that is reported where both are stated."""


@dataclass(frozen=True, slots=True)
class WordList:
    """The phrases of one language; `language` is its tag, `hi-latn` for Hindi in Latin letters.

    `latin` tells that the phrases, once folded, are of ASCII letters.
    """

    language: str
    latin: bool
    phrases: dict[Danger, Phrases]

    def find(self, folded: str, starts: Set[str]) -> Danger | None:
        """Return the danger that a folded text states, given its `starts_of`."""
        return next((kind for kind in KINDS if self.phrases[kind].search(folded, starts)), None)


def foreign_danger(text: str, language: LanguageGuess) -> Danger | None:
    """Return the danger that a text states in a language other than English; see `find_danger`."""
    found = find_danger(text, language)
    return found[0] if found else None


def find_danger(text: str, language: LanguageGuess) -> tuple[Danger, str] | None:
    """Return the danger that a text states, and the language to answer in.

    That is the language whose list found it, or English for a text that is surely English.
    The list of the guessed language comes first. All others follow, because a guess about a short
    text errs, and because people in fear mix languages; none has a phrase of plain English.
    """
    folded = fold(text)
    lists = [words for words in load_lists() if words.latin or not folded.isascii()]
    lists.sort(key=lambda words: words.language != language.code)
    surely_english = language.confident and language.code == "en"
    starts = starts_of(folded) & _starts()
    for words in lists:
        if danger := words.find(folded, starts):
            return danger, "en" if surely_english else words.language.split("-")[0]
    return None


@cache
def load_lists(folder: Path = LISTS) -> tuple[WordList, ...]:
    """Return the word lists of a folder, by file name.

    Raises ConfigError for a file that is not a word list.
    """
    return tuple(_load(path) for path in sorted(folder.glob("*.toml")))


@cache
def _starts() -> frozenset[str]:
    """Return how any phrase may begin: most of what a text has begins none."""
    phrases = (one for words in load_lists() for one in words.phrases.values())
    return frozenset().union(*(one.starts for one in phrases))


def _load(path: Path) -> WordList:
    try:
        data = tomllib.loads(path.read_text(encoding="utf-8"))
        return _read(data)
    except (tomllib.TOMLDecodeError, UnicodeDecodeError, ConfigError) as error:
        raise ConfigError(f"{path}: {error}") from None


def _read(data: dict[str, Any]) -> WordList:
    negations = tuple(fold(word) for word in _strings(data, "negations"))
    notation = Notation(data.get("spaces", True), negations, data.get("marks", ""))
    found, latin = {}, True
    for kind in KINDS:
        section = data.get(kind)
        phrases = _strings(section if isinstance(section, dict) else {}, "phrases")
        if not phrases:
            raise ConfigError(f"[{kind}] needs a list `phrases` with at least one phrase.")
        found[kind] = notation.compile(phrases)
        latin = latin and fold("".join(phrases)).isascii()
    if not isinstance(data.get("language"), str):
        raise ConfigError('`language` must be the tag of a language, such as "fr".')
    return WordList(data["language"], latin, found)


def _strings(section: dict[str, Any], field: str) -> list[str]:
    values = section.get(field)
    if not isinstance(values, list) or not all(isinstance(value, str) for value in values):
        raise ConfigError(f"`{field}` must be a list of texts.")
    return values
