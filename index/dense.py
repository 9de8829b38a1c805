"""Dense search: FAISS over unit vectors."""

from __future__ import annotations

from pathlib import Path

import faiss
import numpy as np
from numpy.typing import NDArray

Vectors = NDArray[np.float32]


class DenseIndex:
    """Exact inner-product search; over unit vectors this is cosine similarity."""

    def __init__(self, index: faiss.Index) -> None:
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
        """Read an index that `save` wrote."""
        return cls(faiss.deserialize_index(np.frombuffer(file.read_bytes(), dtype=np.uint8)))

    def save(self, file: Path) -> None:
        """Write the index to a file."""
        file.write_bytes(faiss.serialize_index(self._index).tobytes())

    def __len__(self) -> int:
        """Return the number of vectors."""
        return int(self._index.ntotal)

    def scores(self, query: Vectors) -> Vectors:
        """Return the similarity of one query, shape (dimensions,), to every vector, shape (n,)."""
        similarities, rows = self._index.search(query[np.newaxis, :], len(self))
        scores = np.empty(len(self), dtype=np.float32)
        scores[rows[0]] = similarities[0]
        return scores
