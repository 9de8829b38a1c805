"""A linear projection of the packaged encoder's vectors, learned in place of an adapter.

The packaged weights stay as they are, so every vector is computed once and training takes seconds.
"""

from __future__ import annotations

import hashlib
import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from chatbot.answer.sentence_head import SentenceHead
from corpus import Article
from index import Encoder, Vectors
from training.data import Asked
from training.loop import Schedule, run
from training.noise import mistyped
from training.parallel import Worker
from training.questions import NOISY, QuestionTask
from training.settings import EncoderTuning, QuestionTuning

TUNING = EncoderTuning(
    rank=0, first_layer=0, epochs=3.0, learning_rate=2e-3, head_learning_rate=4e-3
)
"""Rates and epochs of the matrix in the adapter's place; it has neither rank nor layers."""


@dataclass(frozen=True, slots=True)
class ProjectedEncoder:
    """An encoder whose vectors are multiplied by a matrix, shape (dimensions, dimensions)."""

    base: Encoder
    matrix: Vectors

    @property
    def fingerprint(self) -> str:
        """The base's fingerprint, and the SHA-256 of the matrix after a plus."""
        return f"{self.base.fingerprint}+{hashlib.sha256(self.matrix.tobytes()).hexdigest()}"

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        """Return unit vectors, shape (len(texts), dimensions)."""
        projected = self.base.encode(texts, progress) @ self.matrix.T
        return np.asarray(projected / np.linalg.norm(projected, axis=1, keepdims=True))


def train_projection(
    base: Encoder, article: Article, questions: Sequence[Asked], tuning: QuestionTuning, seed: int
) -> tuple[ProjectedEncoder, SentenceHead]:
    """Return the projection and the sentence head of some bank questions.

    The losses, the batches and the share of misspelt questions are those of the adapter; each
    question has one misspelling, made beforehand.
    """
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    typed = torch.from_numpy(base.encode([question.text for question in questions]))
    slipped = torch.from_numpy(base.encode([mistyped(one.text, rng) for one in questions]))
    texts = [article.read(sentence.span) for sentence in article.sentences]
    task = QuestionTask(questions, torch.from_numpy(base.encode(texts)), tuning)
    matrix = nn.Parameter(torch.eye(typed.shape[1]))
    batches = task.batches(rng)

    def loss() -> Tensor:
        rows = next(batches)
        noisy = torch.tensor([[rng.random() < NOISY] for _ in rows])
        vectors = torch.where(noisy, slipped[rows], typed[rows])
        return task.loss(functional.normalize(vectors @ matrix.T, dim=-1), rows)

    steps = int(TUNING.epochs * len(questions) / tuning.batch)
    run(Schedule(TUNING, steps, task.parameters(), [matrix]), loss, Worker(0, 1))
    weight = (tuning.temperature * task.weight).detach().numpy()
    head = SentenceHead(weight, task.bias.detach().numpy())
    return ProjectedEncoder(base, matrix.detach().numpy()), head
