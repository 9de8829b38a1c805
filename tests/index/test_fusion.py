from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from index import Vectors, fuse
from index.fusion import evidence, length_prior

SIMILARITIES = st.lists(st.floats(-1, 1, width=32), min_size=1, max_size=30)
SHARES = st.floats(0, 1)


def of(values: list[float]) -> Vectors:
    return np.asarray(values, dtype=np.float32)


@given(SIMILARITIES, st.floats(0.01, 1))
def test_a_question_that_shares_no_word_is_ranked_by_similarity(
    dense: list[float], weight: float
) -> None:
    fused = fuse(of(dense), np.zeros(len(dense), np.float32), weight)
    assert of(dense)[int(np.argmax(fused))] == max(of(dense))


@given(st.lists(st.floats(0, 1, width=32), min_size=1, max_size=30), st.floats(-1, 1, width=32))
def test_equally_similar_passages_are_ranked_by_coverage(
    lexical: list[float], similarity: float
) -> None:
    fused = fuse(np.full(len(lexical), similarity, np.float32), of(lexical), 0.2)
    best = of(lexical)[int(np.argmax(fused))]
    assert best == pytest.approx(max(lexical), abs=1e-3)


@given(SHARES, st.floats(0, 1, width=32))
def test_little_coverage_counts_less_than_its_share(weight: float, coverage: float) -> None:
    none, some = fuse(of([0, 0]), of([0, coverage]), weight)
    assert 0 <= some - none <= (1 - weight) * coverage + 1e-6


@given(SIMILARITIES, st.floats(-2, 2, width=32), SHARES)
def test_a_prior_that_is_the_same_for_all_changes_no_order(
    dense: list[float], prior: float, weight: float
) -> None:
    lexical = np.zeros(len(dense), np.float32)
    without = fuse(of(dense), lexical, weight)
    along = fuse(of(dense), lexical, weight, np.full(len(dense), prior, np.float32))
    np.testing.assert_allclose(along - along[0], without - without[0], atol=1e-5)


@given(st.lists(st.integers(0, 5000), min_size=2, max_size=20), st.floats(0.01, 0.2))
def test_longer_passages_gain_more(lengths: list[int], weight: float) -> None:
    prior = length_prior(of([float(length) for length in lengths]), weight)
    order = np.argsort(lengths, kind="stable")
    assert (np.diff(prior[order]) >= 0).all()
    assert (prior >= 0).all()
    assert not length_prior(of([1.0, 9.0]), 0.0).any()


@given(SIMILARITIES)
def test_the_best_passage_is_ahead_by_what_the_evidence_says(dense: list[float]) -> None:
    fused = fuse(of(dense), np.zeros(len(dense), np.float32), 0.5)
    found = evidence(of(dense), of([0.5] * len(dense)), fused)
    assert found["dense"] == max(of(dense))
    assert found["lexical"] == 0.5
    rest = np.delete(fused, int(np.argmax(fused)))
    ahead = float(fused.max() - rest.max()) if len(rest) else 0.0
    assert found["margin"] == pytest.approx(ahead, abs=1e-6)
