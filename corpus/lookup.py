"""Finding the sentence that an editor's file means by its text."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence

from corpus.article import Sentence
from corpus.errors import CorpusError

SHORTEST_BEGINNING = 25
"""The fewest characters of a beginning that may stand for its sentence."""


Fault = Callable[[str], CorpusError]
"""Makes the fault of a text from a sentence that says what is wrong with it."""


class SentenceLookup:
    """The sentences of one article by their text."""

    def __init__(self, text: str, sentences: Sequence[Sentence]) -> None:
        """Read every sentence once."""
        self._texts = [
            (text[sentence.span.start : sentence.span.end], sentence) for sentence in sentences
        ]
        self._by_text: dict[str, list[Sentence]] = defaultdict(list)
        for printed, sentence in self._texts:
            self._by_text[printed].append(sentence)

    def exact(self, text: str, fault: Fault) -> Sentence:
        """Return the one sentence that is this text; raises its fault if none or several are."""
        return self._only(self._by_text.get(text, []), text, fault)

    def meant_by(self, text: str, fault: Fault) -> Sentence:
        """Return the one sentence that is or begins with this text.

        A beginning has at least `SHORTEST_BEGINNING` characters. Raises the fault of a text that
        means no sentence or several.
        """
        exact = self._by_text.get(text, [])
        if exact or len(text) < SHORTEST_BEGINNING:
            return self._only(exact, text, fault)
        return self._only(
            [s for printed, s in self._texts if printed.startswith(text)], text, fault
        )

    def text_of(self, sentence: Sentence) -> str:
        """Return the text of a sentence of this article."""
        return self._texts[sentence.number - 1][0]

    @staticmethod
    def _only(found: list[Sentence], text: str, fault: Fault) -> Sentence:
        if not found:
            raise fault(f"no sentence of the article is {_short(text)}; copy it from the text")
        if len(found) > 1:
            raise fault(f"{len(found)} sentences of the article are {_short(text)}")
        return found[0]


def _short(text: str) -> str:
    line = " ".join(text.split())
    return f'"{line}"' if len(line) <= 80 else f'"{line[:77]}..."'
