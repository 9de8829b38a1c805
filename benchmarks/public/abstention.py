"""Whether the probability of an article without a bank tells which questions it answers."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.pipeline import make_pipeline
from sklearn.preprocessing import StandardScaler

from benchmarks.public.ranking import Fusion, first_right
from benchmarks.public.scores import Scored
from index.fusion import evidence

FALSE_ABSTENTION = (0.05, 0.30)
"""Shares of answerable questions that a threshold may refuse, for which abstention is reported."""

Numbers = NDArray[np.float64]


class Kind(StrEnum):
    """What a question is to the pool in which it is asked."""

    ANSWERABLE = "answerable"
    IMPOSSIBLE = "impossible"
    ELSEWHERE = "elsewhere"


@dataclass(frozen=True, slots=True)
class Evidence:
    """What is known of the questions of one set; row i of every array is one question.

    `features` has shape (questions, features), its first column is the highest similarity; `right`
    tells whether the best unit answers.
    """

    features: Numbers
    right: NDArray[np.bool_]
    kind: NDArray[np.str_]


@dataclass(frozen=True, slots=True)
class Point:
    """What a threshold fitted on the other sets does: the share abstained on, by kind."""

    wanted: float
    abstained: Mapping[Kind, float]


@dataclass(frozen=True, slots=True)
class Judged:
    """The questions of one set with probabilities from a model fitted on all others."""

    evidence: Evidence
    probability: Numbers
    points: tuple[Point, ...]

    def auroc(self, against: Kind, scores: Numbers | None = None) -> float | None:
        """Return how well answerable questions are told from others; None if there are no others.

        `scores` are the probabilities unless given.
        """
        known = self.probability if scores is None else scores
        asked = self.rows(against)
        answerable = self.evidence.kind[asked] == Kind.ANSWERABLE
        return None if answerable.all() else float(roc_auc_score(answerable, known[asked]))

    def curve(self, against: Kind) -> tuple[Numbers, Numbers]:
        """Return coverage and risk, answering the surest first.

        Coverage is the share of questions answered, risk the share of these whose best unit does
        not answer. Questions are the answerable ones and those of one other kind.
        """
        asked = self.rows(against)
        order = asked[np.argsort(-self.probability[asked], kind="stable")]
        answered = np.arange(1, len(order) + 1)
        return answered / len(order), np.cumsum(~self.evidence.right[order]) / answered

    def rows(self, against: Kind) -> NDArray[np.intp]:
        """Return the rows of the answerable questions and of those of another kind."""
        return np.flatnonzero(np.isin(self.evidence.kind, [Kind.ANSWERABLE, against]))

    def count(self, kind: Kind) -> int:
        """Return how many questions are of a kind."""
        return int((self.evidence.kind == kind).sum())


def judged_sets(
    sets: Mapping[str, Sequence[Scored]], fusions: Mapping[str, Fusion]
) -> dict[str, Judged]:
    """Return each set judged by a model of all others; `fusions` are those fitted likewise."""
    found = {}
    for name in sets:
        seen = {other: evidence_of(scored, fusions[name]) for other, scored in sets.items()}
        found[name] = judged(seen.pop(name), list(seen.values()))
    return found


def evidence_of(scored: Sequence[Scored], fusion: Fusion) -> Evidence:
    """Return the features of some questions, and whether their best unit answers."""
    features, right, kinds = [], [], []
    for one in scored:
        fused = fusion.of(one)
        features.append(list(evidence(one.dense, one.lexical, fused).values()))
        right.append(bool(one.right) and first_right(fused, one.right) == 0)
        kinds.append(kind_of(one))
    return Evidence(np.array(features, dtype=np.float64), np.array(right), np.array(kinds))


def kind_of(scored: Scored) -> Kind:
    """Return what a question is to the pool in which it was asked."""
    if scored.elsewhere:
        return Kind.ELSEWHERE
    return Kind.ANSWERABLE if scored.right else Kind.IMPOSSIBLE


def judged(mine: Evidence, others: Sequence[Evidence]) -> Judged:
    """Return a set's probabilities by a logistic regression on other sets, each weighing alike."""
    shares = np.concatenate([np.full(len(one.right), 1.0 / len(one.right)) for one in others])
    weights = shares * len(shares) / shares.sum()
    model = make_pipeline(StandardScaler(), LogisticRegression(max_iter=1000))
    features = np.concatenate([one.features for one in others])
    right = np.concatenate([one.right for one in others])
    model.fit(features, right, logisticregression__sample_weight=weights)
    answerable = np.concatenate([one.kind for one in others]) == Kind.ANSWERABLE
    known, order = model.predict_proba(features)[answerable, 1], weights[answerable]
    found = model.predict_proba(mine.features)[:, 1]
    points = tuple(
        _point(share, _quantile(known, order, share), found, mine.kind)
        for share in FALSE_ABSTENTION
    )
    return Judged(mine, found, points)


def _point(wanted: float, threshold: float, found: Numbers, kinds: NDArray[np.str_]) -> Point:
    present = [kind for kind in Kind if (kinds == kind).any()]
    return Point(
        wanted, {kind: float((found[kinds == kind] < threshold).mean()) for kind in present}
    )


def _quantile(values: Numbers, weights: Numbers, share: float) -> float:
    """Return the value below which a share of the weight lies."""
    order = np.argsort(values)
    below = np.cumsum(weights[order]) / weights.sum()
    return float(values[order][np.searchsorted(below, share)])
