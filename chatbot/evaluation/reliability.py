"""Whether the judged probabilities are true: reliability, discrimination, risk and coverage."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.metrics import brier_score_loss, roc_auc_score

from chatbot.evaluation.outcomes import QUESTIONS, Outcome

BINS = 10
"""Bins of equal width of the judged probability."""

STEPS = 100
"""Points of the risk-coverage curve."""


@dataclass(frozen=True, slots=True)
class Bin:
    """The questions judged within one range: the mean probability, and the share truly right."""

    low: float
    high: float
    n: int
    judged: float
    right: float


@dataclass(frozen=True, slots=True)
class Reliability:
    """How good the judged probabilities are.

    A judgement is right if its best quote answers. `auroc` is None if all are right or all wrong;
    `error` is the expected calibration error. The curve has points of coverage, the share of
    questions answered, and risk, the share of these that is wrong, answering the surest first;
    `shown` is the coverage at the threshold used.
    """

    n: int
    auroc: float | None
    brier: float
    error: float
    bins: tuple[Bin, ...]
    curve: tuple[tuple[float, float], ...]
    shown: float

    def to_json(self) -> dict[str, Any]:
        """Return everything, rounded."""
        return {
            "n": self.n,
            "auroc": None if self.auroc is None else round(self.auroc, 4),
            "brier": round(self.brier, 4),
            "error": round(self.error, 4),
            "bins": [
                [one.low, one.high, one.n, round(one.judged, 4), round(one.right, 4)]
                for one in self.bins
            ],
            "curve": [[round(coverage, 4), round(risk, 4)] for coverage, risk in self.curve],
            "shown": round(self.shown, 4),
        }


def reliability_of(outcomes: Iterable[Outcome]) -> Reliability | None:
    """Return the reliability over the English questions on the article that were judged.

    None if no question was.
    """
    judged = [
        (one.probability, one.best_right, one.probability >= (one.threshold or 0.0))
        for one in outcomes
        if one.probability is not None and one.row.truth in QUESTIONS and not one.row.foreign
    ]
    if not judged:
        return None
    probability, right, shown = (np.asarray(column) for column in zip(*judged, strict=True))
    bins = tuple(_bins(probability, right))
    return Reliability(
        n=len(judged),
        auroc=float(roc_auc_score(right, probability)) if 0 < right.sum() < len(right) else None,
        brier=float(brier_score_loss(right, probability, pos_label=True)),
        error=sum(one.n * abs(one.judged - one.right) for one in bins) / len(judged),
        bins=bins,
        curve=_curve(probability, right),
        shown=float(shown.mean()),
    )


def _bins(probability: NDArray[np.float64], right: NDArray[np.bool_]) -> Iterable[Bin]:
    places = np.minimum((probability * BINS).astype(int), BINS - 1)
    for place in range(BINS):
        here = places == place
        if here.any():
            judged, share = float(probability[here].mean()), float(right[here].mean())
            yield Bin(place / BINS, (place + 1) / BINS, int(here.sum()), judged, share)


def _curve(
    probability: NDArray[np.float64], right: NDArray[np.bool_]
) -> tuple[tuple[float, float], ...]:
    order = np.argsort(-probability, kind="stable")
    risks = np.cumsum(~right[order]) / np.arange(1, len(order) + 1)
    answered = np.unique(np.ceil(np.linspace(0, len(order), STEPS + 1)[1:]).astype(int))
    return tuple((count / len(order), float(risks[count - 1])) for count in answered)
