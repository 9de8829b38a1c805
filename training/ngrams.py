"""Learning the n-gram heads: logistic regressions that take seconds, beside the trained encoder."""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import save_file
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression

from chatbot.guard.level import Label
from chatbot.guard.normalise import normalise
from chatbot.learned import GUARD_NGRAMS, ngrams_name
from chatbot.ngrams import buckets_of
from corpus import Article
from training.data import Asked, Message
from training.joint import Lessons
from training.noise import mistyped
from training.settings import NgramTuning, TrainingSettings

_LABELS = tuple(Label)
_UNSEEN = -20.0
"""Bias of a class that no lesson has."""

_SMALLEST = 1e-12

_Rows = list[tuple[int, int, float]]
"""For each text's number, a class and the weight with which it belongs there."""


def train_ngrams(lessons: Lessons, settings: TrainingSettings, folder: Path) -> None:
    """Train both n-gram heads and write them; the same input gives the same files."""
    tuning = settings.ngrams
    _train_guard(lessons.messages, tuning, settings.seed, folder / GUARD_NGRAMS)
    file = folder / ngrams_name(lessons.article.id)
    _train_sentences(lessons.article, lessons.asked, tuning, settings.seed, file)


def _train_guard(messages: Sequence[Message], tuning: NgramTuning, seed: int, file: Path) -> None:
    texts = [normalise(message.text).text for message in messages]
    rows = [(row, _LABELS.index(one.label), 1.0) for row, one in enumerate(messages)]
    tensors = _fitted(texts, rows, len(_LABELS), tuning.guard_buckets, tuning, seed)
    save_file(tensors, file)


def _train_sentences(
    article: Article, asked: Sequence[Asked], tuning: NgramTuning, seed: int, file: Path
) -> None:
    """Learn each question as it stands and once more misspelt."""
    rng = random.Random(seed)  # noqa: S311 - not for secrets
    none = len(article.sentences)
    texts = [one.text for one in asked]
    texts += [mistyped(text, rng) for text in texts]
    rows: _Rows = []
    for row, question in enumerate([*asked, *asked]):
        places = [number - 1 for number in question.answers] or [none]
        rows += [(row, place, 1.0 / len(places)) for place in places]
    tensors = _fitted(texts, rows, none + 1, tuning.sentence_buckets, tuning, seed)
    save_file(tensors, file, metadata={"article": article.sha256})


def _fitted(
    texts: Sequence[str], rows: _Rows, classes: int, buckets: int, tuning: NgramTuning, seed: int
) -> dict[str, NDArray[np.generic]]:
    """Return the tensors of a head; a text may belong to several classes by some weight each."""
    features, rarity = _features(texts, buckets)
    places, wanted, weights = (np.array(column) for column in zip(*rows, strict=True))
    model = LogisticRegression(
        C=tuning.strength,
        solver="saga",
        max_iter=tuning.rounds,
        tol=tuning.tolerance,
        random_state=seed,
    )
    model.fit(features[places], wanted, sample_weight=weights)
    weight = np.zeros((buckets, classes), dtype=np.float16)
    weight[:, model.classes_] = model.coef_.T
    bias = np.full(classes, _UNSEEN, dtype=np.float32)
    bias[model.classes_] = model.intercept_
    return {"weight": weight, "rarity": rarity.astype(np.float16), "bias": bias}


def _features(texts: Sequence[str], buckets: int) -> tuple[csr_matrix, NDArray[np.float64]]:
    """Return unit rows of shape (texts, buckets) and each bucket's inverse document frequency."""
    found = [buckets_of(text, buckets) for text in texts]
    ends = np.cumsum([0, *map(len, found)])
    columns = np.concatenate(found)
    with_it = np.bincount(columns, minlength=buckets)
    rarity = np.log((1 + len(texts)) / (1 + with_it)) + 1.0
    values = rarity[columns]
    lengths = np.sqrt(np.maximum(np.add.reduceat(values**2, ends[:-1]), _SMALLEST))
    unit = values / np.repeat(lengths, np.diff(ends))
    return csr_matrix((unit, columns, ends), shape=(len(texts), buckets)), rarity
