"""Dense search: FAISS over unit vectors."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

from corpus import IndexStaleError

Vectors = NDArray[np.float32]

# Questions are answered side by side, each by one thread: threads within one would only wait.
faiss.omp_set_num_threads(1)


class DenseIndex:
    """Exact inner-product search; over unit vectors this is cosine similarity."""

    def __init__(self, index: faiss.IndexFlatIP) -> None:
        """Wrap a FAISS index."""
        self._index = index

    @classmethod
    def from_vectors(cls, vectors: Vectors) -> DenseIndex:
        """Index vectors of shape (n, dimensions); their rows must have length 1."""
        index = faiss.IndexFlatIP(vectors.shape[1])
        index.add(np.ascontiguousarray(vectors, dtype=np.float32))
        return cls(index)

    @classmethod
    def load(cls, file: Path) -> DenseIndex:
        """Read an index that `save` wrote; raises IndexStaleError for one of another kind."""
        index = faiss.deserialize_index(np.frombuffer(file.read_bytes(), dtype=np.uint8))
        if not isinstance(index, faiss.IndexFlatIP):
            raise IndexStaleError(f"{file} is of another kind; run `python -m index build`.")
        return cls(index)

    def save(self, file: Path) -> None:
        """Write the index to a file."""
        file.write_bytes(faiss.serialize_index(self._index).tobytes())

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
            self._index.get_xb(),
            self._index.d,
            len(self),
        )
        return scores
