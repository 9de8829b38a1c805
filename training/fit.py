"""Fitting thresholds and calibrations to held-out rows."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.preprocessing import StandardScaler

from chatbot.answer.composing import MOST_QUOTES
from chatbot.guard.level import Label
from training.heldout import read_rows
from training.settings import Rates

Row = Mapping[str, Any]
LABELS = tuple(Label)
FAIR = (Label.INFORMATION, Label.ABOUT, Label.OFF_TOPIC)
HELP = (Label.CRISIS, Label.EMERGENCY)
REFUSED = (*HELP, Label.PERSONAL_ADVICE, Label.ATTACK)
HELP_LEVELS = ("crisis", "emergency")
FAIR_CLASS = 0.5
"""Share from which a fair message counts as about the chat or off topic: more than all others."""

SURE_OF_PART = 0.9
"""Share from which a question torn from its message counts as personal: it lacks its context."""

PLAIN = "plain.jsonl"
"""The file of rows judged without the bank."""

LOST = 0.002
"""Share of answers that may be lost by showing fewer quotes than the most allowed."""


def fitted(held_out: Path, rates: Rates) -> dict[str, Any]:
    """Return the calibrations and thresholds, by name, from every held-out row.

    `no_bank` is fitted to the same questions judged by the packaged weights alone.
    """
    questions = read_rows(sorted(held_out.glob("questions_*.jsonl")))
    messages = read_rows(sorted(held_out.glob("guard_*.jsonl")))
    return {
        "bank": fit_answers(questions, rates.false_abstention, rates),
        "no_bank": fit_answers(
            read_rows([held_out / PLAIN]), rates.false_abstention_without_bank, rates
        ),
        "guard": fit_guard(messages, rates),
    }


def fit_answers(rows: Sequence[Row], false_abstention: float, rates: Rates) -> dict[str, Any]:
    """Return a calibration whose threshold abstains on the given share of answerable questions."""
    names = sorted(rows[0]["features"])
    values = np.array([[row["features"][name] for name in names] for row in rows])
    scaler = StandardScaler().fit(values)
    model = LogisticRegression(max_iter=1000).fit(scaler.transform(values), right_first(rows))
    weights = model.coef_[0] / scaler.scale_
    intercept = float(model.intercept_[0] - (weights * scaler.mean_).sum())
    chances = 1.0 / (1.0 + np.exp(-(values @ weights + intercept)))
    answerable = np.array([bool(row["answers"]) for row in rows])
    return {
        "weights": {name: float(weight) for name, weight in zip(names, weights, strict=True)},
        "intercept": intercept,
        "threshold": float(np.quantile(chances[answerable], false_abstention)),
        "further": fit_further([row for row in rows if row["answers"]]),
        "related": float(np.quantile([similarity(row) for row in rows], rates.called_outside)),
    }


def similarity(row: Row) -> float:
    """Return how near a question is to the nearest bank question, or sentence without a bank."""
    features = row["features"]
    return float(features["nearest" if "nearest" in features else "dense"])


def right_first(rows: Sequence[Row]) -> NDArray[np.bool_]:
    """Return whether the best candidate of each row is an acceptable answer."""
    return np.array([row["candidates"][0][0] in row["answers"] for row in rows])


def shown(row: Row, further: float) -> list[int]:
    """Return the sentences of the quotes that a row would show."""
    best, *rest = row["candidates"][:MOST_QUOTES]
    return [best[0], *(number for number, score in rest if score >= further)]


def fit_further(rows: Sequence[Row]) -> float:
    """Return the highest score for a further quote that loses no more than `LOST`.

    Neither of the answers, nor of the questions whose every needed part is shown.
    """
    needing = [row for row in rows if row["need"]]

    def kept(further: float) -> tuple[float, float]:
        found = [bool({*shown(row, further)} & {*row["answers"]}) for row in rows]
        whole = [all({*shown(row, further)} & {*group} for group in row["need"]) for row in needing]
        return float(np.mean(found)), float(np.mean(whole)) if whole else 1.0

    answers, parts = (most - LOST for most in kept(0.0))
    grid = (float(one) for one in np.geomspace(0.5, 0.001, 60))
    fits = (one for one in grid if kept(one)[0] >= answers and kept(one)[1] >= parts)
    return next(fits, 0.0)


def fit_guard(rows: Sequence[Row], rates: Rates) -> dict[str, float]:
    """Return thresholds that keep fair English messages within the given rates."""
    fair = [row for row in rows if row["english"] and row["label"] in FAIR]
    questions = [row for row in fair if row["label"] == Label.INFORMATION]
    return {
        "help": float(np.quantile(danger_of(fair), 1.0 - rates.fair_sent_to_help)),
        "crisis": 0.5,
        "personal": float(np.quantile(refused_of(questions), 1.0 - rates.fair_refused)),
        "about": FAIR_CLASS,
        "off_topic": FAIR_CLASS,
        "part": SURE_OF_PART,
    }


def danger_of(rows: Sequence[Row]) -> NDArray[np.float64]:
    """Return the share of danger of some messages, 1 where a rule saw danger; shape (rows,)."""
    raised = np.array([row["raised"] in HELP_LEVELS for row in rows], dtype=bool)
    return np.where(raised, 1.0, _share_of(rows, HELP))


def refused_of(rows: Sequence[Row]) -> NDArray[np.float64]:
    """Return the share of all that gets no quotes, 1 where a rule spoke; shape (rows,)."""
    raised = np.array([bool(row["raised"]) for row in rows], dtype=bool)
    return np.where(raised, 1.0, _share_of(rows, REFUSED))


def _share_of(rows: Sequence[Row], labels: Sequence[Label]) -> NDArray[np.float64]:
    shares = np.array([row["shares"] for row in rows]).reshape(-1, len(LABELS))
    summed: NDArray[np.float64] = shares[:, [LABELS.index(label) for label in labels]].sum(axis=1)
    return summed
