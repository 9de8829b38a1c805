"""Scoring every question of a public set against the units of its article, and of a wrong one."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass

import bm25s
import numpy as np

from benchmarks.public.sets import Asked, Pool, PublicSet
from index import Settings, Vectors, terms
from index.lexical import LexicalIndex


@dataclass(frozen=True, slots=True)
class Scored:
    """One question against one pool; every array has shape (units,).

    `dense` is the similarity and `lexical` the coverage that are fused, `words` and `stems` are the
    scores of two BM25 baselines, `lengths` the characters of the units. `right` are the rows of the
    units that answer: none if the question cannot be answered or is asked `elsewhere`.
    """

    dense: Vectors
    lexical: Vectors
    words: Vectors
    stems: Vectors
    lengths: Vectors
    right: frozenset[int]
    elsewhere: bool


def scored_set(
    one: PublicSet, vectors: Mapping[str, Vectors], settings: Settings, elsewhere: bool = True
) -> list[Scored]:
    """Return the scores of every question in its own pool, then of answerable ones elsewhere.

    `vectors` holds the unit vector of every text of the set. Elsewhere is the article half the set
    further on; a set with one pool has none.
    """
    pools = [_Searched(pool, vectors, settings) for pool in one.pools]
    here = [
        pool.scored(asked, vectors[asked.text], elsewhere=False)
        for pool in pools
        for asked in pool.questions
    ]
    return [*here, *_elsewhere(pools, vectors)] if elsewhere else here


def _elsewhere(pools: Sequence[_Searched], vectors: Mapping[str, Vectors]) -> Iterator[Scored]:
    for place, pool in enumerate(pools):
        other = pools[(place + len(pools) // 2) % len(pools)]
        for asked in pool.questions:
            if other is not pool and asked.right:
                yield other.scored(asked, vectors[asked.text], elsewhere=True)


class Bm25:
    """A plain BM25 baseline over some texts, by any way to take terms from a text."""

    def __init__(
        self, texts: Sequence[str], split: Callable[[str], list[str]], settings: Settings
    ) -> None:
        """Index the texts."""
        self._split = split
        self._index = bm25s.BM25(k1=settings.k1, b=settings.b)
        self._index.index([split(text) or [""] for text in texts], show_progress=False)
        self._size = len(texts)

    def scores(self, query: str) -> Vectors:
        """Return the BM25 score of every text, shape (n,)."""
        known = [term for term in self._split(query) if term in self._index.vocab_dict]
        if not known:
            return np.zeros(self._size, dtype=np.float32)
        return np.asarray(self._index.get_scores(known), dtype=np.float32)


class _Searched:
    """A pool with everything that scores its units."""

    def __init__(self, pool: Pool, vectors: Mapping[str, Vectors], settings: Settings) -> None:
        self.questions = pool.questions
        self._vectors = np.stack([vectors[unit] for unit in pool.units])
        self._lexical = LexicalIndex.from_texts(pool.units, settings.k1, settings.b)
        self._words = Bm25(pool.units, _plain_words, settings)
        self._stems = Bm25(pool.units, terms, settings)
        self._lengths = np.array([len(unit) for unit in pool.units], dtype=np.float32)

    def scored(self, asked: Asked, vector: Vectors, elsewhere: bool) -> Scored:
        return Scored(
            dense=self._vectors @ vector,
            lexical=self._lexical.scores(asked.text),
            words=self._words.scores(asked.text),
            stems=self._stems.scores(asked.text),
            lengths=self._lengths,
            right=frozenset() if elsewhere else asked.right,
            elsewhere=elsewhere,
        )


def _plain_words(text: str) -> list[str]:
    """Return what bm25s takes for words unless told otherwise."""
    return list(bm25s.tokenize([text], return_ids=False, show_progress=False)[0])
