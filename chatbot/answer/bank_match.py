"""Matching a question to the bank: what answered the questions most like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus import BankQuestion
from index import Nearest, Vectors

NEAREST = 20
"""Bank questions looked at."""

DECAY = 15.0
"""How fast a neighbour's weight falls with its distance in similarity from the nearest one."""

LESSER = 0.8
"""Weight of an acceptable answer beside that of a question's best answer."""


@dataclass(frozen=True, slots=True)
class Neighbour:
    """A bank question near the question asked; `similarity` is their cosine."""

    entry: BankQuestion
    similarity: float


@dataclass(frozen=True, slots=True)
class BankMatch:
    """What the nearest bank questions say.

    `shares`, shape (sentences,), is each sentence's weighted share of their answers, row 0 being
    sentence 1; `unanswered` is the weighted share of neighbours that the article does not answer.
    """

    shares: Vectors
    unanswered: float
    nearest: tuple[Neighbour, ...]


def match(found: Nearest, bank: Sequence[BankQuestion], sentences: int) -> BankMatch:
    """Return what the bank says, given its questions nearest to the one asked; at least one."""
    pairs = zip(found.rows.tolist(), found.scores.tolist(), strict=True)
    nearest = tuple(Neighbour(bank[row], similarity) for row, similarity in pairs)
    weights = np.exp(DECAY * (found.scores - found.scores[0]))
    weights /= weights.sum()
    shares = np.zeros(sentences, dtype=np.float32)
    unanswered = 0.0
    for neighbour, weight in zip(nearest, weights, strict=True):
        if not neighbour.entry.answered:
            unanswered += float(weight)
        for place, number in enumerate(neighbour.entry.answers):
            shares[number - 1] += weight * (LESSER if place else 1.0)
    return BankMatch(shares, unanswered, nearest)
