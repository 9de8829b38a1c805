"""Vectors of texts that were embedded before, so that a library grows by its new texts alone."""

from __future__ import annotations

import hashlib
import logging
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from corpus import IndexStaleError
from index.dense import Vectors
from index.encoder import Encoder
from index.folders import replaced
from index.manifest import FORMAT, Manifest

_log = logging.getLogger(__name__)

KEYS, VECTORS = "keys.npy", "vectors.npy"
"""The SHA-256 of each text, shape (texts, KEY_BYTES), and its vector in the same row."""

KEY_BYTES = 32


def embeddings_of(folder: Path) -> Path:
    """Return where the vectors of an index's texts are kept: beside it, as it is replaced whole."""
    return folder.with_name(f"{folder.name}.embeddings")


class CachedEncoder:
    """An encoder that takes from a folder what it encoded when an index was last built.

    `max_pieces` is how much of a text the encoder reads: with its fingerprint it decides every
    vector, and a folder made otherwise, or damaged, counts as empty. Texts that are new are encoded
    together, in their order; vectors of one text in other company may differ in their last bits.
    """

    def __init__(self, encoder: Encoder, max_pieces: int, folder: Path) -> None:
        """Read what the folder keeps; nothing is written before `save`."""
        self._encoder = encoder
        self._folder = folder
        self._manifest = _manifest(encoder.fingerprint, max_pieces)
        self._kept = _read(folder, self._manifest)
        self._used: dict[bytes, Vectors] = {}

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the encoder."""
        return self._encoder.fingerprint

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        """Return unit vectors, shape (len(texts), dimensions)."""
        keys = [_key(text) for text in texts]
        known = [row for row, key in enumerate(keys) if key in self._kept]
        new = [row for row, key in enumerate(keys) if key not in self._kept]
        if known:
            vectors = np.empty((len(texts), self._kept[keys[known[0]]].size), dtype=np.float32)
            vectors[known] = [self._kept[keys[row]] for row in known]
        else:
            vectors = self._encoder.encode(texts, progress)
        if known and new:
            vectors[new] = self._encoder.encode([texts[row] for row in new], progress)
        self._used.update(zip(keys, vectors, strict=True))
        return vectors

    def save(self) -> None:
        """Keep the vectors of the texts encoded since this was made, and no others.

        A crash at any moment leaves what was kept before, or nothing.
        """
        if not self._used or self._used.keys() == self._kept.keys():
            return
        with replaced(self._folder) as scratch:
            keys = np.frombuffer(b"".join(self._used), dtype=np.uint8)
            np.save(scratch / KEYS, keys.reshape(-1, KEY_BYTES))
            np.save(scratch / VECTORS, np.stack(list(self._used.values())))
            self._manifest.sealed(scratch).write(scratch)


def _key(text: str) -> bytes:
    return hashlib.sha256(text.encode()).digest()


def _manifest(model: str, max_pieces: int) -> Manifest:
    return Manifest(
        format=FORMAT,
        model=model,
        settings={"max_pieces": max_pieces},
        articles={},
        banks={},
        libraries={},
        counts={},
        files={},
    )


def _read(folder: Path, wanted: Manifest) -> dict[bytes, Vectors]:
    """Return the vectors that a folder keeps, by the hash of their text."""
    if not folder.is_dir():
        return {}
    try:
        Manifest.checked(folder, wanted)
    except IndexStaleError:
        _log.info("The vectors in %s are damaged or of another model: embedding anew.", folder)
        return {}
    keys, vectors = np.load(folder / KEYS), np.load(folder / VECTORS)
    return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}
