"""Cost against the size of a library, as a picture."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.growth.kinds import SHIPPED
from benchmarks.growth.measuring import Cost
from benchmarks.pictures import save_picture

COLORS = ("#1f5a7a", "#a23b2a", "#3d7a3a", "#8a6d1f", "#222222")

PANELS: tuple[tuple[str, Callable[[Cost], float]], ...] = (
    ("95th percentile of a search, milliseconds", lambda one: one.high),
    ("building, seconds", lambda one: one.seconds),
    ("memory while searching, megabytes", lambda one: one.memory),
)


def draw_growth(costs: Sequence[Cost], file: Path) -> None:
    """Draw what each structure costs by size as SVG; raises ConfigError if that fails."""
    figure = Figure(figsize=(13, 4.3), layout="constrained")
    for axes, (title, value) in zip(figure.subplots(1, len(PANELS)), PANELS, strict=True):
        _draw(axes, title, value, costs)
    save_picture(figure, file)


def _draw(axes: Axes, title: str, value: Callable[[Cost], float], costs: Sequence[Cost]) -> None:
    for color, kind in zip(COLORS, dict.fromkeys(one.kind for one in costs), strict=False):
        own = sorted((one for one in costs if one.kind == kind), key=lambda one: one.size)
        style = "--" if kind == SHIPPED else "-"
        sizes, values = [one.size for one in own], [value(one) for one in own]
        axes.plot(sizes, values, style, color=color, marker="o", markersize=3, label=kind)
    axes.set(title=title, xlabel="passages", xscale="log", yscale="log")
    axes.title.set_fontsize(10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=8)
