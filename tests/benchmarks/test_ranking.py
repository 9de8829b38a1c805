from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.public.ranking import (
    GRID,
    MINILM,
    Fusion,
    first_right,
    gain,
    hits_of,
    rankings,
)
from benchmarks.public.scores import Scored

SHIPPED = Fusion(0.2, 0.06)


def scored(seed: int, lean: float) -> Scored:
    """Six units whose right one is lifted: by similarity where `lean` is 1, by coverage where 0."""
    rng = np.random.default_rng(seed)
    dense, lexical = rng.normal(0.4, 0.1, 6), rng.uniform(0.0, 0.5, 6)
    dense[0] += 0.2 * lean
    lexical[0] += 0.4 * (1.0 - lean)
    other = lexical.astype(np.float32)
    units = np.full(6, 100, dtype=np.float32)
    return Scored(dense.astype(np.float32), other, other, other, units, frozenset({0}), False)


def a_set(seed: int, lean: float) -> list[Scored]:
    return [scored(1000 * seed + place, lean) for place in range(40)]


@given(
    st.lists(st.integers(0, 4), min_size=1, max_size=12).flatmap(
        lambda scores: st.tuples(
            st.just(scores), st.sets(st.integers(0, len(scores) - 1), min_size=1)
        )
    )
)
def test_the_first_right_unit_stands_where_sorting_puts_it(
    drawn: tuple[list[int], set[int]],
) -> None:
    values = np.asarray(drawn[0], dtype=np.float32)
    order = np.argsort(-values, kind="stable")
    place = next(place for place, row in enumerate(order) if int(row) in drawn[1])
    assert first_right(values, drawn[1]) == place


def test_the_own_set_has_no_part_in_what_is_fitted_for_it() -> None:
    leaning = {"a": a_set(1, 0.0), "b": a_set(2, 0.0), "c": a_set(3, 0.0)}
    first, _ = rankings(leaning, SHIPPED)
    second, _ = rankings({**leaning, "c": a_set(4, 1.0)}, SHIPPED)
    assert first["c"].fitted == second["c"].fitted
    assert first["a"].fitted in GRID


def test_fitting_follows_what_helps() -> None:
    similar, _ = rankings({name: a_set(seed, 1.0) for seed, name in enumerate("abc")}, SHIPPED)
    covering, _ = rankings({name: a_set(seed, 0.0) for seed, name in enumerate("abc")}, SHIPPED)
    assert similar["a"].fitted.dense > covering["a"].fitted.dense
    assert hits_of(covering["a"].fused)[0] > hits_of(covering["a"].baselines[MINILM])[0]


@given(st.lists(st.integers(0, 5), min_size=1, max_size=50))
def test_gains_are_paired(places: list[int]) -> None:
    mine = np.asarray(places)
    same, worse = gain(mine, mine, 1), gain(mine, mine + 3, 3)
    assert (same.mean, same.low, same.high) == (0.0, 0.0, 0.0)
    assert worse.low <= worse.mean <= worse.high
    assert worse.mean == pytest.approx(hits_of(mine)[1])
