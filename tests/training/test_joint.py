"""One training makes files that the product loads, and the same ones each time."""

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest

from chatbot.answer.sentence_head import SentenceHead
from chatbot.guard.classifier import GuardClassifier
from chatbot.learned import ENCODER, GUARD, head_name
from corpus import Article
from index import SentenceEncoder, Settings, file_hash
from training.heldout import lessons
from training.joint import Lessons, train_joint
from training.settings import TrainingSettings

FEW = 24


@pytest.fixture(scope="module")
def few(article: Article) -> Lessons:
    whole = lessons(article)
    return replace(
        whole,
        asked=whole.asked[:FEW],
        beyond=whole.beyond[:4],
        messages=whole.messages[:: len(whole.messages) // FEW][:FEW],
    )


@pytest.fixture(scope="module")
def settings() -> TrainingSettings:
    whole = TrainingSettings.load()
    return replace(
        whole,
        processes=2,
        encoder=replace(whole.encoder, rank=2, epochs=1.0),
        questions=replace(whole.questions, batch=8),
        guard=replace(whole.guard, batch=8),
    )


@pytest.fixture(scope="module")
def made(
    few: Lessons, settings: TrainingSettings, tmp_path_factory: pytest.TempPathFactory
) -> Path:
    folder = tmp_path_factory.mktemp("learned")
    train_joint(few, settings, folder)
    return folder


def test_the_product_loads_what_training_made(made: Path, article: Article) -> None:
    encoder = SentenceEncoder(Settings.load(), made / ENCODER)
    plain = SentenceEncoder(Settings.load())
    text = "What is low-dose naltrexone?"
    assert not np.allclose(encoder.encode([text]), plain.encode([text]), atol=1e-4)
    shares = GuardClassifier.load(encoder, made / GUARD).probabilities([text])
    assert shares.sum() == pytest.approx(1.0, abs=1e-5)
    head = SentenceHead.load(made / head_name(article.id), article)
    assert head is not None
    assert len(head.probabilities(encoder.encode([text])[0])) == len(article.sentences) + 1


def test_the_same_lessons_give_the_same_files(
    made: Path, few: Lessons, settings: TrainingSettings, article: Article, tmp_path: Path
) -> None:
    train_joint(few, settings, tmp_path)
    names = (ENCODER, GUARD, head_name(article.id))
    assert [file_hash(tmp_path / name) for name in names] == [
        file_hash(made / name) for name in names
    ]
