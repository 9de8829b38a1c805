from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from index import terms
from index.lexical import LexicalIndex

TEXTS = [
    "vivid dreams in patients",
    "opioids and withdrawal",
    "selenium, 200 mcg",
    "NF-κB and IL-6",
]


@pytest.fixture(scope="module")
def index() -> LexicalIndex:
    return LexicalIndex.from_texts(TEXTS, k1=1.5, b=0.75)


@pytest.mark.parametrize(
    ("question", "row"),
    [
        ("Dreaming?", 0),
        ("OPIOID", 1),
        ("sélénium", 2),
        ("il 6", 3),
        ("what about the withdrawl", 1),
        ("pateints vivd draems", 0),
    ],
)
def test_words_are_matched_by_stem_case_accent_and_most_letters(
    index: LexicalIndex, question: str, row: int
) -> None:
    scores = index.scores(question)
    assert scores[row] > np.delete(scores, row).max()


@pytest.mark.parametrize("question", ["zebra", "", "what is it about?", "?!"])
def test_what_shares_no_word_of_content_scores_zero(index: LexicalIndex, question: str) -> None:
    assert not index.scores(question).any()


def test_words_that_no_text_holds_lower_the_coverage(index: LexicalIndex) -> None:
    known, partly = index.scores("selenium")[2], index.scores("selenium zebra")[2]
    assert known > partly > 0
    assert partly < known / 2 + 0.05


def test_asking_twice_covers_no_more(index: LexicalIndex) -> None:
    once, twice = index.scores("vivid dreams"), index.scores("vivid dreams vivid dreams")
    np.testing.assert_allclose(once, twice, atol=1e-6)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6), st.text(max_size=40))
@example(["the", ""], "the")
@example(["zebra"], "zebra zebra")
def test_a_score_is_a_share_of_the_question(texts: list[str], question: str) -> None:
    scores = LexicalIndex.from_texts(texts, k1=1.5, b=0.75).scores(question)
    assert scores.shape == (len(texts),)
    assert (scores >= 0).all()
    assert (scores < 1).all()


def test_a_saved_index_scores_as_before(index: LexicalIndex, tmp_path: Path) -> None:
    index.save(tmp_path)
    loaded = LexicalIndex.load(tmp_path, len(TEXTS))
    for question in ["vivid opioids", "selenum", "IL-6 or zebra"]:
        np.testing.assert_array_equal(loaded.scores(question), index.scores(question))


@given(st.text())
def test_terms_are_lower_case_words(text: str) -> None:
    for term in terms(text):
        assert term
        assert " " not in term
