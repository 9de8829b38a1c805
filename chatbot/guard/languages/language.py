"""Which language a message is written in: script first, then common words, then a model."""

from __future__ import annotations

import re
import tomllib
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lingua import IsoCode639_1, Language, LanguageDetector, LanguageDetectorBuilder

from chatbot.guard.languages.folding import fold

WORDS = Path(__file__).with_name("words.toml")
"""The words and letters that tell a language without a model."""

MODELLED = (
    *("en", "es", "fr", "de", "pt", "it", "nl", "pl", "tr", "sv", "ro", "vi", "tl", "id"),
    *("ru", "uk", "bg"),
)
"""The languages that the model tells apart: of those in Latin letters, and in Cyrillic."""

ENGLISH_SHARE = 0.2
"""The least share of common English words with which a text counts as English unread."""

HINDI_SHARE = 0.3
"""The least share of common Hindi words in Latin letters with which a text counts as Hindi."""

FOREIGN_SHARE = 0.12
"""The least share of words that are common in, or accented as in, another language."""

CERTAIN = 2
"""The number of common words of one language that outweighs a model that says English."""

SHORTEST_PLAIN = 3
"""The fewest letters of a word whose accents may be left out."""

_WORD = re.compile(r"[^\W\d_]+(?:['-][^\W\d_]+)*")
# A Chinese, Japanese or Korean character says about as much as three letters.
_WIDE = {"CJK": 3, "HIRAGANA": 3, "KATAKANA": 3, "HANGUL": 3}


@dataclass(frozen=True, slots=True)
class LanguageGuess:
    """A language tag of two letters, and whether to act on it.

    A guess that is not confident says "en": an English question must never be turned away.
    """

    code: str
    confident: bool


@dataclass(frozen=True, slots=True)
class _Words:
    english: frozenset[str]
    hindi: frozenset[str]
    names: frozenset[str]
    common: dict[str, frozenset[str]]
    foreign: frozenset[str]
    scripts: dict[str, str]
    letters: dict[str, str]


UNSURE = LanguageGuess("en", False)


def detect(text: str) -> LanguageGuess:
    """Return the language of a text; any text at all gets a guess."""
    words = _WORD.findall(text.replace("\N{RIGHT SINGLE QUOTATION MARK}", "'").lower())
    script = _script_of(text)
    if script == "LATIN":
        return _by_words(words) or _by_model(words)
    told = _words()
    own = (code for code, letters in told.letters.items() if set(letters) & set(text.lower()))
    code = next(own, None) or told.scripts.get(script)
    if not code and script == "CYRILLIC":
        code = _most_common(words)
    return LanguageGuess(code or "und", True)


def _script_of(text: str) -> str:
    """Return the script of most letters, by its Unicode name; without letters it is Latin."""
    if text.isascii():
        return "LATIN"
    counts = Counter(_script(char) for char in text if char.isalpha())
    weights = {script: count * _WIDE.get(script, 1) for script, count in counts.items()}
    if sum(weights.values()) <= 2 * weights.get("LATIN", 0) or not weights:
        return "LATIN"
    weights.pop("LATIN", None)
    # Japanese mixes Chinese characters with its own.
    kana = weights.keys() & {"HIRAGANA", "KATAKANA"}
    return kana.pop() if kana else max(weights, key=lambda script: weights[script])


@cache
def _script(char: str) -> str:
    return unicodedata.name(char, "LATIN").split(" ", 1)[0].split("-", 1)[0]


def _by_words(words: list[str]) -> LanguageGuess | None:
    """Return a guess where common words settle it, and None where the model is needed."""
    told = _words()
    words = [word for word in words if word not in told.names]
    english = sum(word in told.english for word in words)
    # A lone accented word may be a name or a loan word.
    foreign = sum(_is_foreign(word, len(words) > 1) for word in words)
    if english >= max(ENGLISH_SHARE * len(words), foreign, 1):
        return LanguageGuess("en", True)
    if sum(word in told.hindi for word in words) >= max(HINDI_SHARE * len(words), 1):
        return LanguageGuess("hi", True)
    if foreign < max(FOREIGN_SHARE * len(words), english, 1):
        return UNSURE
    return None


def _by_model(words: list[str]) -> LanguageGuess:
    code = _most_common(words)
    return LanguageGuess(code, True) if code != "en" else UNSURE


def _most_common(words: list[str]) -> str:
    """Return the language that the text has the most common words of.

    The model decides where several languages have as many, and may say that it is English where
    there are fewer than `CERTAIN`.
    """
    told = _words()
    telling = " ".join(word for word in words if word not in told.names)
    values = _model().compute_language_confidence_values(telling)
    ranks = {value.language.iso_code_639_1.name.lower(): value.value for value in values}
    counts = {code: sum(word in told.common.get(code, ()) for word in words) for code in ranks}
    code = max(ranks, key=lambda code: (counts[code], ranks[code]))
    if counts[code] < CERTAIN and next(iter(ranks)) == "en":
        return "en"
    return code


def _is_foreign(word: str, by_accent: bool) -> bool:
    accented = by_accent and not word.isascii()
    return accented or word in _words().foreign


@cache
def _words() -> _Words:
    data = tomllib.loads(WORDS.read_text(encoding="utf-8"))
    english, hindi, names = (frozenset(data[name]) for name in ("english", "hindi", "names"))
    taken = english | names
    common = {code: _with_plain(words, taken) for code, words in data["common"].items()}
    foreign = frozenset().union(*common.values())
    return _Words(english, hindi, names, common, foreign, data["scripts"], data["letters"])


def _with_plain(words: list[str], taken: frozenset[str]) -> frozenset[str]:
    """Add the words as typed without accents, save short ones and those that are other words."""
    plain = {fold(word) for word in words if len(word) >= SHORTEST_PLAIN}
    return frozenset(words).union(plain - taken)


@cache
def _model() -> LanguageDetector:
    """Return the model; only texts that common words do not settle load it."""
    languages = (
        Language.from_iso_code_639_1(getattr(IsoCode639_1, code.upper())) for code in MODELLED
    )
    builder = LanguageDetectorBuilder.from_languages(*languages)
    return builder.with_low_accuracy_mode().with_preloaded_language_models().build()
