from __future__ import annotations

import re
from collections.abc import Sequence

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from chatbot.conversation import Conversation
from chatbot.guard.classifier import Probabilities, Thresholds
from chatbot.guard.guard import Guard
from chatbot.guard.level import Label, Level
from chatbot.guard.normalise import normalise
from chatbot.guard.rules import Highest

LONG = " ".join(f"word{number}" for number in range(500))
ROWS = st.lists(st.floats(0.0625, 1.0, width=32), min_size=len(Label), max_size=len(Label))


class Dictated:
    """Gives the windows of a message the rows that a test wants, in turn."""

    def __init__(self, rows: Sequence[Sequence[float]]) -> None:
        self.rows = np.asarray(rows, dtype=np.float32)
        self.rows /= self.rows.sum(axis=1, keepdims=True)

    def probabilities(self, texts: Sequence[str]) -> Probabilities:
        return self.rows[np.arange(len(texts)) % len(self.rows)]


def triage(rows: Sequence[Sequence[float]], help_: float = 0.3) -> tuple[Level, dict[Label, float]]:
    thresholds = Thresholds(
        help=help_, crisis=0.5, personal=0.6, about=0.5, off_topic=0.5, part=0.9
    )
    guard = Guard(Highest(()), Dictated(rows), thresholds, re.compile("x"))
    judged = guard.triage(normalise(LONG), Conversation())
    return judged.level, dict(judged.probabilities)


@given(st.lists(ROWS, min_size=1, max_size=5))
def test_no_window_dilutes_the_danger_of_another(rows: list[list[float]]) -> None:
    classifier = Dictated(rows)
    level, shares = triage(rows)
    danger = classifier.rows[:, :2].sum(axis=1).max()
    assert abs(shares[Label.CRISIS] + shares[Label.EMERGENCY] - danger) < 1e-5
    assert abs(sum(shares.values()) - 1.0) < 1e-5
    if danger >= 0.301:
        assert level >= Level.EMERGENCY
