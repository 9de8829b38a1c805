"""Learning to search: sentences of one article as classes, like questions drawn together."""

from __future__ import annotations

import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from pathlib import Path

import torch
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from corpus import Article
from training.data import Asked
from training.settings import QuestionTuning

LESSER = 0.7
"""Weight of an acceptable answer beside the best one's 1, before they are made to sum to 1."""

NOISY = 0.4
"""Share of questions that are shown with typing noise."""


class QuestionTask:
    """The sentence head of one article and the losses of bank questions.

    The head starts from the sentences' own unit vectors, shape (sentences, dimensions), and gives
    each question a share for each sentence and one for "no sentence answers this".
    """

    def __init__(self, questions: Sequence[Asked], start: Tensor, tuning: QuestionTuning) -> None:
        """Take the questions and the vectors that the head starts from."""
        self.questions = questions
        self.weight = nn.Parameter(torch.cat([start, torch.zeros(1, start.shape[1])]))
        self.bias = nn.Parameter(torch.zeros(len(self.weight)))
        self._tuning = tuning
        self._targets = _targets(questions, len(self.weight))

    def parameters(self) -> list[nn.Parameter]:
        """Return the parameters of the head."""
        return [self.weight, self.bias]

    def loss(self, vectors: Tensor, rows: Sequence[int]) -> Tensor:
        """Return the loss of some questions, given their unit vectors in the order of `rows`."""
        wanted = self._targets[list(rows)]
        logits = self._tuning.temperature * vectors @ self.weight.T + self.bias
        classified = -(wanted * functional.log_softmax(logits, dim=-1)).sum(1).mean()
        drawn = _contrast(vectors, wanted, self._tuning.temperature)
        return classified + self._tuning.contrast * drawn

    def batches(self, rng: random.Random) -> Iterator[list[int]]:
        """Yield batches for ever, in which questions with one answer come in pairs."""
        size = self._tuning.batch
        while True:
            flat = [row for pair in self._pairs(rng) for row in pair]
            yield from (flat[at : at + size] for at in range(0, len(flat) - size + 1, size))

    def save(self, file: Path, article: Article) -> None:
        """Write the head, which names the version of the text that it is for."""
        weight = (self._tuning.temperature * self.weight).detach()
        tensors = {"weight": weight, "bias": self.bias.detach()}
        save_file(tensors, file, metadata={"article": article.sha256})

    def _pairs(self, rng: random.Random) -> list[list[int]]:
        groups: dict[int, list[int]] = defaultdict(list)
        for row, question in enumerate(self.questions):
            groups[question.answers[0] if question.answers else -rng.randrange(1, 60)].append(row)
        pairs: list[list[int]] = []
        for rows in groups.values():
            rng.shuffle(rows)
            pairs += [rows[place : place + 2] for place in range(0, len(rows), 2)]
        rng.shuffle(pairs)
        return pairs


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
