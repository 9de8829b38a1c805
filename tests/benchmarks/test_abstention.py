from __future__ import annotations

import numpy as np
import pytest

from benchmarks.public.abstention import Evidence, Kind, judged

COUNT = 60


def made(seed: int, apart: float) -> Evidence:
    """Answerable questions whose features lie `apart` from those of impossible ones."""
    rng = np.random.default_rng(seed)
    kinds = np.array([Kind.ANSWERABLE, Kind.IMPOSSIBLE] * (COUNT // 2))
    answerable = kinds == Kind.ANSWERABLE
    features = rng.normal(0.0, 1.0, (COUNT, 3)) + apart * answerable[:, np.newaxis]
    return Evidence(features, answerable & (rng.random(COUNT) < 0.8), kinds)


def test_questions_that_lie_apart_are_told_apart() -> None:
    far = judged(made(1, 8.0), [made(2, 8.0), made(3, 8.0)])
    assert far.auroc(Kind.IMPOSSIBLE) == 1.0
    assert far.auroc(Kind.ELSEWHERE) is None
    assert far.count(Kind.ANSWERABLE) == COUNT // 2
    strict = far.points[0]
    assert strict.abstained[Kind.IMPOSSIBLE] == 1.0
    assert strict.abstained[Kind.ANSWERABLE] < 0.3
    assert Kind.ELSEWHERE not in strict.abstained


def test_the_own_answers_have_no_part_in_the_probability() -> None:
    mine, others = made(1, 1.0), [made(2, 1.0), made(3, 1.0)]
    flipped = Evidence(mine.features, ~mine.right, mine.kind)
    np.testing.assert_array_equal(
        judged(mine, others).probability, judged(flipped, others).probability
    )


def test_a_stricter_threshold_abstains_more() -> None:
    for lax, strict in [judged(made(1, 1.0), [made(2, 1.0)]).points]:
        for kind in (Kind.ANSWERABLE, Kind.IMPOSSIBLE):
            assert lax.abstained[kind] <= strict.abstained[kind]


def test_the_curve_ends_with_every_question_answered() -> None:
    one = judged(made(1, 1.0), [made(2, 1.0)])
    coverage, risk = one.curve(Kind.IMPOSSIBLE)
    assert coverage[-1] == 1.0
    assert risk[-1] == pytest.approx(1.0 - one.evidence.right.mean())
    assert risk[: COUNT // 3].mean() < risk[-1]
