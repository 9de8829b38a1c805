"""Which ranking puts a right unit first: baselines, and the fusion fitted on other sets."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import product

import numpy as np
from numpy.typing import NDArray
from tqdm import tqdm

from benchmarks.public.scores import Scored
from index import Vectors, fuse
from index.fusion import length_prior

CUTOFFS = (1, 3)
RESAMPLES = 2000
SEED = 7

Ranker = Callable[[Scored], Vectors]
Hits = NDArray[np.float64]
"""Shares of questions with a right unit among the best 1 and 3; the last axis has length 2."""

Places = NDArray[np.intp]
"""For each question how many units stand before the first right one."""


@dataclass(frozen=True, slots=True)
class Fusion:
    """The two numbers of the fusion: the dense share, and the gain by length."""

    dense: float
    length: float

    def of(self, scored: Scored) -> Vectors:
        """Return the fused scores of one question's units."""
        prior = length_prior(scored.lengths, self.length)
        return fuse(scored.dense, scored.lexical, self.dense, prior)


DENSE = (0.09, 0.11, 0.14, 0.17, 0.20, 0.25, 0.33)
LENGTH = (0.0, 0.02, 0.04, 0.06, 0.08, 0.10)
GRID = tuple(Fusion(dense, length) for dense, length in product(DENSE, LENGTH))
"""What is tried when the fusion is fitted."""


def _standardised_half(scored: Scored) -> Vectors:
    return _standardised(scored.dense) + _standardised(scored.stems)


def _standardised(scores: Vectors) -> Vectors:
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)


MINILM, BM25, STEMS, HALF = "MiniLM", "BM25", "BM25 of stems", "standardised, half each"

BASELINES: Mapping[str, Ranker] = {
    MINILM: lambda scored: scored.dense,
    BM25: lambda scored: scored.words,
    STEMS: lambda scored: scored.stems,
    HALF: _standardised_half,
}
"""What the fusion is held against, by name."""


@dataclass(frozen=True, slots=True)
class Ranking:
    """Where one set's right units stood.

    `baselines` gives it by the baseline's name; `fused` for the fusion `fitted` on all other sets;
    `shipped` for the fusion of the settings, which all sets fitted.
    """

    baselines: Mapping[str, Places]
    fitted: Fusion
    fused: Places
    shipped: Places


@dataclass(frozen=True, slots=True)
class Gain:
    """How many more questions are hit, as a share of all, with its 95 % interval."""

    mean: float
    low: float
    high: float


def rankings(
    sets: Mapping[str, Sequence[Scored]], shipped: Fusion
) -> tuple[dict[str, Ranking], Fusion]:
    """Return each set's ranking by its name, and the fusion that all sets together fit.

    The fusion of each ranking is fitted on all other sets.
    """
    answerable = {name: [one for one in rows if one.right] for name, rows in sets.items()}
    tried = {name: grid_hits(rows, name) for name, rows in answerable.items()}
    found = {}
    for name, rows in answerable.items():
        fitted = best_of(hits for other, hits in tried.items() if other != name)
        found[name] = ranking(rows, fitted, shipped)
    return found, best_of(tried.values())


def ranking(rows: Sequence[Scored], fitted: Fusion, shipped: Fusion) -> Ranking:
    """Return the ranking of some answerable questions with a fusion that was fitted elsewhere."""
    baselines = {title: places(rows, ranker) for title, ranker in BASELINES.items()}
    return Ranking(baselines, fitted, places(rows, fitted.of), places(rows, shipped.of))


def grid_hits(rows: Sequence[Scored], name: str) -> Hits:
    """Return the hits of every fusion of the grid, shape (grid, 2)."""
    return np.array([hits_of(places(rows, one.of)) for one in tqdm(GRID, name, disable=None)])


def best_of(tried: Iterable[Hits]) -> Fusion:
    """Return the fusion of the grid with the most hits: the mean over sets and cut-offs."""
    return GRID[int(np.mean([hits.mean(axis=1) for hits in tried], axis=0).argmax())]


def places(rows: Sequence[Scored], ranker: Ranker) -> Places:
    """Return where each question's first right unit stands, counted from 0."""
    return np.array([first_right(ranker(one), one.right) for one in rows])


def first_right(scores: Vectors, right: Iterable[int]) -> int:
    """Return how many units stand before the first right one; of equal scores the earlier leads."""
    best = min(right, key=lambda row: (-scores[row], row))
    return int((scores > scores[best]).sum() + (scores[:best] == scores[best]).sum())


def hits_of(found: Places) -> Hits:
    """Return the share of questions with a right unit within each cut-off."""
    return np.array([(found < cutoff).mean() for cutoff in CUTOFFS])


def gain(mine: Places, other: Places, cutoff: int) -> Gain:
    """Return the gain in hits over another ranking of the same questions, by a paired bootstrap."""
    differences = (mine < cutoff).astype(float) - (other < cutoff)
    drawn = np.random.default_rng(SEED).integers(len(mine), size=(RESAMPLES, len(mine)))
    low, high = np.quantile(differences[drawn].mean(axis=1), [0.025, 0.975])
    return Gain(float(differences.mean()), float(low), float(high))
