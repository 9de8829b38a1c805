"""Fusing dense and lexical scores into one ranking."""

from __future__ import annotations

import numpy as np

from index.dense import Vectors


def fuse(dense: Vectors, lexical: Vectors, weight: float, prior: Vectors | None = None) -> Vectors:
    """Return the fused scores of some passages, shape (passages,).

    `dense` are cosine similarities, `lexical` the shares of the question that the passages cover,
    `weight` in [0, 1] is the share of the dense scores. Coverage counts squared: shared words tell
    much where a passage holds nearly all that was asked, and next to nothing where it holds little
    of it, so a question in words of its own is ranked by meaning. `prior` is added to the dense
    scores. How well this ranks is measured in `docs/PUBLIC.md`.
    """
    similar = dense if prior is None else dense + prior
    fused = weight * similar + (1.0 - weight) * lexical**2
    return np.asarray(fused, dtype=np.float32)


def length_prior(lengths: Vectors, weight: float) -> Vectors:
    """Return what passages gain by their lengths in characters, shape (passages,).

    `weight` is the gain, in cosine similarity, from a passage to one that is e times as long:
    MiniLM likes fragments that echo the question, and a longer passage answers more often.
    """
    return np.asarray(weight * np.log1p(lengths), dtype=np.float32)


def evidence(dense: Vectors, lexical: Vectors, fused: Vectors) -> dict[str, float]:
    """Return by name what tells whether the best passage answers: features of a probability.

    They are the highest similarity and coverage, and how far the best passage is ahead.
    """
    ranked = np.sort(fused)[::-1]
    return {
        "dense": float(dense.max()),
        "lexical": float(lexical.max()),
        "margin": float(ranked[0] - ranked[min(1, len(ranked) - 1)]),
    }
