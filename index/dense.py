"""Dense search: FAISS over unit vectors."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus import IndexStaleError
from index.structures import StructureSettings, built, exact, fits, tuned

Vectors = NDArray[np.float32]
Rows = NDArray[np.int64]

_FLAT = b"IxFI"
"""The first bytes of a file of flat vectors, which is read into memory; a larger one is mapped."""


@dataclass(frozen=True, slots=True)
class Nearest:
    """Vectors by their rows, nearest first, with their similarities; both have shape (found,)."""

    rows: Rows
    scores: Vectors

    @classmethod
    def nothing(cls) -> Nearest:
        """Return that nothing is near."""
        return cls(np.zeros(0, dtype=np.int64), np.zeros(0, dtype=np.float32))


class DenseIndex:
    """Inner-product search; over unit vectors this is cosine similarity.

    Every similarity is exact. What may be missed, where there are more vectors than are compared
    one by one, is one of the nearest: `docs/GROWTH.md` tells how often.
    """

    def __init__(self, index: faiss.Index, settings: StructureSettings | None = None) -> None:
        """Wrap a FAISS index that `index.structures` built, searched as the settings say."""
        self._index = tuned(index, settings or StructureSettings.load())
        # Only as long-lived as the index that holds it.
        self._exact = exact(index)

    @classmethod
    def from_vectors(
        cls, vectors: Vectors, settings: StructureSettings | None = None
    ) -> DenseIndex:
        """Index vectors of shape (n, dimensions); their rows must have length 1."""
        settings = settings or StructureSettings.load()
        vectors = np.ascontiguousarray(vectors, dtype=np.float32)
        factory = settings.factory_of(len(vectors))
        return cls(built(vectors, factory, settings.sample), settings)

    @classmethod
    def load(cls, file: Path, settings: StructureSettings | None = None) -> DenseIndex:
        """Read an index that `save` wrote; raises IndexStaleError for one of another kind."""
        settings = settings or StructureSettings.load()
        index = _read(file)
        if not fits(index, settings):
            raise IndexStaleError(f"{file} is of another kind; run `python -m index build`.")
        return cls(index, settings)

    def save(self, file: Path) -> None:
        """Write the index to a file."""
        faiss.write_index(self._index, str(file))

    def __len__(self) -> int:
        """Return the number of vectors."""
        return int(self._index.ntotal)

    def scores(self, query: Vectors) -> Vectors:
        """Return the similarity of one query, shape (dimensions,), to every vector, shape (n,)."""
        # All scores in the order of the rows; a search would sort them first.
        scores = np.empty(len(self), dtype=np.float32)
        query = np.ascontiguousarray(query, dtype=np.float32).reshape(self._index.d)
        faiss.fvec_inner_products_ny(  # type: ignore[attr-defined]
            faiss.swig_ptr(scores),
            faiss.swig_ptr(query),
            self._exact.get_xb(),
            self._index.d,
            len(self),
        )
        return scores

    def scores_of(self, query: Vectors, rows: Rows) -> Vectors:
        """Return the similarity of one query, shape (dimensions,), to some vectors, by their rows.

        They are to the bit those of `scores`; what is not asked for is not read.
        """
        rows = np.ascontiguousarray(rows, dtype=np.int64)
        if len(rows) and not 0 <= rows.min() <= rows.max() < len(self):
            raise IndexError(f"a row is not among the {len(self)} of this index")
        scores = np.empty(len(rows), dtype=np.float32)
        query = np.ascontiguousarray(query, dtype=np.float32).reshape(self._index.d)
        faiss.fvec_inner_products_by_idx(  # type: ignore[attr-defined]
            faiss.swig_ptr(scores),
            faiss.swig_ptr(query),
            self._exact.get_xb(),
            faiss.swig_ptr(rows),
            self._index.d,
            1,
            len(rows),
        )
        return scores

    def nearest(self, query: Vectors, limit: int, among: Rows | None = None) -> Nearest:
        """Return up to `limit` vectors nearest to one query, shape (dimensions,).

        With `among`, rows that follow one another, only these are compared, each of them, and what
        is found counts from the first of them.
        """
        if among is not None and len(among) < len(self):
            return _best(self.scores_of(query, among), limit)
        query = np.ascontiguousarray(query, dtype=np.float32).reshape(1, self._index.d)
        # OpenMP counts threads for each thread that asks.
        faiss.omp_set_num_threads(1)
        scores, rows = self._index.search(query, max(1, min(limit, len(self))))
        # FAISS fills up with rows of -1 where the lists it read hold too few.
        found = rows[0] >= 0
        return Nearest(rows[0][found][:limit], scores[0][found][:limit])


def _best(scores: Vectors, limit: int) -> Nearest:
    """Return the highest of some scores, the earlier one first where two are the same."""
    rows = np.argsort(-scores, kind="stable")[:limit]
    return Nearest(rows, scores[rows])


def _read(file: Path) -> faiss.Index:
    """Read a FAISS index; of one that is large, the vectors stay in the file and are mapped."""
    with file.open("rb") as stream:
        flat = stream.read(4) == _FLAT
    try:
        if flat:
            return faiss.deserialize_index(np.frombuffer(file.read_bytes(), dtype=np.uint8))
        return faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)
    except RuntimeError as error:
        raise IndexStaleError(f"{file} is damaged; run `python -m index build`.") from error
