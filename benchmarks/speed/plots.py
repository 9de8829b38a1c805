"""The picture of a reply's cost by stage."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from matplotlib.figure import Figure

from benchmarks.pictures import save_picture
from benchmarks.speed.times import Times

COLOR = "#2a6f97"


def draw_stages(stages: Mapping[str, Times], file: Path) -> None:
    """Draw median and 95th percentile of each stage as SVG; raises ConfigError if that fails."""
    figure = Figure(figsize=(8, 0.38 * len(stages) + 0.9), layout="constrained")
    axes = figure.subplots()
    names, times = list(stages), list(stages.values())
    axes.barh(names, [one.middle for one in times], color=COLOR, height=0.6)
    highs = [one.high for one in times]
    axes.plot(highs, names, "|", color="black", markersize=9, label="95th percentile")
    for place, one in enumerate(times):
        axes.annotate(
            f"{one.middle:.2f}",
            (max(one.middle, one.high), place),
            (6, 0),
            textcoords="offset points",
            va="center",
            fontsize=8,
        )
    axes.invert_yaxis()
    axes.margins(x=0.1)
    axes.set_xlabel("milliseconds, median of a question (bar and figure)")
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8, loc="lower right")
    save_picture(figure, file)
