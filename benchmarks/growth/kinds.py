"""The structures that are compared, read from `kinds.toml` beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path

KINDS = Path(__file__).with_name("kinds.toml")

FLAT = "flat"
SHIPPED = "as shipped"
"""What `index.dense` chooses by its settings."""


@dataclass(frozen=True, slots=True)
class Kind:
    """A structure by FAISS's factory, and settings of its search, the cheapest first.

    The one that is shipped has neither: the index chooses both.
    """

    name: str
    factory: str = ""
    searches: tuple[str, ...] = ("",)


def read_kinds() -> tuple[Kind, ...]:
    """Return the structures that are compared, and what is shipped as the last."""
    rows = tomllib.loads(KINDS.read_text("utf-8"))["kind"]
    kinds = [Kind(row["name"], row["factory"], tuple(row["searches"])) for row in rows]
    return (*kinds, Kind(SHIPPED))
