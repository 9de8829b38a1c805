"""Fusing dense and lexical scores into one ranking."""

from __future__ import annotations

import numpy as np

from index.dense import Vectors


def standardised(scores: Vectors) -> Vectors:
    """Return scores with mean 0 and standard deviation 1 over the passages; zeros if all equal."""
    spread = float(scores.std())
    return (scores - scores.mean()) / spread if spread > 0 else np.zeros_like(scores)


def fuse(dense: Vectors, lexical: Vectors, weight: float) -> Vectors:
    """Return the weighted sum of standardised scores, shape (passages,).

    `weight` in [0, 1] is the share of the dense scores. A question that shares no word with any
    passage is ranked by the dense scores alone.
    """
    return weight * standardised(dense) + (1.0 - weight) * standardised(lexical)
