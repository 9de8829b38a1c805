"""What it costs to add one article to a library whose other texts are embedded already."""

from __future__ import annotations

import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

from benchmarks.growth.texts import Texts
from index import Encoder
from index.embeddings import CachedEncoder


@dataclass(frozen=True, slots=True)
class Added:
    """How many passages there were, how many came with one article, and the seconds it took."""

    before: int
    new: int
    seconds: float


def added(texts: Texts, known: Encoder, encoder: Encoder, max_pieces: int) -> Added:
    """Return the cost of adding the last article to the others.

    `known` gives the vectors of the others without computing them; `encoder` embeds what is new.
    """
    others = [passage for article in texts.articles[:-1] for passage in article]
    with tempfile.TemporaryDirectory() as scratch:
        folder = Path(scratch) / "embeddings"
        cached = CachedEncoder(known, max_pieces, folder)
        if others:
            cached.encode(others)
            cached.save()
        # What is embedded for the first time waits for the model to be loaded; that is not meant.
        encoder.encode(["one"])
        start = time.perf_counter()
        cached = CachedEncoder(encoder, max_pieces, folder)
        cached.encode(texts.passages)
        cached.save()
        seconds = time.perf_counter() - start
    return Added(len(others), len(texts.articles[-1]), seconds)
