"""Training one encoder for both tasks: searching the article and guarding the chat.

One adapter serves both, so that a question is encoded once; the two heads are linear.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import torch
from torch import Tensor

from chatbot.learned import ENCODER, GUARD, head_name
from corpus import Article
from index import SentenceEncoder, Settings
from training.adapter import Adapted
from training.data import Asked, Message
from training.guard import NOISY as NOISY_MESSAGES
from training.guard import GuardTask
from training.loop import Schedule, run
from training.noise import mistyped
from training.parallel import Worker, in_parallel
from training.questions import NOISY as NOISY_QUESTIONS
from training.questions import QuestionTask
from training.settings import TrainingSettings


@dataclass(frozen=True, slots=True)
class Lessons:
    """What one training learns from.

    `asked` are bank questions, which are fair messages too; `beyond` are messages that the article
    leaves open; `messages` are labelled for the guard.
    """

    article: Article
    asked: Sequence[Asked]
    beyond: Sequence[Asked]
    messages: Sequence[Message]


def train_joint(lessons: Lessons, settings: TrainingSettings, folder: Path) -> None:
    """Train adapter and heads and write them into a folder; the same input gives the same files.

    The work of each step is shared by `settings.processes` processes.
    """
    in_parallel(settings.processes, _train, lessons, settings, folder)


def _train(worker: Worker, lessons: Lessons, settings: TrainingSettings, folder: Path) -> None:
    torch.manual_seed(settings.seed)
    base = SentenceEncoder(Settings.load())
    sentences = [lessons.article.read(sentence.span) for sentence in lessons.article.sentences]
    start = torch.from_numpy(base.encode(sentences))
    encoder = Adapted(base, settings.encoder.rank, settings.encoder.first_layer)
    questions = QuestionTask([*lessons.asked, *lessons.beyond], start, settings.questions)
    guard = GuardTask(lessons.messages, start.shape[1], settings.guard)
    step = _Step(worker, encoder, questions, guard, len(lessons.asked), settings.seed)
    heads = [*questions.parameters(), *guard.parameters()]
    steps = int(settings.encoder.epochs * len(lessons.messages) / settings.guard.batch)
    encoder.network.train()
    run(Schedule(settings.encoder, steps, heads, encoder.parameters()), step.loss, worker)
    encoder.network.eval()
    if worker.rank == 0:
        encoder.save(folder / ENCODER)
        guard.save(folder / GUARD)
        questions.save(folder / head_name(lessons.article.id), lessons.article)


class _Step:
    """The loss of one step: a batch of questions and a batch of messages."""

    def __init__(
        self,
        worker: Worker,
        encoder: Adapted,
        questions: QuestionTask,
        guard: GuardTask,
        bank: int,
        seed: int,
    ) -> None:
        shared = random.Random(seed)  # noqa: S311 - not for secrets
        self._worker = worker
        self._encoder = encoder
        self._questions = questions
        self._guard = guard
        self._bank = bank
        self._question_batches = questions.batches(random.Random(shared.random()))  # noqa: S311
        self._message_batches = guard.batches(random.Random(shared.random()))  # noqa: S311
        self._noise = random.Random(seed + worker.rank)  # noqa: S311

    def loss(self) -> Tensor:
        """Return the loss of this worker's part of the next batches."""
        rows = self._worker.run_of(next(self._question_batches))
        wordings = [self._questions.questions[row].text for row in rows]
        asked = self._encoder(self._shown(wordings, NOISY_QUESTIONS))
        fair = [place for place, row in enumerate(rows) if row < self._bank]
        messages = self._worker.share_of(next(self._message_batches))
        texts = [self._guard.messages[row].text for row in messages]
        said = self._encoder(self._shown(texts, NOISY_MESSAGES))
        return (
            self._questions.loss(asked, rows)
            + self._guard.loss(said, messages)
            + self._guard.fair_loss(asked[fair])
        )

    def _shown(self, texts: Sequence[str], share: float) -> list[str]:
        rng = self._noise
        return [mistyped(text, rng) if rng.random() < share else text for text in texts]
