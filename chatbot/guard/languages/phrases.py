"""Phrases as the word lists write them, and the search for many of them at once.

The notation, for a list that a clinician can read and correct:

    word          the word itself, however its accents and capitals are typed
    stem*         any word that begins so; `*stem` any word that ends so; `*` alone any word
    (a|b c|)      any one of these; an empty one means that it may be absent
    l'eau         the apostrophe may be typed, left out or replaced by a space
    one ... two   up to four words between, none of them a negation, within one sentence

In a language written without spaces a space means nothing and `...` stands for up to ten
characters. A phrase right after a negation is not found: "no quiero morir" is not "quiero morir".
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from chatbot.guard.languages.folding import fold
from corpus.errors import ConfigError

_TOKEN = re.compile(r" *\.\.\. *|[()|]|\*| +|'|[\w\u0900-\u0963-]+")
# Marks that end a sentence, as folded: full-width ones are ASCII by then.
_ENDS = r".!?\n\u3002"
_MOST_WORDS = 4
_MOST_CHARACTERS = 10


@dataclass(frozen=True, slots=True)
class Notation:
    r"""How the phrases of one language are read.

    `negations` are folded words; `marks` are the characters, as of a regular expression's class,
    that belong to words although `\w` leaves them out: the vowel signs of Devanagari.
    """

    spaces: bool = True
    negations: tuple[str, ...] = ()
    marks: str = ""

    def compile(self, phrases: Sequence[str]) -> re.Pattern[str]:
        """Return a pattern that finds any of the phrases in folded text.

        Raises ConfigError for a phrase that does not follow the notation.
        """
        written = "|".join(self._pattern(phrase) for phrase in phrases)
        try:
            return re.compile(f"{self._start()}(?:{written}){self._end()}")
        except re.error:
            raise ConfigError("A phrase opens a bracket that it does not close.") from None

    @property
    def _letter(self) -> str:
        return rf"[\w{self.marks}]" if self.marks else r"\w"

    @property
    def _other(self) -> str:
        return rf"[^\w{self.marks}]" if self.marks else r"\W"

    @property
    def _between(self) -> str:
        if not self.spaces:
            return r"\W{0,2}"
        # The end of the text, and the place before a word that is absent, need no separator.
        return rf"(?:{self._other}{{1,3}}|(?<!{self._letter})|$)"

    def _start(self) -> str:
        if not self.spaces:
            return "".join(f"(?<!{re.escape(word)})" for word in self.negations)
        # A look-behind needs a fixed width, so each negation has its own.
        not_after = "".join(f"(?<!\\b{re.escape(word)} )" for word in self.negations)
        return f"{not_after}(?<!{self._letter})"

    def _end(self) -> str:
        return f"(?!{self._letter})" if self.spaces else ""

    def _pattern(self, phrase: str) -> str:
        tokens = _TOKEN.findall(fold(phrase))
        if "".join(tokens) != fold(phrase):
            raise ConfigError(f"The phrase {phrase!r} has a sign that the notation does not know.")
        return f"(?:{''.join(self._part(tokens, place) for place in range(len(tokens)))})"

    def _part(self, tokens: list[str], place: int) -> str:
        part = tokens[place]
        if "..." in part:
            return self._gap()
        if part == "*":
            return self._star(tokens, place)
        if part.isspace():
            return self._between
        return {"(": "(?:", ")": ")", "|": "|", "'": r"\W?"}.get(part, re.escape(part))

    def _gap(self) -> str:
        if not self.spaces:
            return rf"[^{_ENDS}]{{0,{_MOST_CHARACTERS}}}?"
        negation = "|".join(re.escape(word) for word in self.negations)
        barred = rf"(?!(?:{negation})(?!{self._letter}))" if negation else ""
        word = rf"[^\w{self.marks}{_ENDS}]{{1,3}}{barred}{self._letter}+"
        return rf"(?:{word}){{0,{_MOST_WORDS}}}?{self._between}"

    def _star(self, tokens: list[str], place: int) -> str:
        before = place > 0 and tokens[place - 1] not in {" ", "(", "|"}
        after = place + 1 < len(tokens) and tokens[place + 1] not in {" ", ")", "|"}
        return f"{self._letter}*" if before or after else f"{self._letter}+"
