"""The settings of the training, read from `settings.toml` beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import ConfigError

FILE = Path(__file__).with_name("settings.toml")


@dataclass(frozen=True, slots=True)
class Tuning:
    """How one adapter and its head are trained.

    `rank` is the adapter's; `temperature` multiplies unit vectors before the head; `contrast`
    weighs the contrastive loss; `fair` counts bank questions added as fair ones.
    """

    rank: int
    epochs: float
    batch: int
    learning_rate: float
    head_learning_rate: float
    temperature: float
    contrast: float = 0.0
    fair: int = 0


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates on held-out authors that thresholds are fitted to; shares in [0, 1]."""

    false_abstention: float
    false_abstention_without_bank: float
    fair_sent_to_help: float
    fair_refused: float


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """All of it; `seed` fixes chance."""

    seed: int
    questions: Tuning
    guard: Tuning
    rates: Rates

    @classmethod
    def load(cls, file: Path = FILE) -> TrainingSettings:
        """Read the settings; raises ConfigError if the file cannot be used."""
        try:
            data: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
            return cls(
                int(data["seed"]),
                Tuning(**data["questions"]),
                Tuning(**data["guard"]),
                Rates(**data["rates"]),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ConfigError(f"{file}: cannot be used as settings: {error}.") from error
