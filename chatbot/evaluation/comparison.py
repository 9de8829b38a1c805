"""Comparing two evaluations question by question."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from scipy.stats import binomtest

from chatbot.evaluation.outcomes import Outcome
from corpus import ConfigError


@dataclass(frozen=True, slots=True)
class Change:
    """The ids of questions that were wrong and are right, and the other way round, out of `n`."""

    n: int
    fixed: tuple[str, ...]
    broken: tuple[str, ...]

    @property
    def p_value(self) -> float:
        """Return the chance of a change this uneven if both were as good (McNemar, exact)."""
        changed = len(self.fixed) + len(self.broken)
        return float(binomtest(len(self.fixed), changed).pvalue) if changed else 1.0

    def to_json(self) -> dict[str, Any]:
        """Return the ids and the p-value."""
        return {
            "n": self.n,
            "fixed": list(self.fixed),
            "broken": list(self.broken),
            "p_value": round(self.p_value, 6),
        }


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed: over all questions, and by what they are.

    `apart` counts the questions that only one evaluation has.
    """

    changes: Mapping[str, Change]
    apart: int

    def to_json(self) -> dict[str, Any]:
        """Return every change by its name."""
        changes = {name: change.to_json() for name, change in self.changes.items()}
        return {"changes": changes, "apart": self.apart}


def read_right(file: Path) -> dict[str, bool]:
    """Return whether each reply of a saved evaluation was right, by the question's id.

    Raises ConfigError if the file is not one that `evaluate --json` wrote.
    """
    try:
        saved = json.loads(file.read_text("utf-8"))["outcomes"]
        return {str(entry["id"]): bool(entry["right"]) for entry in saved}
    except (OSError, ValueError, KeyError, TypeError) as error:
        raise ConfigError(
            f"{file}: is not an evaluation saved by `evaluate --json`: {error!r}."
        ) from None


def compare(outcomes: Sequence[Outcome], before: Mapping[str, bool]) -> Comparison:
    """Return what changed since an evaluation in which the questions of `before` were right."""
    both = [outcome for outcome in outcomes if outcome.row.id in before]
    truths = sorted({outcome.row.truth.value for outcome in both})
    changes = {"all": _change(both, before)} | {
        truth: _change([one for one in both if one.row.truth.value == truth], before)
        for truth in truths
    }
    return Comparison(changes, len(outcomes) + len(before) - 2 * len(both))


def _change(outcomes: Sequence[Outcome], before: Mapping[str, bool]) -> Change:
    right = {outcome.row.id: outcome.failure is None for outcome in outcomes}
    return Change(
        len(right),
        tuple(id for id, now in right.items() if now and not before[id]),
        tuple(id for id, now in right.items() if before[id] and not now),
    )
