"""The report on growing: its tables in a frame of words, and a picture."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.growth.adding import Added
from benchmarks.growth.grown import Neighbourhood
from benchmarks.growth.kinds import FLAT, SHIPPED
from benchmarks.growth.measuring import RECALL, Cost
from benchmarks.growth.plots import draw_growth
from benchmarks.machine import machine
from benchmarks.writing import write_report

FRAME = Path(__file__).with_name("report.md")
REPORT = "GROWTH.md"
PLOT = Path("plots") / "growth.svg"
LIBRARIES = ("faiss-cpu", "numpy", "onnxruntime")


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured.

    `source` names the texts and `real` counts the passages; `surroundings` are by the vectors'
    name; `questions` were asked.
    """

    source: str
    real: int
    questions: int
    costs: Sequence[Cost]
    surroundings: Mapping[str, Neighbourhood]
    added: Added

    @property
    def parts(self) -> dict[str, str]:
        """The tables and sentences that fill the frame, by name."""
        return {
            "machine": machine(LIBRARIES),
            "source": self.source,
            "real": f"{self.real:,}",
            "asked": f"{self.questions // 2:,}",
            "costs": _costs(self.costs),
            "surroundings": _surroundings(self.surroundings),
            "fastest": _fastest(self.costs),
            "before": f"{self.added.before:,}",
            "new": f"{self.added.new:,}",
            "seconds": f"{self.added.seconds:.1f}",
        }

    @property
    def tables(self) -> str:
        """The tables alone, after the machine."""
        names = ("machine", "costs", "fastest", "surroundings")
        return "\n\n".join(self.parts[name] for name in names)


def written(report: Report, folder: Path) -> tuple[Path, Path]:
    """Write the report and its picture into a folder; raises ConfigError if that fails."""
    file, plot = folder / REPORT, folder / PLOT
    draw_growth(report.costs, plot)
    write_report(FRAME, {**report.parts, "plot": PLOT.as_posix()}, file)
    return file, plot


def _costs(costs: Sequence[Cost]) -> str:
    head = (
        "| passages | structure | searched with | build s | disk MB | memory MB | mapped MB "
        "| p50 ms | p95 ms | recall@10 |\n|---:|---|---|---:|---:|---:|---:|---:|---:|---:|"
    )
    rows = [
        f"| {one.size:,} | {one.kind} | {one.search.replace(',', ', ') or '-'} "
        f"| {one.seconds:.1f} | {one.disk:,.1f} | {_megabytes(one.memory)} "
        f"| {_megabytes(one.mapped)} | {one.middle:.2f} | {one.high:.2f} | {one.recall:.3f} |"
        for one in sorted(costs, key=lambda one: one.size)
    ]
    return "\n".join([head, *rows])


def _fastest(costs: Sequence[Cost]) -> str:
    """Return which structure is fastest at each size, of those that find enough."""
    head = "| passages | fastest | its p95 ms | flat, p95 ms | as shipped, p95 ms |"
    rows = []
    for size in sorted({one.size for one in costs}):
        own = {one.kind: one for one in costs if one.size == size}
        enough = [one for one in own.values() if one.recall >= RECALL and one.kind != SHIPPED]
        best = min(enough, key=lambda one: one.high, default=None)
        found = f"{best.kind} | {best.high:.2f}" if best else "none | -"
        rows.append(f"| {size:,} | {found} | {_high(own, FLAT)} | {_high(own, SHIPPED)} |")
    return "\n".join([head, "|---:|---|---:|---:|---:|", *rows])


def _surroundings(found: Mapping[str, Neighbourhood]) -> str:
    head = (
        "| vectors | to the nearest | to the tenth | question to its tenth | local dimension |\n"
        "|---|---:|---:|---:|---:|"
    )
    rows = [
        f"| {name} | {one.first:.2f} | {one.tenth:.2f} | {one.asked:.2f} | {one.dimension:.1f} |"
        for name, one in found.items()
    ]
    return "\n".join([head, *rows])


def _high(costs: Mapping[str, Cost], kind: str) -> str:
    return f"{costs[kind].high:.2f}" if kind in costs else "-"


def _megabytes(found: float) -> str:
    return "-" if math.isnan(found) else f"{found:,.0f}"
