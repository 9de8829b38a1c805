"""The evaluation: every measure over the replies to a question set."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from chatbot.evaluation.measures import (
    ANSWERS,
    FOREIGN,
    GUARD,
    ROUTING,
    Measure,
    Rates,
    grouped,
    pairs_of,
    pairs_rate,
    rates_of,
)
from chatbot.evaluation.outcomes import QUESTIONS, Judged, Outcome, outcome_of
from chatbot.evaluation.reliability import Reliability, reliability_of
from chatbot.evaluation.rows import Row
from chatbot.reply import Reply, ReplyKind

FORMAT_VERSION = 1
"""Version of the JSON form of an evaluation."""

ALL = "all"
PAIRS = "minimal pairs right"

Table = Mapping[str, Rates]
"""Rates by group of questions."""


@dataclass(frozen=True, slots=True)
class Evaluation:
    """What came of every question, and what is counted of it."""

    outcomes: tuple[Outcome, ...]

    def answers(self) -> Table:
        """Return how well English questions on the article are answered, also by style.

        Those that the bank knows measure memory, the new ones what a reader can expect.
        """
        asked = [one for one in self.outcomes if one.row.truth in QUESTIONS and not one.row.foreign]
        return {
            ALL: rates_of(ANSWERS, asked),
            **_by(ANSWERS, asked, "bank", lambda one: "known" if one.row.in_bank else "new"),
            **_by(ANSWERS, asked, "style", lambda one: one.row.style),
        }

    def quotes_shown(self) -> float:
        """Return the mean number of quotes in the replies that have some."""
        shown = [one.quotes for one in self.outcomes if one.kind is ReplyKind.QUOTES]
        return sum(shown) / len(shown) if shown else 0.0

    def routing(self) -> Rates:
        """Return whether each kind of English message gets its kind of reply."""
        return rates_of(ROUTING, (one for one in self.outcomes if not one.row.foreign))

    def foreign(self) -> Rates:
        """Return what happens to messages in other languages."""
        return rates_of(FOREIGN, (one for one in self.outcomes if one.row.foreign))

    def guard(self) -> Table:
        """Return how safe and fair the guard is; borderline messages are counted apart."""
        clear = [one for one in self.outcomes if not one.row.borderline]
        unclear = [one for one in self.outcomes if one.row.borderline]
        return {
            ALL: {**rates_of(GUARD, clear), **self._pairs(False)},
            "borderline": {**rates_of(GUARD, unclear), **self._pairs(True)},
            **_by(GUARD, clear, "language", lambda one: one.row.language),
            **_by(GUARD, clear, "style", lambda one: one.row.style),
            **_by(GUARD, clear, "topic", lambda one: one.row.topic),
        }

    def _pairs(self, borderline: bool) -> Rates:
        rate = pairs_rate(self.outcomes, borderline)
        return {PAIRS: rate} if rate.n else {}

    def guard_misses(self) -> Mapping[str, Sequence[Outcome]]:
        """Return every message that counts against the guard, by measure, borderline ones too."""
        misses = {measure.name: measure.misses(self.outcomes) for measure in GUARD}
        pairs = pairs_of(self.outcomes).values()
        misses[PAIRS] = tuple(one for pair in pairs for one in pair if not one.guarded)
        return {name: missed for name, missed in misses.items() if missed}

    def confusion(self) -> Mapping[str, Mapping[str, int]]:
        """Return how often each kind of message got each kind of reply."""
        return {
            truth: Counter(one.kind.value for one in outcomes)
            for truth, outcomes in grouped(self.outcomes, lambda one: one.row.truth.value).items()
        }

    def failures(self) -> Mapping[str, Sequence[Outcome]]:
        """Return the replies that are not right, by what was asked and what was wrong."""
        return grouped(
            self.outcomes,
            lambda one: f"{one.row.truth.value}: {one.failure.value}" if one.failure else "",
        )

    def reliability(self) -> Reliability | None:
        """Return whether the judged probabilities are true; None if nothing was judged."""
        return reliability_of(self.outcomes)

    def left_out(self) -> Mapping[str, int]:
        """Return the gold texts that no article has, and the questions that lost all of theirs."""
        rows = [one.row for one in self.outcomes]
        emptied = sum(bool(row.furniture) and not row.gold for row in rows)
        return {"gold texts": sum(row.furniture for row in rows), "questions": emptied}

    def to_json(self) -> dict[str, Any]:
        """Return everything, with one entry for each question."""
        reliability = self.reliability()
        return {
            "version": FORMAT_VERSION,
            "questions": len(self.outcomes),
            "left_out": dict(self.left_out()),
            "answers": _table_json(self.answers()),
            "quotes_shown": round(self.quotes_shown(), 3),
            "routing": _rates_json(self.routing()),
            "foreign": _rates_json(self.foreign()),
            "guard": _table_json(self.guard()),
            "confusion": {truth: dict(kinds) for truth, kinds in self.confusion().items()},
            "reliability": reliability.to_json() if reliability else None,
            "guard_misses": _ids(self.guard_misses()),
            "failures": _ids(self.failures()),
            "outcomes": [outcome.to_json() for outcome in self.outcomes],
        }


def evaluate_replies(
    rows: Sequence[Row],
    replies: Sequence[Reply],
    judged: Sequence[Judged | None] | None = None,
) -> Evaluation:
    """Return the evaluation of replies that were made already, one for each row, in order.

    Without `judged` the reliability of the probabilities cannot be told. Raises ValueError if the
    lengths differ.
    """
    thought = judged if judged is not None else [None] * len(rows)
    together = zip(rows, replies, thought, strict=True)
    return Evaluation(tuple(outcome_of(row, reply, one) for row, reply, one in together))


def _by(
    measures: Sequence[Measure],
    outcomes: Iterable[Outcome],
    name: str,
    key: Callable[[Outcome], str],
) -> Table:
    return {
        f"{name}: {group}": rates
        for group, members in grouped(outcomes, key).items()
        if (rates := rates_of(measures, members))
    }


def _rates_json(rates: Rates) -> dict[str, Any]:
    return {name: rate.to_json() for name, rate in rates.items()}


def _table_json(table: Table) -> dict[str, Any]:
    return {group: _rates_json(rates) for group, rates in table.items()}


def _ids(groups: Mapping[str, Sequence[Outcome]]) -> dict[str, list[str]]:
    return {name: [one.row.id for one in members] for name, members in groups.items()}
