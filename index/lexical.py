"""Lexical search: BM25 over stemmed words."""

from __future__ import annotations

import logging
import re
import unicodedata
from collections.abc import Sequence
from pathlib import Path

import bm25s
import numpy as np
import Stemmer

from index.dense import Vectors

logging.getLogger("bm25s").setLevel(logging.WARNING)

_WORD = re.compile(r"[^\W_]+")
_STEMMER = Stemmer.Stemmer("english")


def terms(text: str) -> list[str]:
    """Return the stemmed words of a text, lower case, compatibility forms and accents folded."""
    folded = unicodedata.normalize("NFKD", text).casefold()
    plain = "".join(char for char in folded if not unicodedata.combining(char))
    return list(_STEMMER.stemWords(_WORD.findall(plain)))


class LexicalIndex:
    """BM25 scores of every text for a query."""

    def __init__(self, index: bm25s.BM25, size: int) -> None:
        """Wrap a bm25s index over `size` texts."""
        self._index = index
        self._size = size

    @classmethod
    def from_texts(cls, texts: Sequence[str], k1: float, b: float) -> LexicalIndex:
        """Index some texts with BM25's parameters `k1` and `b`."""
        index = bm25s.BM25(k1=k1, b=b, method="lucene")
        index.index([terms(text) for text in texts], show_progress=False)
        return cls(index, len(texts))

    @classmethod
    def load(cls, folder: Path, size: int) -> LexicalIndex:
        """Read an index over `size` texts that `save` wrote."""
        return cls(bm25s.BM25.load(folder), size)

    def save(self, folder: Path) -> None:
        """Write the index into a folder."""
        self._index.save(folder, show_progress=False)

    def scores(self, query: str) -> Vectors:
        """Return the BM25 score of every text, shape (n,); zero where no word is shared."""
        known = [term for term in terms(query) if term in self._index.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._index.get_scores(known), dtype=np.float32)
