"""Training the guard: an adapter and a linear head over the labels."""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional

from chatbot.guard.level import Label
from index import SentenceEncoder
from training.adapter import Adapted
from training.data import Asked, Message
from training.loop import Schedule, run
from training.settings import Tuning

SMOOTHING = 0.05
"""Label smoothing: a few per cent of the labels are wrong."""

LABELS = tuple(Label)


@dataclass(frozen=True, slots=True)
class GuardModel:
    """A tuned encoder and the head on top of it; `weight` has shape (labels, dimensions)."""

    encoder: Adapted
    weight: Tensor
    bias: Tensor

    def save(self, file: Path) -> None:
        """Write adapter and head into one file."""
        self.encoder.save(file, {"head.weight": self.weight, "head.bias": self.bias})


def train_guard(
    base: SentenceEncoder,
    messages: Sequence[Message],
    fair: Sequence[Asked],
    tuning: Tuning,
    seed: int,
) -> GuardModel:
    """Return the guard of some messages, with bank questions as fair questions among them."""
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    added = rng.sample(list(fair), min(tuning.fair, len(fair)))
    texts = [message.text for message in messages] + [question.text for question in added]
    labels = [message.label for message in messages] + [Label.INFORMATION] * len(added)
    wanted = torch.tensor([LABELS.index(label) for label in labels])
    encoder = Adapted(base, tuning.rank)
    head = nn.Linear(encoder([""]).shape[1], len(LABELS))
    schedule = Schedule(tuning, len(texts), list(head.parameters()), encoder.parameters())

    def loss(rows: list[int]) -> Tensor:
        vectors = encoder([texts[row] for row in rows])
        logits = head(tuning.temperature * vectors)
        return functional.cross_entropy(logits, wanted[rows], label_smoothing=SMOOTHING)

    encoder.network.train()
    run(schedule, _batches(texts, tuning.batch, rng), loss, "guard")
    encoder.network.eval()
    weight = (tuning.temperature * head.weight).detach()
    return GuardModel(encoder, weight, head.bias.detach())


def _batches(texts: Sequence[str], size: int, rng: random.Random) -> Iterator[list[int]]:
    """Yield shuffled batches for ever, each of texts of like length."""
    while True:
        rows = list(range(len(texts)))
        rng.shuffle(rows)
        batches: list[list[int]] = []
        for start in range(0, len(rows), size * 8):
            part = sorted(rows[start : start + size * 8], key=lambda row: len(texts[row]))
            batches += [part[at : at + size] for at in range(0, len(part) - size + 1, size)]
        rng.shuffle(batches)
        yield from batches
