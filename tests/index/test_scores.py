"""Which rows are whose, and which of many articles a question is held against."""

from __future__ import annotations

import itertools
from dataclasses import replace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Article, BankQuestion
from index import Passage, PassageIndex, SentenceEncoder
from index.dense import DenseIndex
from index.lexical import LexicalIndex
from index.scores import places_of

SIZES = st.lists(st.tuples(st.integers(1, 4), st.integers(0, 4)), min_size=1, max_size=5)


def asked(example: bool) -> BankQuestion:
    return BankQuestion("q", "x", (), (), "", "plain", "z", example)


@given(sizes=SIZES, examples=st.integers(0, 2**20))
def test_every_row_is_the_rows_of_its_article_and_of_no_other(
    sizes: list[tuple[int, int]], examples: int
) -> None:
    passages = [
        Passage(f"a{number}", sentence, "x")
        for number, (size, _) in enumerate(sizes)
        for sentence in range(size)
    ]
    places = itertools.count()
    questions = [
        (f"a{number}", asked(example=bool(examples >> next(places) & 1)))
        for number, (_, size) in enumerate(sizes)
        for _ in range(size)
    ]
    found = places_of(passages, questions)
    assert list(found) == [f"a{number}" for number in range(len(sizes))]
    for id, place in found.items():
        assert {passages[row].article for row in place.passages} == {id}
        assert {questions[row][0] for row in place.questions} <= {id}
        marked = [row for row in place.questions if questions[row][1].example]
        assert place.examples.tolist() == marked
    for held, name in ((passages, "passages"), (questions, "questions")):
        rows = [row for place in found.values() for row in getattr(place, name).tolist()]
        assert rows == list(range(len(held)))


@pytest.fixture(scope="module")
def shelf(built: PassageIndex, articles: list[Article], encoder: SentenceEncoder) -> PassageIndex:
    """Sixty articles of one sentence each, of which every third has one question."""
    passages = [replace(one, article=f"a{row}") for row, one in enumerate(built.passages[:60])]
    bank = articles[0].bank.questions[:20] if articles[0].bank else ()
    questions = [(f"a{3 * row}", entry) for row, entry in enumerate(bank)]
    texts = [passage.text for passage in passages]
    return PassageIndex(
        tuple(passages),
        tuple(questions),
        built.manifest,
        DenseIndex.from_vectors(encoder.encode(texts)),
        DenseIndex.from_vectors(encoder.encode([entry.question for entry in bank])),
        LexicalIndex.from_texts(texts, 1.5, 0.75),
    )


def test_of_many_articles_those_are_scored_that_a_question_may_be_about(
    shelf: PassageIndex, encoder: SentenceEncoder
) -> None:
    for row in range(0, 60, 7):
        passage = shelf.passages[row]
        vector = encoder.encode([passage.text])[0]
        found = shelf.scores(passage.text, vector, 4)
        assert passage.article in found
        assert len(found) <= 3 * 4
        assert list(found) == [id for id in shelf.places if id in found]


def test_an_article_is_found_by_its_bank_alone(
    shelf: PassageIndex, encoder: SentenceEncoder
) -> None:
    for owner, entry in shelf.questions:
        vector = encoder.encode([entry.question])[0]
        found = shelf.scores("", vector, 1)
        assert owner in found
        assert found[owner].questions.scores[0] == pytest.approx(1.0, abs=1e-3)


def test_what_an_article_lacks_is_empty(shelf: PassageIndex, encoder: SentenceEncoder) -> None:
    vector = encoder.encode([shelf.passages[1].text])[0]
    scores = shelf.scores("", vector, 1)["a1"]
    assert scores.questions.rows.shape == scores.examples.shape == (0,)
    assert scores.dense.shape == (1,)
    np.testing.assert_allclose(scores.dense, 1.0, atol=1e-3)
