"""The errors that the product raises; `str(error)` is one sentence for a person."""

from __future__ import annotations

from pathlib import Path


class AskError(Exception):
    """The root of every error that the product raises on purpose."""


class CorpusError(AskError):
    """A fault in an article folder, written as `file:line: message`.

    `line` counts from 1 and is None where the fault belongs to no single line.
    """

    def __init__(self, message: str, file: Path, line: int | None = None) -> None:
        """Keep the parts beside the sentence they make."""
        place = f"{file}:{line}" if line is not None else f"{file}"
        super().__init__(f"{place}: {message}")
        self.message = message
        self.file = file
        self.line = line


class SpanError(AskError):
    """A span outside its text, or made from another version of the article."""


class IndexStaleError(AskError):
    """An index that is missing or was built from another corpus, model or version."""


class ModelError(AskError):
    """Model weights that are missing or have the wrong hash."""


class ConfigError(AskError):
    """A setting that is wrong: region, port, origin and the like."""
