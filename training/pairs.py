"""A pair model: does a sentence, read with what it leans on, answer a question?

A cross-encoder: the packaged encoder with an adapter reads "question [SEP] quote" at once, and a
linear head on the mean vector says whether the quote answers.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import torch
from safetensors import SafetensorError
from safetensors.numpy import load_file
from safetensors.torch import save_file
from torch import Tensor, nn
from torch.nn import functional

from chatbot.answer.growth import grow
from chatbot.answer.sentence_head import SentenceHead
from corpus import Article, ModelError
from index import Encoder, SentenceEncoder, Settings, Vectors
from training.adapter import Adapted
from training.data import Asked
from training.loop import Schedule, run
from training.noise import mistyped
from training.parallel import Worker
from training.questions import NOISY
from training.settings import EncoderTuning

DOZEN = 12
"""Candidates that the pair model reads for one question."""

WRONG = 2
"""Wrong sentences learned from beside each right one; of a question without answers, one."""

BATCH = 6
"""Questions in a batch, each with its right and wrong sentences."""

TEMPERATURE = 12.0
"""What multiplies unit vectors before the head."""

TUNING = EncoderTuning(
    rank=16, first_layer=0, epochs=0.6, learning_rate=1e-3, head_learning_rate=4e-3
)
"""An epoch is one pass over the questions."""

ENCODER, HEAD = "pair.safetensors", "pair-head.safetensors"


@dataclass(frozen=True, slots=True)
class Pair:
    """A question beside a sentence by its number, and whether that sentence answers it."""

    question: str
    sentence: int
    answers: bool


@dataclass(frozen=True, slots=True)
class PairModel:
    """A tuned encoder and its head; `weight` has shape (1, dimensions), `bias` (1,)."""

    encoder: Adapted
    weight: Tensor
    bias: Tensor

    def save(self, folder: Path) -> None:
        """Write adapter and head into a folder."""
        self.encoder.save(folder / ENCODER)
        save_file({"weight": self.weight, "bias": self.bias}, folder / HEAD)


@dataclass(frozen=True, slots=True)
class PairJudge:
    """Reads a question together with sentences of one article."""

    article: Article
    encoder: Encoder
    weight: Vectors
    bias: Vectors

    @classmethod
    def load(cls, folder: Path, article: Article, settings: Settings) -> PairJudge:
        """Read a pair model that `PairModel.save` wrote; raises ModelError if there is none."""
        file = folder / HEAD
        try:
            tensors = load_file(file)
            weight, bias = tensors["weight"], tensors["bias"]
        except (OSError, KeyError, SafetensorError) as error:
            raise ModelError(f"{file} holds no pair model; delete it and train again.") from error
        encoder = SentenceEncoder(settings, folder / ENCODER)
        return cls(article, encoder, weight.astype(np.float32), bias.astype(np.float32))

    def probabilities(self, question: str, sentences: Sequence[int]) -> Vectors:
        """Return the probability that each sentence answers, shape (len(sentences),)."""
        texts = [pair_text(self.article, question, number) for number in sentences]
        logits = self.encoder.encode(texts) @ self.weight[0] + self.bias[0]
        return np.asarray(1.0 / (1.0 + np.exp(-logits)), dtype=np.float32)


def pair_text(article: Article, question: str, sentence: int) -> str:
    """Return what the model reads: the question and the sentence as it would be quoted."""
    quote = article.read(grow(article, article.sentence(sentence)).span)
    return f"{question} [SEP] {quote}"


def best_dozen(scores: Vectors) -> list[int]:
    """Return the numbers of the sentences that score best, best first, at most `DOZEN`."""
    return [int(row) + 1 for row in np.argsort(-scores, kind="stable")[:DOZEN]]


def pairs_of(
    questions: Sequence[Asked], encoder: Encoder, head: SentenceHead, seed: int
) -> list[Pair]:
    """Return pairs to learn from: gold sentences, and the wrong ones that come near the top.

    A tuned encoder with its sentence head ranks the wrong ones: the best of them is always
    taken, the others are drawn from the best dozen.
    """
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    vectors = encoder.encode([question.text for question in questions])
    found: list[Pair] = []
    for question, vector in zip(questions, vectors, strict=True):
        near = best_dozen(head.probabilities(vector)[:-1])
        wrong = [number for number in near if number not in question.answers]
        taken = wrong[:1]
        if question.answers:
            taken += rng.sample(wrong[1:], min(WRONG - 1, len(wrong[1:])))
            found.append(Pair(question.text, rng.choice(question.answers), answers=True))
        found += [Pair(question.text, number, answers=False) for number in taken]
    return found


def train_pairs(
    base: SentenceEncoder,
    article: Article,
    pairs: Sequence[Pair],
    tuning: EncoderTuning,
    seed: int,
) -> PairModel:
    """Return the pair model of some pairs; the same input gives the same model."""
    torch.manual_seed(seed)
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    asked = [list(group) for _, group in groupby(pairs, key=lambda pair: pair.question)]
    encoder = Adapted(base, tuning.rank, tuning.first_layer)
    head = nn.Linear(encoder([""]).shape[1], 1)
    batches = _batches(len(asked), BATCH, rng)

    def loss() -> Tensor:
        shown = [(group, pair) for group in next(batches) for pair in asked[group]]
        vectors = encoder([_shown(article, pair, rng) for _, pair in shown])
        logits = head(TEMPERATURE * vectors).squeeze(1)
        right = torch.tensor([pair.answers for _, pair in shown])
        return _loss(logits, right, torch.tensor([group for group, _ in shown]))

    steps = int(tuning.epochs * len(asked) / BATCH)
    encoder.network.train()
    run(Schedule(tuning, steps, list(head.parameters()), encoder.parameters()), loss, Worker(0, 1))
    encoder.network.eval()
    return PairModel(encoder, (TEMPERATURE * head.weight).detach(), head.bias.detach())


def _loss(logits: Tensor, right: Tensor, group: Tensor) -> Tensor:
    """Return the loss of each pair by itself, and of each right one among those of its group."""
    each = functional.binary_cross_entropy_with_logits(logits, right.float())
    beside = group[:, None] == group[None, :]
    whole = logits[None, :].masked_fill(~beside, -torch.inf).logsumexp(1)
    among = (whole - logits)[right].sum() / right.sum().clamp(min=1)
    return each + among


def _shown(article: Article, pair: Pair, rng: random.Random) -> str:
    question = mistyped(pair.question, rng) if rng.random() < NOISY else pair.question
    return pair_text(article, question, pair.sentence)


def _batches(count: int, size: int, rng: random.Random) -> Iterator[list[int]]:
    """Yield shuffled batches for ever."""
    while True:
        rows = list(range(count))
        rng.shuffle(rows)
        yield from (rows[at : at + size] for at in range(0, max(1, count - size + 1), size))
