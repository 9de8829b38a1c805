"""The report on the public sets: its tables in a frame of words, and a picture."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from benchmarks.public.abstention import Judged, judged_sets
from benchmarks.public.plots import draw_risk_coverage
from benchmarks.public.ranking import Fusion, Ranking, ranking, rankings
from benchmarks.public.scores import Scored
from benchmarks.public.sets import SQUAD
from benchmarks.public.tables import (
    abstention_table,
    auroc_table,
    better,
    gain_table,
    ranking_table,
    risk_table,
)
from benchmarks.writing import write_report

FRAME = Path(__file__).with_name("report.md")
REPORT = "PUBLIC.md"
PLOT = Path("plots") / "public-risk-coverage.svg"


@dataclass(frozen=True, slots=True)
class Report:
    """What was measured: `shipped` are the settings' numbers, `fitted` those all sets fit.

    `sentences` is SQuAD with sentences as units, with the numbers that the other sets fitted.
    """

    rankings: Mapping[str, Ranking]
    sentences: Ranking
    judged: Mapping[str, Judged]
    shipped: Fusion
    fitted: Fusion

    @property
    def parts(self) -> dict[str, str]:
        """The tables and sentences that fill the frame, by name."""
        losing = [name for name, one in self.rankings.items() if not better(one)]
        return {
            "ranking": ranking_table(self.rankings),
            "gain": gain_table(self.rankings),
            "sentences": ranking_table({SQUAD: self.sentences}),
            "auroc": auroc_table(self.judged),
            "abstention": abstention_table(self.judged),
            "risk": risk_table(self.judged),
            "verdict": _verdict(losing),
            "shipped": _numbers(self.shipped),
            "fitted": _numbers(self.fitted),
        }

    @property
    def tables(self) -> str:
        """The tables alone."""
        names = ("ranking", "gain", "sentences", "auroc", "abstention", "risk")
        return "\n\n".join([*(self.parts[name] for name in names), self.parts["verdict"]])


def measured(
    sets: Mapping[str, Sequence[Scored]], sentences: Sequence[Scored], shipped: Fusion
) -> Report:
    """Return everything that is reported on the scored sets, by name, and on SQuAD's sentences."""
    ranked, fitted = rankings(sets, shipped)
    answerable = [one for one in sentences if one.right]
    judged = judged_sets(sets, {name: one.fitted for name, one in ranked.items()})
    return Report(
        ranked,
        ranking(answerable, ranked[SQUAD].fitted, shipped),
        judged,
        shipped,
        fitted,
    )


def written(report: Report, folder: Path) -> tuple[Path, Path]:
    """Write the report and its picture into a folder; raises ConfigError if that fails."""
    file, plot = folder / REPORT, folder / PLOT
    draw_risk_coverage(report.judged, plot)
    write_report(FRAME, {**report.parts, "plot": PLOT.as_posix()}, file)
    return file, plot


def _verdict(losing: Sequence[str]) -> str:
    if not losing:
        return "The fusion is better than MiniLM and than BM25 on every set, at both cut-offs."
    return f"The fusion is not better than both MiniLM and BM25 on: {', '.join(losing)}."


def _numbers(fusion: Fusion) -> str:
    return f"dense share {fusion.dense:.2f}, length {fusion.length:.2f}"
