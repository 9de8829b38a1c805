"""Plots of an evaluation, each as PNG and SVG; they need matplotlib."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
from matplotlib.axes import Axes
from matplotlib.figure import Figure

from chatbot.evaluation.evaluation import Evaluation
from chatbot.evaluation.reliability import Reliability
from chatbot.reply import ReplyKind
from corpus import ConfigError

INK = "#1f5a7a"
RISK = "#a23b2a"
GREY = "#8a8a8a"


def draw(evaluation: Evaluation, folder: Path) -> list[Path]:
    """Draw `reliability`, `risk_coverage` and `confusion` into a folder; return the files.

    Without judged probabilities only `confusion` is drawn. Raises ConfigError if a file cannot be
    written.
    """
    figures = {"confusion": _confusion(evaluation)}
    found = evaluation.reliability()
    if found is not None:
        figures |= {"reliability": _reliability(found), "risk_coverage": _risk_coverage(found)}
    return [file for name, figure in figures.items() for file in _save(figure, folder / name)]


def _save(figure: Figure, stem: Path) -> list[Path]:
    # A fixed salt and no date: the same numbers give the same file.
    files = [stem.with_suffix(".png"), stem.with_suffix(".svg")]
    try:
        with mpl.rc_context({"svg.hashsalt": stem.name}):
            figure.savefig(files[0], dpi=150)
            figure.savefig(files[1], metadata={"Date": None})
    except OSError as error:
        raise ConfigError(f"{error.filename}: cannot be written: {error.strerror}.") from None
    return files


def _axes(title: str, x: str, y: str, size: tuple[float, float]) -> tuple[Figure, Axes]:
    figure = Figure(figsize=size, layout="constrained")
    axes = figure.subplots()
    axes.set(title=title, xlabel=x, ylabel=y)
    axes.spines[["top", "right"]].set_visible(False)
    return figure, axes


def _reliability(found: Reliability) -> Figure:
    figure, axes = _axes(
        f"Reliability, {found.n} questions", "judged probability", "share right", (5, 5)
    )
    axes.plot([0, 1], [0, 1], color=GREY, linewidth=1, linestyle="--")
    axes.plot([b.judged for b in found.bins], [b.right for b in found.bins], "o-", color=INK)
    for one in found.bins:
        axes.annotate(
            str(one.n), (one.judged, one.right), (4, -12), textcoords="offset points", fontsize=8
        )
    axes.set(xlim=(0, 1), ylim=(0, 1))
    return figure


def _risk_coverage(found: Reliability) -> Figure:
    figure, axes = _axes(
        "Risk and coverage", "share of questions shown quotes", "share of these wrong", (6, 4)
    )
    coverage, risk = zip(*found.curve, strict=True)
    axes.plot(coverage, risk, color=RISK)
    axes.axvline(found.shown, color=GREY, linewidth=1, linestyle="--", label="threshold used")
    axes.set(xlim=(0, 1), ylim=(0, None))
    axes.legend(frameon=False)
    return figure


def _confusion(evaluation: Evaluation) -> Figure:
    table = evaluation.confusion()
    kinds = [kind.value for kind in ReplyKind]
    counts = [[table[truth].get(kind, 0) for kind in kinds] for truth in table]
    shares = [[count / sum(row) for count in row] for row in counts]
    figure, axes = _axes("What each kind of message got", "reply", "message", (9, 6))
    axes.imshow(shares, cmap="Blues", vmin=0, vmax=1, aspect="auto")
    axes.set_xticks(range(len(kinds)), kinds, rotation=40, ha="right")
    axes.set_yticks(range(len(table)), list(table))
    for y, row in enumerate(counts):
        for x, count in enumerate(row):
            if count:
                color = "white" if shares[y][x] > 0.5 else "black"
                axes.text(x, y, str(count), ha="center", va="center", fontsize=8, color=color)
    return figure
