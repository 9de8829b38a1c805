"""Vectors of many texts, kept in a folder so that they are computed once."""

from __future__ import annotations

import hashlib
from collections.abc import Collection, Sequence
from pathlib import Path

import numpy as np
from tqdm import tqdm

from corpus import ConfigError
from index import Encoder, Vectors

BLOCK = 256
"""Texts in one file of the cache, which is all that is lost when a run is stopped."""


class CachedVectors:
    """Encodes texts in blocks of like length and keeps every block in a file.

    Raises ConfigError if the folder cannot be made.
    """

    def __init__(self, encoder: Encoder, folder: Path) -> None:
        """Keep the vectors of an encoder in a folder, which is made if it is not there."""
        try:
            folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise ConfigError(f"{folder}: cannot be a cache: {error.strerror}.") from error
        self._encoder = encoder
        self._folder = folder

    def of(self, texts: Collection[str], name: str) -> dict[str, Vectors]:
        """Return the unit vector of every text, by text; `name` stands at the progress bar."""
        # Texts of like length need little padding, which else is most of the cost.
        ordered = sorted(set(texts), key=lambda text: (len(text), text))
        blocks = [ordered[start : start + BLOCK] for start in range(0, len(ordered), BLOCK)]
        found: dict[str, Vectors] = {}
        for block in tqdm(blocks, desc=name, disable=None):
            found.update(zip(block, self._block(block), strict=True))
        return found

    def _block(self, texts: Sequence[str]) -> Vectors:
        key = hashlib.sha256("\0".join([self._encoder.fingerprint, *texts]).encode()).hexdigest()
        file = self._folder / f"{key}.npy"
        if file.is_file():
            return np.asarray(np.load(file), dtype=np.float32)
        vectors = self._encoder.encode(texts)
        scratch = file.with_suffix(".new.npy")
        np.save(scratch, vectors)
        scratch.replace(file)
        return vectors
