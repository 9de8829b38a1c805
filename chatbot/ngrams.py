"""N-gram heads: linear classifiers over the words and runs of letters of a text.

They read the very spelling, which an encoder's vector blurs, and cost a fraction of its time; so
they see other things than the heads on the vector, and the two together err less than either.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path
from zlib import crc32

import numpy as np
from numpy.typing import NDArray
from safetensors import safe_open

from index import Vectors, remembered

WORDS = 2
"""Most words in an n-gram of words."""

LETTERS = (2, 5)
"""Fewest and most letters in an n-gram within a word; a word's two ends count as letters."""

Buckets = NDArray[np.int64]

_WORD = re.compile(r"\w+|[?!]")


def ngrams(text: str) -> set[str]:
    """Return the n-grams of a text, in lower case."""
    words = _WORD.findall(text.lower())
    found = {
        " " + " ".join(words[start : start + size])
        for size in range(1, WORDS + 1)
        for start in range(len(words) - size + 1)
    }
    fewest, most = LETTERS
    for word in {f"<{word}>" for word in words}:
        for size in range(fewest, most + 1):
            found.update(word[start : start + size] for start in range(len(word) - size + 1))
    return found


def buckets_of(text: str, count: int) -> Buckets:
    """Return the hash buckets of a text's n-grams, each once, out of `count`; at least one.

    This is the hashing trick (Weinberger et al. 2009): no vocabulary needs to be stored.
    """
    # The heads of guard and answers read the same question.
    return np.unique(remembered(_hashes, text) % count)


def _hashes(text: str) -> Buckets:
    return np.array([crc32(one.encode()) for one in ngrams(text)] or [0], dtype=np.int64)


@dataclass(frozen=True, slots=True)
class NgramHead:
    """Softmax over the classes of a task.

    `weight` has shape (buckets, classes), `rarity` (buckets,) and `bias` (classes,). A text is the
    unit vector of its buckets' rarities (inverse document frequencies).
    """

    weight: NDArray[np.float16]
    rarity: Vectors
    bias: Vectors

    @classmethod
    def load(cls, file: Path, sha256: str = "") -> NgramHead | None:
        """Read a head; None if the file is missing or was made for another text than `sha256`."""
        if not file.is_file():
            return None
        with safe_open(file, framework="numpy") as tensors:
            if (tensors.metadata() or {}).get("article", "") != sha256:
                return None
            return cls(
                tensors.get_tensor("weight"),
                tensors.get_tensor("rarity").astype(np.float32),
                tensors.get_tensor("bias").astype(np.float32),
            )

    def probabilities(self, text: str) -> Vectors:
        """Return probabilities of shape (classes,); they sum to 1."""
        rows = buckets_of(text, len(self.weight))
        rarity = self.rarity[rows]
        unit = rarity / np.linalg.norm(rarity)
        logits = unit @ self.weight[rows].astype(np.float32) + self.bias
        shares = np.exp(logits - logits.max())
        return np.asarray(shares / shares.sum(), dtype=np.float32)
