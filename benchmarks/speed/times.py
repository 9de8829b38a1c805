"""Timing calls one at a time."""

from __future__ import annotations

import statistics
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from typing import TypeVar

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True)
class Times:
    """Milliseconds of calls: median, 95th percentile and mean."""

    middle: float
    high: float
    mean: float

    @classmethod
    def of(cls, taken: Sequence[float]) -> Times:
        """Return the figures of at least two calls."""
        high = statistics.quantiles(taken, n=20, method="inclusive")[-1]
        return cls(statistics.median(taken), high, statistics.fmean(taken))

    @classmethod
    def middle_of(cls, runs: Sequence[Times]) -> Times:
        """Return the median of each figure over several runs."""
        return cls(
            statistics.median(one.middle for one in runs),
            statistics.median(one.high for one in runs),
            statistics.median(one.mean for one in runs),
        )


def timed(call: Callable[[Item], object], items: Iterable[Item]) -> list[float]:
    """Return the milliseconds of each call."""
    taken = []
    for item in items:
        start = time.perf_counter()
        call(item)
        taken.append(1000 * (time.perf_counter() - start))
    return taken
