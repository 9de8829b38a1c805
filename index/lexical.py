"""Lexical search: how much of a question's wording a text holds, by its words and its letters."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import Stemmer

from index.dense import Vectors
from index.lean import without

# It takes scipy where that is installed, but only to build, and without it builds the same.
with without("scipy"):
    import bm25s
    from bm25s.stopwords import STOPWORDS_EN_PLUS

logging.getLogger("bm25s").setLevel(logging.WARNING)

GROUP = 4
"""Letters in a group; a misspelt word still shares most of its groups with the right one."""

WORDS, LETTERS = "words", "letters"
"""The folders of the two parts of a saved index."""

_WORD = re.compile(r"[^\W_]+")
_STEMMER = Stemmer.Stemmer("english")
_STOP_WORDS = frozenset(STOPWORDS_EN_PLUS)


def terms(text: str) -> list[str]:
    """Return the stemmed words of a text, lower case, compatibility forms and accents folded."""
    return list(_STEMMER.stemWords(_words(text)))


def content_terms(text: str) -> list[str]:
    """Return the stemmed words of a text without stop words, folded as in `terms`."""
    return list(_STEMMER.stemWords(_content(text)))


class LexicalIndex:
    """How much of a query every text covers.

    The BM25 score of a text is divided by the most that any text could reach: the sum of the
    inverse document frequencies of what is asked, words that no text holds included. That is done
    for stems and for groups of letters, both without stop words; the score is the mean of the two.
    It lies in [0, 1), so scores of different questions, and of different articles, compare.
    """

    def __init__(self, words: bm25s.BM25, letters: bm25s.BM25, size: int) -> None:
        """Wrap two bm25s indexes over the same `size` texts."""
        self._words = _Coverage(words, size)
        self._letters = _Coverage(letters, size)

    @classmethod
    def from_texts(cls, texts: Sequence[str], k1: float, b: float) -> LexicalIndex:
        """Index some texts with BM25's parameters `k1` and `b`."""
        words, letters = bm25s.BM25(k1=k1, b=b), bm25s.BM25(k1=k1, b=b)
        # bm25s needs a term somewhere: a text without content words holds the empty one.
        words.index([content_terms(text) or [""] for text in texts], show_progress=False)
        letters.index([_groups(text) or [""] for text in texts], show_progress=False)
        return cls(words, letters, len(texts))

    @classmethod
    def load(cls, folder: Path, size: int) -> LexicalIndex:
        """Read an index over `size` texts that `save` wrote."""
        return cls(bm25s.BM25.load(folder / WORDS), bm25s.BM25.load(folder / LETTERS), size)

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._words.index.save(folder / WORDS, show_progress=False)
        self._letters.index.save(folder / LETTERS, show_progress=False)

    def scores(self, query: str) -> Vectors:
        """Return how much of a query each text covers, shape (n,); zero where nothing is shared."""
        words, letters = self._words.of(content_terms(query)), self._letters.of(_groups(query))
        return np.asarray((words + letters) / 2.0, dtype=np.float32)


class _Coverage:
    """BM25 scores as shares of the most that a text could score."""

    def __init__(self, index: bm25s.BM25, size: int) -> None:
        """Look up each term's inverse document frequency, as bm25s' Lucene variant has it."""
        self.index = index
        self._size = size
        # One column of the sparse scores is one term, one entry in it one text that holds it.
        holders = np.append(np.diff(index.scores["indptr"]), 0)
        self._rarity = np.log1p((size - holders + 0.5) / (holders + 0.5)).tolist()

    def of(self, asked: Sequence[str]) -> Vectors:
        """Return how much of some terms each text covers, shape (n,)."""
        columns = self.index.vocab_dict
        known = [term for term in asked if term in columns]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        scores = np.asarray(self.index.get_scores(known), dtype=np.float32)
        # The last is the rarity of a term that no text holds.
        return scores / np.float32(sum(self._rarity[columns.get(term, -1)] for term in asked))


def _words(text: str) -> list[str]:
    folded = unicodedata.normalize("NFKD", text).casefold()
    return _WORD.findall("".join(char for char in folded if not unicodedata.combining(char)))


def _content(text: str) -> list[str]:
    return [word for word in _words(text) if word not in _STOP_WORDS]


def _groups(text: str) -> list[str]:
    """Return the groups of letters of each word, whose ends are marked."""
    marked = [f"_{word}_" for word in _content(text)]
    return [
        word[start : start + GROUP]
        for word in marked
        for start in range(max(1, len(word) - GROUP + 1))
    ]
