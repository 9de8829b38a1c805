"""A local count of what readers found helpful: numbers by kind of reply, and not one word."""

from __future__ import annotations

import json
import os
import tempfile
from enum import StrEnum
from pathlib import Path
from threading import Lock
from typing import Any

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from chatbot.reply import ReplyKind
from corpus import ConfigError

FORMAT_VERSION = 1

ASKED = frozenset({ReplyKind.QUOTES, ReplyKind.NOT_IN_ARTICLE, ReplyKind.PERSONAL_ADVICE})
"""The kinds of reply under which readers are asked; never someone in danger."""


class Verdict(StrEnum):
    """What a reader may say of a reply; a `why_` comes after `not_helpful`, if at all."""

    HELPFUL = "helpful"
    NOT_HELPFUL = "not_helpful"
    WHY_WRONG = "why_wrong"
    WHY_UNCLEAR = "why_unclear"
    WHY_MISSING = "why_missing"


REASONS = tuple(verdict for verdict in Verdict if verdict.startswith("why_"))
"""The reasons to choose from."""


class _File(BaseModel):
    """The file as it is stored."""

    model_config = ConfigDict(extra="forbid")

    version: int = Field(default=FORMAT_VERSION, ge=FORMAT_VERSION, le=FORMAT_VERSION)
    counts: dict[ReplyKind, dict[Verdict, int]] = {}


class FeedbackCounter:
    """Counts in one JSON file, which is whole at any moment and may be deleted to begin anew.

    One server alone may write to a file.
    """

    def __init__(self, file: Path) -> None:
        """Begin with what the file holds; raises ConfigError if it cannot be read or written."""
        self._file = file
        self._lock = Lock()
        try:
            self._write(self._read())
        except (OSError, ValidationError) as error:
            reason = error.strerror if isinstance(error, OSError) else "it holds something else"
            raise ConfigError(
                f"--feedback {file} cannot hold the counts: {reason}. Choose another file."
            ) from None

    def count(self, kind: ReplyKind, verdict: Verdict) -> None:
        """Add one; raises OSError or ValidationError if the file was taken away or altered."""
        with self._lock:
            stored = self._read()
            counts = stored.counts.setdefault(kind, {})
            counts[verdict] = counts.get(verdict, 0) + 1
            self._write(stored)

    def counts(self) -> dict[str, Any]:
        """Return the counts by kind of reply and by verdict."""
        with self._lock:
            return dict(self._read().model_dump(mode="json")["counts"])

    def _read(self) -> _File:
        try:
            return _File.model_validate_json(self._file.read_bytes())
        except FileNotFoundError:
            return _File()

    def _write(self, stored: _File) -> None:
        """Replace the file at once: a power cut leaves the old counts or the new ones."""
        text = json.dumps(stored.model_dump(mode="json"), indent=2, sort_keys=True) + "\n"
        handle, made = tempfile.mkstemp(dir=self._file.parent, prefix=f".{self._file.name}.")
        try:
            with os.fdopen(handle, "w", encoding="utf-8") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            Path(made).replace(self._file)
        finally:
            Path(made).unlink(missing_ok=True)
