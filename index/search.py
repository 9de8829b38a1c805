"""Searching passages without a question bank: dense and lexical scores, fused."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from index.encoder import Encoder
from index.fusion import fuse, length_prior
from index.passages import Passage
from index.scores import Scores
from index.store import PassageIndex


@dataclass(frozen=True, slots=True)
class Hit:
    """A passage found, with the scores that placed it.

    `score` is the fused score that ranks hits; `dense` is the cosine similarity and `lexical` the
    share of the question that the passage covers. Only hits of one search can be compared.
    """

    passage: Passage
    score: float
    dense: float
    lexical: float


def search(
    index: PassageIndex,
    encoder: Encoder,
    question: str,
    weight: float,
    limit: int = 10,
    length: float = 0.0,
) -> list[Hit]:
    """Return the best passages for a question, best first, at most `limit`.

    `weight` in [0, 1] is the share of the dense scores in the fused score; `length` is what these
    gain when a passage is e times as long.
    """
    vector = encoder.encode([question])[0]
    hits = [
        hit
        for id, scores in index.scores(question, vector, limit).items()
        for hit in _hits(_passages(index, id), scores, weight, length)
    ]
    return sorted(hits, key=lambda hit: -hit.score)[:limit]


def _passages(index: PassageIndex, article: str) -> list[Passage]:
    return [index.passages[row] for row in index.places[article].passages]


def _hits(passages: Sequence[Passage], scores: Scores, weight: float, length: float) -> list[Hit]:
    lengths = np.array([len(passage.text) for passage in passages], dtype=np.float32)
    fused = fuse(scores.dense, scores.lexical, weight, length_prior(lengths, length))
    columns = (fused.tolist(), scores.dense.tolist(), scores.lexical.tolist())
    return [Hit(*row) for row in zip(passages, *columns, strict=True)]
