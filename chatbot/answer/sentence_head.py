"""The sentence head: a learned classifier from a question to the sentences of one article."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import numpy as np
from safetensors import safe_open

from corpus import Article
from index import Vectors


@dataclass(frozen=True, slots=True)
class SentenceHead:
    """Softmax over an article's sentences and "no sentence answers this".

    `weight` has shape (sentences + 1, dimensions), `bias` (sentences + 1,); the last row stands
    for no answer.
    """

    weight: Vectors
    bias: Vectors

    @classmethod
    def load(cls, file: Path, article: Article) -> SentenceHead | None:
        """Read the head of an article; None if none was learned for this version of its text."""
        if not file.is_file():
            return None
        with safe_open(file, framework="numpy") as tensors:
            if (tensors.metadata() or {}).get("article") != article.sha256:
                return None
            return cls(
                tensors.get_tensor("weight").astype(np.float32),
                tensors.get_tensor("bias").astype(np.float32),
            )

    def probabilities(self, vector: Vectors) -> Vectors:
        """Return probabilities of shape (sentences + 1,) for a unit vector; they sum to 1."""
        logits = self.weight @ vector + self.bias
        shifted = np.exp(logits - logits.max())
        return np.asarray(shifted / shifted.sum(), dtype=np.float32)
