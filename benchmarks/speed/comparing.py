"""Every system in a fresh process, one after the other, over and over."""

from __future__ import annotations

import json
import statistics
import sys
from collections.abc import Sequence
from dataclasses import asdict, dataclass

from benchmarks.processes import Ran, ran
from benchmarks.speed.systems import SYSTEMS, System, Task
from benchmarks.speed.times import Times


@dataclass(frozen=True, slots=True)
class Compared:
    """What one system costs: a call, its seconds to the first answer, its megabytes at most."""

    name: str
    times: Times
    first: float
    peak: float


def compared(task: Task, runs: int, rounds: int) -> list[Compared]:
    """Return what each installed system costs, in the order in which they are run.

    All run once before any runs again, so that a slower hour of the machine meets all alike. Of
    every figure it is the median over the runs.
    """
    systems = [system for system in SYSTEMS if system.installed]
    given = json.dumps(asdict(task))
    found: dict[str, list[Ran]] = {system.name: [] for system in systems}
    for run in range(runs):
        for system in systems:
            print(f"run {run + 1}: {system.name}", file=sys.stderr)  # noqa: T201 - progress
            found[system.name].append(_ran(system, rounds, given))
    return [_compared(name, one) for name, one in found.items()]


def absent() -> list[str]:
    """Return the names of the systems that are not installed."""
    return [system.name for system in SYSTEMS if not system.installed]


def _ran(system: System, rounds: int, given: str) -> Ran:
    return ran(["-m", "benchmarks.speed", system.name, str(rounds)], given)


def _compared(name: str, runs: Sequence[Ran]) -> Compared:
    times = Times.middle_of([Times.of(json.loads(one.lines[-1])) for one in runs])
    first = statistics.median(one.first for one in runs)
    return Compared(name, times, first, statistics.median(one.peak for one in runs))
