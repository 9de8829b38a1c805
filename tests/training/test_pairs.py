"""The pair model: what it reads, what it is taught, and that it comes back from its file."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answer.sentence_head import SentenceHead
from corpus import Article, ModelError
from index import SentenceEncoder, Settings
from training.data import Asked
from training.pairs import HEAD, TUNING, PairJudge, best_dozen, pair_text, pairs_of, train_pairs

TINY = replace(TUNING, rank=2, epochs=12.0, learning_rate=1e-2)


@pytest.fixture(scope="module")
def settings() -> Settings:
    return Settings.load()


@pytest.fixture(scope="module")
def encoder(settings: Settings) -> SentenceEncoder:
    return SentenceEncoder(settings)


@pytest.fixture(scope="module")
def head(article: Article, encoder: SentenceEncoder) -> SentenceHead:
    """A head that ranks sentences by their similarity alone."""
    vectors = encoder.encode([article.read(sentence.span) for sentence in article.sentences])
    none = np.zeros((1, vectors.shape[1]), dtype=np.float32)
    return SentenceHead(20 * np.concatenate([vectors, none]), np.zeros(len(vectors) + 1))


@pytest.fixture(scope="module")
def questions(article: Article) -> list[Asked]:
    bank = article.bank.questions if article.bank else ()
    return [Asked(entry.question, entry.answers, entry.author) for entry in bank[:24]]


@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=40))
def test_the_best_dozen_holds_no_worse_sentence_than_those_left_out(scores: list[float]) -> None:
    dozen = best_dozen(np.array(scores, dtype=np.float32))
    rest = [score for place, score in enumerate(scores, 1) if place not in dozen]
    taken = [scores[number - 1] for number in dozen]
    assert taken == sorted(taken, reverse=True)
    assert len(dozen) == min(12, len(scores))
    assert not rest or min(taken) >= max(rest)


def test_pairs_are_gold_sentences_and_near_ones_that_do_not_answer(
    questions: list[Asked], encoder: SentenceEncoder, head: SentenceHead
) -> None:
    pairs = pairs_of(questions, encoder, head, seed=1)
    answers = {question.text: question.answers for question in questions}
    for pair in pairs:
        assert pair.answers == (pair.sentence in answers[pair.question])
    right = [pair.question for pair in pairs if pair.answers]
    assert right == [question.text for question in questions if question.answers]
    assert {pair.question for pair in pairs if not pair.answers} == set(answers)
    assert pairs == pairs_of(questions, encoder, head, seed=1)


def test_a_sentence_that_leans_is_read_with_what_it_leans_on(article: Article) -> None:
    text = article.text
    sentence = article.sentence_at(text.index("This temporary blockade"))
    read = pair_text(article, "why?", sentence.number)
    before = article.read(article.sentence(sentence.number - 1).span)
    assert read.startswith(f"why? [SEP] {before}")
    assert article.read(sentence.span) in read


@pytest.mark.filterwarnings("ignore:`is_gradient_checkpointing` is deprecated:FutureWarning")
def test_it_learns_and_comes_back_from_its_file(
    article: Article,
    questions: list[Asked],
    encoder: SentenceEncoder,
    head: SentenceHead,
    settings: Settings,
    tmp_path: Path,
) -> None:
    pairs = pairs_of(questions[:8], encoder, head, seed=1)
    model = train_pairs(SentenceEncoder(settings), article, pairs, TINY, seed=1)
    model.save(tmp_path)
    judge = PairJudge.load(tmp_path, article, settings)
    given: dict[bool, list[float]] = {True: [], False: []}
    for pair in pairs:
        given[pair.answers].append(float(judge.probabilities(pair.question, [pair.sentence])[0]))
    assert np.mean(given[True]) > np.mean(given[False]) + 0.1
    together = judge.probabilities(pairs[0].question, [1, 2, 3])
    alone = [judge.probabilities(pairs[0].question, [number])[0] for number in (1, 2, 3)]
    assert together == pytest.approx(alone, abs=1e-4)
    assert np.all((together > 0) & (together < 1))


@pytest.mark.parametrize("content", [None, b"not tensors"])
def test_a_file_without_a_pair_model_is_one_clear_error(
    article: Article, settings: Settings, tmp_path: Path, content: bytes | None
) -> None:
    if content is not None:
        (tmp_path / HEAD).write_bytes(content)
    with pytest.raises(ModelError, match="holds no pair model"):
        PairJudge.load(tmp_path, article, settings)
