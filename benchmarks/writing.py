"""Writing what was measured: tables in a frame of words."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from string import Template

from corpus import ConfigError


def write_report(frame: Path, parts: Mapping[str, str], file: Path) -> None:
    """Fill a frame of words with what was measured; raises ConfigError if it cannot be written."""
    text = Template(frame.read_text("utf-8")).substitute(parts)
    try:
        file.write_text("\n".join(line.rstrip() for line in text.rstrip().split("\n")) + "\n")
    except OSError as error:
        raise ConfigError(f"{file}: cannot be written: {error.strerror}.") from error
