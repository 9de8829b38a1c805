"""Writing a picture, by what needs matplotlib; apart, so that it is not loaded while measuring."""

from __future__ import annotations

from pathlib import Path

import matplotlib as mpl
from matplotlib.figure import Figure

from corpus import ConfigError


def save_picture(figure: Figure, file: Path) -> None:
    """Write a figure, the same for the same numbers; raises ConfigError if that fails."""
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        # A fixed salt and no date: the same numbers give the same file.
        with mpl.rc_context({"svg.hashsalt": file.stem}):
            figure.savefig(file, metadata={"Date": None})
    except OSError as error:
        raise ConfigError(f"{file}: cannot be written: {error.strerror}.") from error
