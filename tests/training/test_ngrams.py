"""N-gram heads are learned the same each time, and learn what they are shown."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chatbot.guard.classifier import NgramClassifier
from chatbot.guard.level import Label
from chatbot.learned import GUARD_NGRAMS, ngrams_name
from chatbot.ngrams import NgramHead
from corpus import Article
from index import file_hash
from training.heldout import lessons
from training.joint import Lessons
from training.ngrams import train_ngrams
from training.settings import TrainingSettings

FEW = 150


@pytest.fixture(scope="module")
def few(article: Article) -> Lessons:
    whole = lessons(article)
    step = len(whole.messages) // FEW
    return replace(whole, asked=whole.asked[:FEW], messages=whole.messages[::step][:FEW])


@pytest.fixture(scope="module")
def made(few: Lessons, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("learned")
    train_ngrams(few, TrainingSettings.load(), folder)
    return folder


def test_the_heads_know_what_they_were_shown(made: Path, few: Lessons, article: Article) -> None:
    guard = NgramClassifier.load(made / GUARD_NGRAMS)
    labels = list(Label)
    texts = [message.text for message in few.messages]
    guessed = guard.probabilities(texts).argmax(axis=1)
    right = [labels[row] is one.label for row, one in zip(guessed, few.messages, strict=True)]
    assert np.mean(right) > 0.9
    head = NgramHead.load(made / ngrams_name(article.id), article.sha256)
    assert head is not None
    found = [int(head.probabilities(one.text).argmax()) + 1 for one in few.asked if one.answers]
    known = [one.answers for one in few.asked if one.answers]
    assert np.mean([row in answers for row, answers in zip(found, known, strict=True)]) > 0.9


def test_the_same_lessons_give_the_same_heads(
    made: Path, few: Lessons, article: Article, tmp_path: Path
) -> None:
    train_ngrams(few, TrainingSettings.load(), tmp_path)
    for name in (GUARD_NGRAMS, ngrams_name(article.id)):
        assert file_hash(tmp_path / name) == file_hash(made / name)
