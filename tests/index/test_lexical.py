from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from index import fuse, terms
from index.lexical import LexicalIndex

TEXTS = [
    "vivid dreams in patients",
    "opioids and withdrawal",
    "selenium, 200 mcg",
    "NF-κB and IL-6",
]


def test_words_are_matched_by_stem_case_and_accent() -> None:
    index = LexicalIndex.from_texts(TEXTS, k1=1.5, b=0.75)
    assert int(np.argmax(index.scores("Dreaming?"))) == 0
    assert int(np.argmax(index.scores("OPIOID"))) == 1
    assert int(np.argmax(index.scores("sélénium"))) == 2
    assert int(np.argmax(index.scores("il 6"))) == 3


def test_no_shared_word_scores_zero() -> None:
    index = LexicalIndex.from_texts(TEXTS, k1=1.5, b=0.75)
    assert not index.scores("zebra").any()
    assert not index.scores("").any()


@given(st.text())
def test_terms_are_lower_case_words(text: str) -> None:
    for term in terms(text):
        assert term
        assert " " not in term


@given(st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=30), st.floats(0, 1))
@examples(max_examples=100)
def test_fusing_ranks_by_the_one_score_that_varies(dense: list[float], weight: float) -> None:
    scores = np.asarray(dense, dtype=np.float32)
    fused = fuse(scores, np.zeros_like(scores), weight)
    assert np.isfinite(fused).all()
    if weight > 0.01 and scores.std() > 1e-3:
        assert scores[int(np.argmax(fused))] == scores.max()
