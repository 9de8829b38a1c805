"""The risk-coverage curves as a picture."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import numpy as np
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from benchmarks.pictures import save_picture
from benchmarks.public.abstention import Judged, Kind

STEPS = 200
"""Points of a curve."""

COLORS = ("#1f5a7a", "#a23b2a", "#3d7a3a", "#8a6d1f", "#5c4a8a")
TITLES = {
    Kind.IMPOSSIBLE: "beside questions that the article cannot answer",
    Kind.ELSEWHERE: "beside questions asked of a wrong article",
}


def draw_risk_coverage(found: Mapping[str, Judged], file: Path) -> None:
    """Draw each set's risk against its coverage as SVG; raises ConfigError if that fails."""
    figure = Figure(figsize=(10, 4.5), layout="constrained")
    for axes, (kind, title) in zip(figure.subplots(1, 2, sharey=True), TITLES.items(), strict=True):
        _draw(axes, kind, title, found)
    save_picture(figure, file)


def _draw(axes: Axes, kind: Kind, title: str, found: Mapping[str, Judged]) -> None:
    for color, (name, one) in zip(COLORS, found.items(), strict=True):
        if one.count(kind):
            coverage, risk = one.curve(kind)
            # The first questions are too few for a share.
            steps = np.linspace(max(0.01, 20 / len(coverage)), 1.0, STEPS)
            rows = coverage.searchsorted(steps).clip(max=len(coverage) - 1)
            axes.plot(coverage[rows], risk[rows], color=color, label=name, linewidth=1.4)
    axes.set(title=title, xlabel="share of questions shown a quote", xlim=(0, 1), ylim=(0, 1))
    axes.set_ylabel("share of these that are wrong")
    axes.title.set_fontsize(10)
    axes.spines[["top", "right"]].set_visible(False)
    axes.legend(frameon=False, fontsize=9)
