"""The settings of the index, read from `settings.toml` beside this file."""

from __future__ import annotations

import os
import tomllib
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from corpus import ConfigError

SETTINGS = Path(__file__).with_name("settings.toml")
ROOT = Path(__file__).resolve().parents[1]


class Precision(StrEnum):
    """The numbers that an exported encoder computes with."""

    FLOAT32 = "float32"
    INT8 = "int8"


@dataclass(frozen=True, slots=True)
class Settings:
    """What an index is built with.

    `model` is a package, folder or name; `sha256` the hash its weights must have, or empty;
    `max_pieces` counts word pieces; `k1` and `b` are the parameters of BM25; `dense` is the share
    of dense scores in fused ones, and `length` what these gain when a passage is e times as long;
    `precision` is that of the exported encoders.
    """

    model: str
    sha256: str
    max_pieces: int
    k1: float
    b: float
    dense: float
    length: float
    precision: Precision

    @classmethod
    def load(cls, file: Path = SETTINGS) -> Settings:
        """Read a settings file; raises ConfigError that names what is missing or unreadable."""
        try:
            data = tomllib.loads(file.read_text("utf-8"))
            encoder, lexical, fusion = data["encoder"], data["lexical"], data["fusion"]
            return cls(
                model=str(encoder["model"]),
                sha256=str(encoder["sha256"]),
                max_pieces=int(encoder["max_pieces"]),
                k1=float(lexical["k1"]),
                b=float(lexical["b"]),
                dense=float(fusion["dense"]),
                length=float(fusion["length"]),
                precision=Precision(data["serving"]["precision"]),
            )
        except KeyError as error:
            raise ConfigError(f"{file}: the setting {error} is missing; add it.") from error
        except (OSError, ValueError) as error:
            raise ConfigError(f"{file}: cannot be read as settings: {error}.") from error


def index_folder() -> Path:
    """Return where the index is kept: `$ASK_INDEX`, or `.index` beside the packages."""
    return Path(os.environ.get("ASK_INDEX") or ROOT / ".index")
