"""Training the question encoder: sentences of one article as classes, like questions together."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from corpus import Article
from index import SentenceEncoder
from training.adapter import Adapted
from training.data import Asked
from training.loop import Schedule, run
from training.noise import mistyped
from training.settings import Tuning

LESSER = 0.7
"""Weight of an acceptable answer beside the best one's 1, before they are made to sum to 1."""

NOISY = 0.4
"""Share of questions that are shown with typing noise."""


@dataclass(frozen=True, slots=True)
class QuestionModel:
    """A tuned encoder and the sentence head on top of it.

    `weight` has shape (sentences + 1, dimensions) and multiplies unit vectors.
    """

    encoder: Adapted
    weight: Tensor
    bias: Tensor

    def save(self, encoder: Path, head: Path, article: Article) -> None:
        """Write the adapter and the head; the head names the version of the text it is for."""
        self.encoder.save(encoder, {})
        tensors = {"weight": self.weight, "bias": self.bias}
        save_file(tensors, head, metadata={"article": article.sha256})


def train_questions(
    base: SentenceEncoder,
    article: Article,
    questions: Sequence[Asked],
    tuning: Tuning,
    seed: int,
) -> QuestionModel:
    """Return the model of some bank questions; the same input gives the same model."""
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    texts = [article.read(sentence.span) for sentence in article.sentences]
    start = torch.from_numpy(base.encode(texts))
    encoder = Adapted(base, tuning.rank)
    weight = nn.Parameter(torch.cat([start, torch.zeros(1, start.shape[1])]))
    bias = nn.Parameter(torch.zeros(len(weight)))
    targets = _targets(questions, len(weight))
    schedule = Schedule(tuning, len(questions), [weight, bias], encoder.parameters())

    def loss(rows: list[int]) -> Tensor:
        shown = [_shown(questions[row].text, rng) for row in rows]
        return _loss(encoder(shown), weight, bias, targets[rows], tuning)

    encoder.network.train()
    run(schedule, _batches(questions, tuning.batch, rng), loss, "questions")
    encoder.network.eval()
    return QuestionModel(encoder, (tuning.temperature * weight).detach(), bias.detach())


def _loss(vectors: Tensor, weight: Tensor, bias: Tensor, wanted: Tensor, tuning: Tuning) -> Tensor:
    logits = tuning.temperature * vectors @ weight.T + bias
    classified = -(wanted * functional.log_softmax(logits, dim=-1)).sum(1).mean()
    return classified + tuning.contrast * _contrast(vectors, wanted, tuning.temperature)


def _contrast(vectors: Tensor, wanted: Tensor, temperature: float) -> Tensor:
    """Supervised contrastive loss (Khosla et al. 2020): questions with a common answer attract."""
    alike = (wanted[:, :-1] @ wanted[:, :-1].T > 0).float()
    alike.fill_diagonal_(0)
    itself = torch.eye(len(vectors)) * 1e9
    shares = functional.log_softmax(temperature * vectors @ vectors.T - itself, dim=-1)
    per_question = -(alike * shares).sum(1) / alike.sum(1).clamp(min=1)
    has_like = alike.sum(1) > 0
    return per_question[has_like].mean() if has_like.any() else vectors.sum() * 0


def _targets(questions: Sequence[Asked], classes: int) -> Tensor:
    """Return the share that each class should get, shape (questions, classes); rows sum to 1."""
    wanted = torch.zeros(len(questions), classes)
    for row, question in enumerate(questions):
        if not question.answers:
            wanted[row, -1] = 1.0
        for place, number in enumerate(question.answers):
            wanted[row, number - 1] = LESSER if place else 1.0
    return wanted / wanted.sum(1, keepdim=True)


def _shown(text: str, rng: random.Random) -> str:
    return mistyped(text, rng) if rng.random() < NOISY else text


def _batches(questions: Sequence[Asked], size: int, rng: random.Random) -> Iterator[list[int]]:
    """Yield batches for ever, in which questions with one answer come in pairs."""
    while True:
        groups: dict[int, list[int]] = defaultdict(list)
        for row, question in enumerate(questions):
            groups[question.answers[0] if question.answers else -rng.randrange(1, 60)].append(row)
        pairs: list[list[int]] = []
        for rows in groups.values():
            rng.shuffle(rows)
            pairs += [rows[place : place + 2] for place in range(0, len(rows), 2)]
        rng.shuffle(pairs)
        flat = [row for pair in pairs for row in pair]
        yield from (flat[at : at + size] for at in range(0, len(flat) - size + 1, size))
