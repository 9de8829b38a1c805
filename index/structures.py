"""Which FAISS structure holds vectors, by their number, and how it is built and searched."""

from __future__ import annotations

import math
import sys
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus import ConfigError
from index.settings import SETTINGS

# Beside torch, FAISS must not start threads on macOS: each brings an OpenMP runtime of its own,
# and two of them in one process end it (faiss-wheels, issue 73). Elsewhere `$OMP_NUM_THREADS`, or
# every core, builds an index.
BUILDING_THREADS = 1 if sys.platform == "darwin" else int(faiss.omp_get_max_threads())

# Questions are answered side by side, each by one thread: threads within one would only wait.
faiss.omp_set_num_threads(1)

FLAT = "Flat"


@dataclass(frozen=True, slots=True)
class StructureSettings:
    """How many vectors are compared one by one, and what holds more than that.

    `exact_up_to` is a number of vectors. Beyond it vectors lie in lists: `lists` times the square
    root of their number, each learned from up to `sample` vectors. A search reads the `probes`
    nearest lists, by vectors of a byte a dimension, and compares exactly `refine` times as many as
    are wanted.
    """

    exact_up_to: int
    lists: float
    sample: int
    probes: int
    refine: float

    @classmethod
    @lru_cache(maxsize=4)
    def load(cls, file: Path = SETTINGS) -> StructureSettings:
        """Read a settings file; raises ConfigError that names what is missing or unreadable."""
        try:
            data = tomllib.loads(file.read_text("utf-8"))["vectors"]
            return cls(
                exact_up_to=int(data["exact_up_to"]),
                lists=float(data["lists"]),
                sample=int(data["sample"]),
                probes=int(data["probes"]),
                refine=float(data["refine"]),
            )
        except KeyError as error:
            raise ConfigError(f"{file}: the setting {error} is missing; add it.") from error
        except (OSError, ValueError) as error:
            raise ConfigError(f"{file}: cannot be read as settings: {error}.") from error

    def lists_of(self, count: int) -> int:
        """Return into how many lists so many vectors are put."""
        return max(1, round(self.lists * math.sqrt(count)))

    def probes_of(self, count: int) -> int:
        """Return how many of these lists a search reads."""
        return min(self.lists_of(count), self.probes)

    def factory_of(self, count: int) -> str:
        """Return the structure of so many vectors, in the language of FAISS's index factory."""
        return FLAT if count <= self.exact_up_to else f"IVF{self.lists_of(count)},SQ8,RFlat"


def built(vectors: NDArray[np.float32], factory: str, sample: int) -> faiss.Index:
    """Return a FAISS index over unit vectors, shape (n, dimensions), by their inner product.

    `factory` names its structure; each list of an inverted file learns from up to `sample` vectors.
    """
    dimensions = vectors.shape[1]
    index: faiss.Index = faiss.IndexFlatIP(dimensions)
    if factory != FLAT:
        index = faiss.index_factory(dimensions, factory, faiss.METRIC_INNER_PRODUCT)
    lists = inverted_file(index)
    if lists is not None:
        lists.cp.max_points_per_centroid = sample
        lists.cp.min_points_per_centroid = 1
    with building():
        if not index.is_trained:
            index.train(vectors)
        index.add(vectors)
    return index


def tuned(index: faiss.Index, settings: StructureSettings) -> faiss.Index:
    """Return the index set to search as the settings say; one that is flat needs nothing."""
    lists = inverted_file(index)
    if lists is not None and isinstance(index, faiss.IndexRefine):
        lists.nprobe = settings.probes_of(index.ntotal)
        index.k_factor = settings.refine
    return index


def fits(index: faiss.Index, settings: StructureSettings) -> bool:
    """Return whether the index has the structure that the settings give to so many vectors."""
    if index.ntotal <= settings.exact_up_to:
        return isinstance(index, faiss.IndexFlatIP)
    lists = inverted_file(index)
    return lists is not None and lists.nlist == settings.lists_of(index.ntotal)


def inverted_file(index: faiss.Index) -> faiss.IndexIVF | None:
    """Return the inverted file in an index, or None if it has none."""
    found: faiss.IndexIVF | None = faiss.try_extract_index_ivf(index)
    return found


def exact(index: faiss.Index) -> faiss.IndexFlat:
    """Return the vectors as they are in an index: itself if it is flat, or what refines it."""
    held = index.refine_index if isinstance(index, faiss.IndexRefine) else index
    flat = faiss.downcast_index(held)
    if not isinstance(flat, faiss.IndexFlat):
        raise TypeError(f"{type(index).__name__} does not hold its vectors as they are")
    return flat


@contextmanager
def building() -> Iterator[None]:
    """Let FAISS use more threads within this block."""
    faiss.omp_set_num_threads(BUILDING_THREADS)
    try:
        yield
    finally:
        faiss.omp_set_num_threads(1)
