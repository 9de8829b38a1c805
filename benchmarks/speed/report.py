"""The report on speed: its tables in a frame of words, and a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.speed.cold import Cold
from benchmarks.speed.comparing import Compared
from benchmarks.speed.systems import NEAREST, OUTSIDE, TOGETHER, WHOLE
from benchmarks.speed.times import Times
from benchmarks.writing import write_report

FRAME = Path(__file__).with_name("report.md")
REPORT = "BENCH.md"
PLOT = Path("plots") / "cost-by-stage.svg"
REST = "the rest"


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured on a `machine`; `absent` systems were not installed."""

    machine: str
    questions: int
    passages: int
    runs: int
    compared: Sequence[Compared]
    absent: Sequence[str]
    stages: Mapping[str, Times]
    cold: Sequence[Cold]

    @property
    def parts(self) -> dict[str, str]:
        """The tables and sentences that fill the frame, by name."""
        return {
            "machine": self.machine,
            "questions": str(self.questions),
            "passages": str(self.passages),
            "nearest": str(NEAREST),
            "runs": str(self.runs),
            "compared": _compared(self.compared),
            "absent": _absent(self.absent),
            "stages": _stages(self.stages),
            "cold": _cold(self.cold),
            "colds": str(self.runs),
        }

    @property
    def tables(self) -> str:
        """The tables alone, after the machine."""
        names = ("machine", "compared", "absent", "stages", "cold")
        return "\n\n".join(part for name in names if (part := self.parts[name]))


def written(report: Report, folder: Path) -> tuple[Path, Path]:
    """Write the report and its picture into a folder; raises ConfigError if that fails."""
    # Imported here, so that nothing of it is loaded while others are measured.
    from benchmarks.speed.plots import draw_stages

    file, plot = folder / REPORT, folder / PLOT
    drawn = {n: t for n, t in report.stages.items() if n not in (WHOLE, TOGETHER)}
    draw_stages(drawn, plot)
    write_report(FRAME, {**report.parts, "plot": PLOT.as_posix()}, file)
    return file, plot


def _compared(found: Sequence[Compared]) -> str:
    head = (
        "| | p50 ms | p95 ms | p50 to the whole reply's | first answer s | memory MB |\n"
        "|---|---:|---:|---:|---:|---:|"
    )
    first = found[0].times.middle
    rows = [
        f"| {one.name} | {one.times.middle:.1f} | {one.times.high:.1f} "
        f"| {one.times.middle / first:.2f} | {one.first:.1f} | {one.peak:.0f} |"
        for one in found
    ]
    return "\n".join([head, *rows])


def _absent(names: Sequence[str]) -> str:
    if not names:
        return ""
    return f"NOT MEASURED, as not installed (`pip install '.[bench]'`): {', '.join(names)}."


def _stages(stages: Mapping[str, Times]) -> str:
    whole = stages[WHOLE].mean
    rows = [
        f"| {name} | {one.middle:.2f} | {one.high:.2f} | {_share(name, one.mean / whole)} |"
        for name, one in stages.items()
    ]
    counted = [one.mean for name, one in stages.items() if name not in OUTSIDE]
    rest = f"| {REST} | | | {_share(REST, 1 - sum(counted) / whole)} |"
    return "\n".join(["| stage | p50 ms | p95 ms | share |\n|---|---:|---:|---:|", *rows, rest])


def _share(name: str, share: float) -> str:
    return "" if name in OUTSIDE - {WHOLE} else f"{share:.0%}".replace("%", " %")


def _cold(found: Sequence[Cold]) -> str:
    rows = [f"| {one.name} | {one.seconds:.2f} | {one.peak:.0f} |" for one in found]
    return "\n".join(["| | seconds | memory MB |\n|---|---:|---:|", *rows])
