"""Reading each text once while one reply is made, and remembering nothing after it."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, TypeVar

import numpy as np

from index.dense import Vectors
from index.encoder import Encoder

Value = TypeVar("Value")

_seen: ContextVar[dict[tuple[object, str], Any] | None] = ContextVar("_seen", default=None)


@contextmanager
def remembering() -> Iterator[None]:
    """Let what reads texts remember those it read within this block, in this thread alone.

    What they remember lies in memory and goes with the block: no text outlives its reply.
    """
    token = _seen.set({})
    try:
        yield
    finally:
        _seen.reset(token)


def remembered(make: Callable[[str], Value], text: str) -> Value:
    """Return what a function makes of a text; within a block of `remembering` it is called once."""
    seen = _seen.get()
    if seen is None:
        return make(text)
    if (make, text) not in seen:
        seen[make, text] = make(text)
    value: Value = seen[make, text]
    return value


class Remembering:
    """An encoder that reads each text once within a block of `remembering`.

    Guard and search look at the same question; without such a block it is the encoder itself.
    """

    def __init__(self, encoder: Encoder) -> None:
        """Take the encoder that reads what is new."""
        self._encoder = encoder

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the encoder."""
        return self._encoder.fingerprint

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        """Return unit vectors, shape (len(texts), dimensions)."""
        seen = _seen.get()
        if seen is None or not texts:
            return self._encoder.encode(texts, progress)
        new = [text for text in dict.fromkeys(texts) if (self, text) not in seen]
        if new:
            vectors = self._encoder.encode(new, progress)
            seen.update(((self, text), vector) for text, vector in zip(new, vectors, strict=True))
        return np.stack([seen[self, text] for text in texts])
