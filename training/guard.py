"""Learning to guard: a linear head over the labels."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from chatbot.guard.level import Label
from training.data import Message
from training.settings import GuardTuning

SMOOTHING = 0.05
"""Label smoothing: a few per cent of the labels are wrong."""

NOISY = 0.2
"""Share of messages that are shown with typing noise."""

LABELS = tuple(Label)


class GuardTask:
    """The guard's head and the losses of labelled messages and of fair questions."""

    def __init__(self, messages: Sequence[Message], dimensions: int, tuning: GuardTuning) -> None:
        """Take the messages and the length of their vectors."""
        self.messages = messages
        self.head = nn.Linear(dimensions, len(LABELS))
        self._tuning = tuning
        self._wanted = torch.tensor([LABELS.index(message.label) for message in messages])

    def parameters(self) -> list[nn.Parameter]:
        """Return the parameters of the head."""
        return list(self.head.parameters())

    def loss(self, vectors: Tensor, rows: Sequence[int]) -> Tensor:
        """Return the loss of some messages, given their unit vectors in the order of `rows`."""
        return self._cross_entropy(vectors, self._wanted[list(rows)])

    def fair_loss(self, vectors: Tensor) -> Tensor:
        """Return the weighted loss of questions that ought to count as information."""
        if not len(vectors):
            return vectors.sum()
        wanted = torch.full((len(vectors),), LABELS.index(Label.INFORMATION))
        return self._tuning.fair * self._cross_entropy(vectors, wanted)

    def batches(self, rng: random.Random) -> Iterator[list[int]]:
        """Yield shuffled batches for ever, each of messages of like length."""
        size, texts = self._tuning.batch, [message.text for message in self.messages]
        while True:
            rows = list(range(len(texts)))
            rng.shuffle(rows)
            batches: list[list[int]] = []
            for start in range(0, len(rows), size * 8):
                part = sorted(rows[start : start + size * 8], key=lambda row: len(texts[row]))
                batches += [part[at : at + size] for at in range(0, len(part) - size + 1, size)]
            rng.shuffle(batches)
            yield from batches

    def save(self, file: Path) -> None:
        """Write the head; its weight has shape (labels, dimensions)."""
        weight = (self._tuning.temperature * self.head.weight).detach()
        save_file({"head.weight": weight, "head.bias": self.head.bias.detach()}, file)

    def _cross_entropy(self, vectors: Tensor, wanted: Tensor) -> Tensor:
        logits = self.head(self._tuning.temperature * vectors)
        return functional.cross_entropy(logits, wanted, label_smoothing=SMOOTHING)
