"""Thresholds keep the rates that they are fitted to."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from chatbot.answer.judgement import Calibration
from chatbot.guard.level import Label
from training.fit import FAIR, danger_of, fit_answers, fit_further, fit_guard, refused_of
from training.settings import Rates, TrainingSettings

RATES = TrainingSettings.load().rates


def _questions(seed: int, count: int) -> list[dict[str, object]]:
    chance = np.random.default_rng(seed)
    rows: list[dict[str, object]] = []
    for number in range(count):
        answered = bool(number % 2)
        features = {
            "nearest": float(chance.normal(0.8 if answered else 0.6, 0.1)),
            "margin": float(chance.random()),
        }
        candidates = [[1, 0.6], [2, 0.3], [3, float(chance.random()) / 10]]
        rows.append(
            {
                "features": features,
                "answers": [1] if answered else [],
                "need": [],
                "candidates": candidates,
            }
        )
    return rows


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 999), st.floats(0.01, 0.4))
def test_the_threshold_abstains_wrongly_as_often_as_asked(seed: int, rate: float) -> None:
    rows = _questions(seed, 200)
    limits = Calibration(**fit_answers(rows, rate, RATES))
    wrongly = [
        limits.probability(row["features"]) < limits.threshold  # type: ignore[arg-type]
        for row in rows
        if row["answers"]
    ]
    assert np.mean(wrongly) == pytest.approx(rate, abs=0.011)


@settings(max_examples=20, deadline=None)
@given(st.integers(0, 999), st.floats(0.01, 0.2), st.floats(0.01, 0.2))
def test_the_guard_keeps_fair_messages_within_the_rates(
    seed: int, helped: float, refused: float
) -> None:
    chance = np.random.default_rng(seed)
    labels = list(Label)
    rows = [
        {
            "english": True,
            "raised": "",
            "label": labels[number % len(labels)],
            "shares": chance.dirichlet(np.ones(len(labels))).tolist(),
        }
        for number in range(420)
    ]
    rates = Rates(0.05, 0.3, 0.03, helped, refused)
    limits = fit_guard(rows, rates)
    fair = [row for row in rows if row["label"] in FAIR]
    questions = [row for row in rows if row["label"] == Label.INFORMATION]
    assert np.mean(danger_of(fair) > limits["help"]) <= helped + 1 / len(fair)
    assert np.mean(refused_of(questions) > limits["personal"]) <= refused + 1 / len(questions)


@given(st.sampled_from(["crisis", "emergency"]))
def test_what_a_rule_raised_counts_as_sent_to_help(level: str) -> None:
    shares = [0.0] * len(Label)
    shares[list(Label).index(Label.INFORMATION)] = 1.0
    row = {"shares": shares, "raised": level}
    assert danger_of([row]) == refused_of([row]) == [1.0]
    assert danger_of([{**row, "raised": ""}]) == [0.0]
    assert refused_of([{**row, "raised": "personal"}]) == [1.0]


def test_a_quote_that_a_full_answer_needs_is_kept() -> None:
    row = {"answers": [1], "need": [[1], [3]], "candidates": [[1, 0.6], [2, 0.3], [3, 0.02]]}
    assert fit_further([row]) <= 0.02
    assert fit_further([{**row, "need": []}]) > 0.3
