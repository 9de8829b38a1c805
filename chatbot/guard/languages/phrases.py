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
from collections import defaultdict
from collections.abc import Iterator, Sequence, Set
from dataclasses import dataclass

from chatbot.guard.languages.folding import fold
from corpus.errors import ConfigError

TOKEN = re.compile(r" *\.\.\. *|[()|]|\*| +|'|[\w\u0900-\u0963-]+")
"""One sign or word of the notation."""

# Marks that end a sentence, as folded: full-width ones are ASCII by then.
_ENDS = r".!?\n\u3002"
_MOST_WORDS = 4
_MOST_CHARACTERS = 10
_START = 3
_NOTHING: frozenset[str] = frozenset()


def starts_of(text: str) -> frozenset[str]:
    """Return all runs of at most three characters of a folded text: how its parts may begin."""
    sizes, places = range(1, _START + 1), range(len(text))
    return frozenset(text[place : place + size] for size in sizes for place in places) | {""}


class Phrases:
    """The phrases of one language, to be found in folded text.

    Each has words that no text with the phrase can lack, though it may choose among them. Few texts
    have one, so that only there a phrase is compiled and searched for.
    """

    def __init__(self, notation: Notation, phrases: Sequence[str]) -> None:
        """Take phrases; raises ConfigError for one that does not follow the notation."""
        self._notation = notation
        self._tokens = [_tokens(phrase) for phrase in phrases]
        self._compiled: dict[int, re.Pattern[str]] = {}
        self._words: dict[str, list[tuple[str, int]]] = defaultdict(list)
        for number, tokens in enumerate(self._tokens):
            for word in _needed(iter(tokens)) or {""}:
                self._words[word[:_START]].append((word, number))

    @property
    def starts(self) -> Set[str]:
        """How the words begin of which a text must have one, by `starts_of`."""
        return self._words.keys()

    def search(self, text: str, starts: Set[str] | None = None) -> bool:
        """Return whether a folded text has any of the phrases; `starts` are its `starts_of`."""
        begun = self._words.keys() & (starts_of(text) if starts is None else starts)
        return any(
            word in text and self._pattern(number).search(text)
            for start in begun
            for word, number in self._words[start]
        )

    def _pattern(self, number: int) -> re.Pattern[str]:
        if number not in self._compiled:
            self._compiled[number] = self._notation.pattern(self._tokens[number])
        return self._compiled[number]


@dataclass(frozen=True, slots=True)
class Notation:
    r"""How the phrases of one language are read.

    `negations` are folded words; `marks` are the characters, as of a regular expression's class,
    that belong to words although `\w` leaves them out: the vowel signs of Devanagari.
    """

    spaces: bool = True
    negations: tuple[str, ...] = ()
    marks: str = ""

    def compile(self, phrases: Sequence[str]) -> Phrases:
        """Return what finds any of the phrases in folded text.

        Raises ConfigError for a phrase that does not follow the notation.
        """
        return Phrases(self, phrases)

    def pattern(self, tokens: Sequence[str]) -> re.Pattern[str]:
        """Return the pattern of one phrase, given its tokens."""
        written = "".join(self._part(tokens, place) for place in range(len(tokens)))
        return re.compile(f"{self._start()}(?:{written}){self._end()}")

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

    def _part(self, tokens: Sequence[str], place: int) -> str:
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

    def _star(self, tokens: Sequence[str], place: int) -> str:
        before = place > 0 and tokens[place - 1] not in {" ", "(", "|"}
        after = place + 1 < len(tokens) and tokens[place + 1] not in {" ", ")", "|"}
        return f"{self._letter}*" if before or after else f"{self._letter}+"


def _tokens(phrase: str) -> list[str]:
    folded = fold(phrase)
    tokens = TOKEN.findall(folded)
    if "".join(tokens) != folded:
        raise ConfigError(f"The phrase {phrase!r} has a sign that the notation does not know.")
    return tokens


def _needed(tokens: Iterator[str], bracketed: bool = False) -> frozenset[str]:
    """Return words of which every text with the phrase has one; nothing where all may be absent.

    Of several such sets it is the one whose words are longest, since long words are rare.
    """
    choices, best = [], _NOTHING
    for sign in tokens:
        if sign == ")" and bracketed:
            break
        if sign == ")":
            raise ConfigError("A phrase closes a bracket that it does not open.")
        if sign == "|":
            choices.append(best)
            best = _NOTHING
        elif sign == "(":
            best = max(best, _needed(tokens, bracketed=True), key=_rarity)
        elif sign.strip(" .*'"):
            best = max(best, frozenset({sign}), key=_rarity)
    else:
        if bracketed:
            raise ConfigError("A phrase opens a bracket that it does not close.")
    choices.append(best)
    return _NOTHING.union(*choices) if all(choices) else _NOTHING


def _rarity(words: frozenset[str]) -> int:
    return min(map(len, words), default=0)
