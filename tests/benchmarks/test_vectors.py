from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest

from benchmarks.public.vectors import BLOCK, CachedVectors
from corpus import ConfigError
from index import Vectors


class Lengths:
    """An encoder that reads lengths, and counts what it was given."""

    def __init__(self, fingerprint: str) -> None:
        self.fingerprint = fingerprint
        self.read = 0

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        self.read += len(texts)
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)


TEXTS = [f"{'x' * (place % 50)} {place}" for place in range(BLOCK + 10)]


def test_every_text_gets_its_own_vector(tmp_path: Path) -> None:
    found = CachedVectors(Lengths("a"), tmp_path).of([*TEXTS, *TEXTS], "texts")
    assert set(found) == set(TEXTS)
    assert all(vector[0] == len(text) for text, vector in found.items())


def test_nothing_is_read_twice_by_the_same_weights(tmp_path: Path) -> None:
    first, again, other = Lengths("a"), Lengths("a"), Lengths("b")
    before = CachedVectors(first, tmp_path).of(TEXTS, "texts")
    after = CachedVectors(again, tmp_path).of(list(reversed(TEXTS)), "texts")
    CachedVectors(other, tmp_path).of(TEXTS, "texts")
    assert (first.read, again.read, other.read) == (len(TEXTS), 0, len(TEXTS))
    assert all((before[text] == after[text]).all() for text in TEXTS)


def test_a_cache_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    with pytest.raises(ConfigError, match="file/cache"):
        CachedVectors(Lengths("a"), tmp_path / "file" / "cache")
