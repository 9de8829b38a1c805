"""Vectors of a library larger than any at hand, made from real ones, and how like them they are."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np

from index import Vectors
from index.dense import Rows
from index.structures import building

NEIGHBOURS = 16
"""A vector is mixed with one of so many nearest ones."""

NOISE = 1.0
"""The most that is added of the difference between two near vectors from elsewhere."""

BLOCK = 20_000
"""Vectors that are made at a time."""

SEED = 20_261_123


@dataclass(frozen=True, slots=True)
class Neighbourhood:
    """What the surroundings of a vector are like, as medians over many.

    `first` and `tenth` are the cosines to the nearest and the tenth nearest, `asked` that of a
    question to its tenth nearest; `dimension` is the local intrinsic dimension, by the maximum
    likelihood estimate of Levina and Bickel (2004) over twenty neighbours.
    """

    first: float
    tenth: float
    asked: float
    dimension: float


class Growing:
    """Makes vectors between and beside real ones.

    Each new vector lies at a random place between a real one and one of its `NEIGHBOURS` nearest,
    and is moved by a random share of the difference between two near vectors somewhere else: a
    direction in which real texts differ, and as far. So vectors fill the space between the real
    ones instead of gathering in tight clusters around them.
    """

    def __init__(self, real: Vectors, seed: int = SEED) -> None:
        """Look up the neighbours of real unit vectors, shape (n, dimensions)."""
        self._real = real
        self._rng = np.random.default_rng(seed)
        self._near = nearest(real, real, min(NEIGHBOURS + 1, len(real)))[1][:, 1:]

    def made(self, count: int) -> Vectors:
        """Return so many new unit vectors."""
        rows, others = self._pairs(count)
        start, end = self._pairs(count)
        place = self._rng.random((count, 1), dtype=np.float32)
        moved = NOISE * self._rng.random((count, 1), dtype=np.float32)
        real = self._real
        return unit(
            (1 - place) * real[rows] + place * real[others] + moved * (real[end] - real[start])
        )

    def grown(self, count: int, file: Path) -> Vectors:
        """Write so many vectors, real ones first and then made ones; return them mapped."""
        shape = (count, self._real.shape[1])
        vectors = np.lib.format.open_memmap(file, mode="w+", dtype=np.float32, shape=shape)
        chosen = self._rng.permutation(len(self._real))[:count]
        vectors[: len(chosen)] = self._real[chosen]
        for start in range(len(chosen), count, BLOCK):
            end = min(start + BLOCK, count)
            vectors[start:end] = self.made(end - start)
        vectors.flush()
        return vectors

    def _pairs(self, count: int) -> tuple[Rows, Rows]:
        rows = self._rng.integers(len(self._real), size=count)
        places = self._rng.integers(self._near.shape[1], size=count)
        return rows, self._near[rows, places]


def unit(vectors: Vectors) -> Vectors:
    """Return vectors at length 1."""
    lengths = np.linalg.norm(vectors, axis=1, keepdims=True)
    return np.asarray(vectors / lengths, dtype=np.float32)


def nearest(queries: Vectors, vectors: Vectors, count: int) -> tuple[Vectors, Rows]:
    """Return the similarities and rows of the nearest vectors of each query, by comparing all."""
    with building():
        found = faiss.knn(queries, vectors, count, metric=faiss.METRIC_INNER_PRODUCT)
    return np.asarray(found[0]), np.asarray(found[1])


def neighbourhood(vectors: Vectors, questions: Vectors, sample: int = 2000) -> Neighbourhood:
    """Return what the surroundings are like of some vectors, and of questions asked of them."""
    rows = np.random.default_rng(SEED).permutation(len(vectors))[:sample]
    near = nearest(vectors[rows], vectors, 21)[0][:, 1:]
    asked = nearest(questions[:sample], vectors, 10)[0]
    # Texts that are nearly the same have no distance to take a logarithm of.
    far = np.sqrt(np.maximum(2 - 2 * near, 1e-6))
    logs = np.log(far[:, -1:] / far[:, :-1]).sum(axis=1)
    dimensions = (far.shape[1] - 2) / np.maximum(logs, 1e-6)
    return Neighbourhood(
        float(np.median(near[:, 0])),
        float(np.median(near[:, 9])),
        float(np.median(asked[:, 9])),
        float(np.median(dimensions)),
    )
