"""The settings of the training, read from `settings.toml` beside this file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import ConfigError

FILE = Path(__file__).with_name("settings.toml")


@dataclass(frozen=True, slots=True)
class EncoderTuning:
    """How the adapter is trained: its rank, the first layer it adapts, epochs and rates."""

    rank: int
    first_layer: int
    epochs: float
    learning_rate: float
    head_learning_rate: float


@dataclass(frozen=True, slots=True)
class QuestionTuning:
    """Questions in a batch, what multiplies unit vectors, and the contrastive loss's weight."""

    batch: int
    temperature: float
    contrast: float


@dataclass(frozen=True, slots=True)
class GuardTuning:
    """Messages in a batch, what multiplies unit vectors, and the weight of bank questions."""

    batch: int
    temperature: float
    fair: float


@dataclass(frozen=True, slots=True)
class NgramTuning:
    """Hash buckets of the two heads, how little they are held back, and when fitting ends."""

    guard_buckets: int
    sentence_buckets: int
    strength: float
    rounds: int
    tolerance: float


@dataclass(frozen=True, slots=True)
class Rates:
    """The rates on held-out authors that thresholds are fitted to; shares in [0, 1]."""

    false_abstention: float
    false_abstention_without_bank: float
    called_outside: float
    fair_sent_to_help: float
    fair_refused: float


@dataclass(frozen=True, slots=True)
class TrainingSettings:
    """All of it; `seed` fixes chance, `processes` share the work of each step."""

    seed: int
    processes: int
    encoder: EncoderTuning
    questions: QuestionTuning
    guard: GuardTuning
    ngrams: NgramTuning
    rates: Rates

    @classmethod
    def load(cls, file: Path = FILE) -> TrainingSettings:
        """Read the settings; raises ConfigError if the file cannot be used."""
        try:
            data: dict[str, Any] = tomllib.loads(file.read_text("utf-8"))
            return cls(
                int(data["seed"]),
                int(data["processes"]),
                EncoderTuning(**data["encoder"]),
                QuestionTuning(**data["questions"]),
                GuardTuning(**data["guard"]),
                NgramTuning(**data["ngrams"]),
                Rates(**data["rates"]),
            )
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ConfigError(f"{file}: cannot be used as settings: {error}.") from error
