"""The table of what each part adds: what it counts, and that it lands in its place."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answer.sentence_head import SentenceHead
from chatbot.ngrams import NgramHead
from corpus import Article, BankQuestion, ConfigError, QuestionBank
from index import SentenceEncoder, Settings
from training.ablation import COLUMNS, END, START, Cost, Quality, Tried, placed, quality, table
from training.data import Asked, asked
from training.methods import Method, Models, Remembered, Scored, methods
from training.pairs import DOZEN, PairJudge, best_dozen
from training.projection import train_projection
from training.settings import TrainingSettings

FEW = 24


@pytest.fixture(scope="module")
def encoder() -> SentenceEncoder:
    """The packaged encoder."""
    return SentenceEncoder(Settings.load())


@pytest.fixture(scope="module")
def few(article: Article) -> list[BankQuestion]:
    """Some bank questions with answers and some without."""
    bank = article.bank.questions if article.bank else ()
    answered = [entry for entry in bank if entry.answered]
    return answered[:FEW] + [entry for entry in bank if not entry.answered][: FEW // 2]


@pytest.fixture(scope="module")
def reduced(article: Article, few: list[BankQuestion]) -> Article:
    return replace(article, bank=QuestionBank(tuple(few)))


@pytest.fixture(scope="module")
def models(reduced: Article, encoder: SentenceEncoder) -> Models:
    """Models that are cheap to make; the pair model is untrained."""
    tuning = TrainingSettings.load().questions
    projected, head = train_projection(encoder, reduced, asked([reduced]), tuning, seed=1)
    weight = np.random.default_rng(1).normal(size=(1, 384)).astype(np.float32)
    pair = PairJudge(reduced, encoder, weight, np.zeros(1, dtype=np.float32))
    classes = len(head.bias)
    ngrams = NgramHead(
        np.zeros((64, classes), dtype=np.float16),
        np.ones(64, dtype=np.float32),
        np.zeros(classes, dtype=np.float32),
    )
    return Models(encoder, encoder, head, ngrams, pair, projected, head)


@pytest.fixture(scope="module")
def tries(reduced: Article, models: Models) -> dict[str, Method]:
    return methods(reduced, models, Settings.load())


def test_every_method_scores_every_sentence(tries: dict[str, Method], reduced: Article) -> None:
    for method in tries.values():
        scored = method("What is the most common side effect of LDN?")
        assert scored.scores.shape == (len(reduced.sentences),)
        assert np.all(np.isfinite(scored.scores))
        assert all(np.isfinite(value) for value in scored.features.values())


def test_the_pair_model_orders_the_best_dozen_and_no_other(
    tries: dict[str, Method], few: list[BankQuestion]
) -> None:
    for entry in few[:5]:
        before = best_dozen(tries["sentence head and question to question"](entry.question).scores)
        after = best_dozen(
            tries["pair model orders the best dozen of the two"](entry.question).scores
        )
        assert set(after) == set(before)
        assert len(after) == DOZEN


def test_calibration_leaves_the_order_as_it_is(
    tries: dict[str, Method], few: list[BankQuestion]
) -> None:
    for entry in few[:5]:
        plain = tries["sentence head and question to question"](entry.question)
        judged = tries["the two, calibrated features"](entry.question)
        paired = tries["the three, calibrated features and the pair model's"](entry.question)
        assert judged.scores == pytest.approx(plain.scores, abs=1e-6)
        assert set(paired.features) == {*judged.features, "pair"}


def test_a_bank_question_asked_again_finds_its_own_answer(
    tries: dict[str, Method], few: list[BankQuestion]
) -> None:
    for entry in few[:5]:
        found = tries["packaged MiniLM, question to question"](entry.question)
        assert int(np.argmax(found.scores)) + 1 in entry.answers


def test_it_counts_right_sentences_by_their_place(
    few: list[BankQuestion], article: Article
) -> None:
    by_question = {entry.question: entry for entry in few}

    def at(place: int) -> Method:
        def score(question: str) -> Scored:
            entry = by_question[question]
            order = [one.number for one in article.sentences if one.number not in entry.answers]
            scores = np.zeros(len(article.sentences), dtype=np.float32)
            for rank, number in enumerate([*order[:place], *entry.answers]):
                scores[number - 1] = 1.0 - rank / 100
            return Scored(scores * (1.0 if entry.answered else 0.1))

        return score

    reached = [quality(at(place), few, seed=1) for place in range(4)]
    assert [one.first for one in reached] == [1, 0, 0, 0]
    assert [one.three for one in reached] == [1, 1, 1, 0]
    assert [one.auroc for one in reached] == [1, 1, 1, 1]


@pytest.mark.parametrize(("telling", "least", "most"), [(True, 0.99, 1.0), (False, 0.2, 0.8)])
def test_features_are_judged_by_parts_that_they_were_not_fitted_to(
    few: list[BankQuestion],
    article: Article,
    telling: bool,
    least: float,
    most: float,
) -> None:
    """A feature that tells is found; a score for each question to learn by heart is none."""
    by_question = {entry.question: entry for entry in few}
    rng = np.random.default_rng(1)

    def score(question: str) -> Scored:
        entry = by_question[question]
        scores = np.zeros(len(article.sentences), dtype=np.float32)
        scores[[number - 1 for number in entry.answers]] = 1.0
        noise = {str(number): float(rng.normal()) for number in range(60)}
        return Scored(scores, {"sign": float(entry.answered)} if telling else noise)

    assert least <= quality(score, few, seed=1).auroc <= most


def test_what_is_remembered_is_what_was_made(encoder: SentenceEncoder) -> None:
    remembered, texts = Remembered(encoder), ["one", "two", "one"]
    first = remembered.encode(texts)
    assert first == pytest.approx(encoder.encode(texts), abs=1e-5)
    assert np.array_equal(remembered.encode(texts[::-1]), first[::-1])
    remembered.forget()
    assert remembered.encode(["two"]) == pytest.approx(first[1:2], abs=1e-5)


def test_a_projection_keeps_unit_length_and_learns(models: Models, few: list[BankQuestion]) -> None:
    vectors = models.projected.encode([entry.question for entry in few])
    assert np.linalg.norm(vectors, axis=1) == pytest.approx(1.0, abs=1e-5)
    assert models.projected.fingerprint != models.packaged.fingerprint


def test_the_same_questions_give_the_same_projection(
    reduced: Article, encoder: SentenceEncoder, models: Models
) -> None:
    tuning = TrainingSettings.load().questions
    questions: list[Asked] = asked([reduced])
    again, head = train_projection(encoder, reduced, questions, tuning, seed=1)
    assert again.fingerprint == models.projected.fingerprint
    assert np.array_equal(head.weight, models.projected_head.weight)
    other: tuple[object, SentenceHead] = train_projection(
        encoder, reduced, questions, tuning, seed=2
    )
    assert not np.array_equal(head.weight, other[1].weight)


@given(st.text(), st.text(), st.text())
def test_only_what_stands_between_the_marks_is_replaced(before: str, old: str, after: str) -> None:
    document = f"{before}{START}{old}{END}{after}"
    once = placed(document, "new")
    assert once == f"{before}{START}\nnew\n{END}{after}"
    assert placed(once, "new") == once


@pytest.mark.parametrize("text", ["", START, END, f"{END} {START}"])
def test_a_document_without_the_marks_is_one_clear_error(text: str) -> None:
    with pytest.raises(ConfigError, match="lacks the lines"):
        placed(text, "new")


def test_a_table_has_a_cell_for_every_column() -> None:
    line = Tried("BM25", Quality(0.5, 0.75, 0.9), Cost(1.26, 0.123))
    head, rule, row = table([line]).splitlines()
    assert head == COLUMNS
    assert rule.count("|") == head.count("|") == row.count("|")
    assert [cell.strip() for cell in row.split("|")[1:-1]] == [
        "BM25",
        "50.0",
        "75.0",
        "0.900",
        "1.3",
        "0.1",
    ]
