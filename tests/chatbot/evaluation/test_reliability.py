from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import GOLD, OTHER, outcome, reply, row

from chatbot.evaluation import evaluate_replies
from chatbot.evaluation.outcomes import Judged, Outcome
from chatbot.evaluation.plots import draw
from chatbot.evaluation.reliability import reliability_of
from chatbot.evaluation.rows import Truth
from chatbot.reply import ReplyKind

judgements = st.lists(st.tuples(st.floats(0, 1), st.booleans()), min_size=1, max_size=60)


def judged(probability: float, right: bool, **fields: object) -> Outcome:
    """An abstention: what would have been shown counts."""
    thought = Judged(probability, 0.5, GOLD if right else OTHER)
    return outcome(Truth.ANSWERABLE, ReplyKind.NOT_IN_ARTICLE, judged=thought, **fields)  # type: ignore[arg-type]


@given(judgements)
def test_bins_and_curve_count_every_judgement(made: list[tuple[float, bool]]) -> None:
    found = reliability_of([judged(*one) for one in made])
    assert found is not None
    assert found.n == len(made) == sum(one.n for one in found.bins)
    right = sum(right for _, right in made)
    assert sum(one.n * one.right for one in found.bins) == pytest.approx(right)
    for one in found.bins:
        assert one.low - 1e-9 <= one.judged <= one.high + 1e-9
    assert found.curve[-1] == pytest.approx((1.0, 1 - right / len(made)))
    assert [coverage for coverage, _ in found.curve] == sorted({c for c, _ in found.curve})
    assert found.shown == pytest.approx(sum(p >= 0.5 for p, _ in made) / len(made))
    json.dumps(found.to_json())


def test_sure_and_right_is_best() -> None:
    found = reliability_of([judged(0.9, True), judged(0.8, True), judged(0.1, False)])
    assert found is not None
    assert found.auroc == 1.0
    assert [risk for _, risk in found.curve] == pytest.approx([0, 0, 1 / 3])
    assert found.brier == pytest.approx((0.01 + 0.04 + 0.01) / 3)
    assert found.error == pytest.approx((0.1 + 0.2 + 0.1) / 3)


def test_only_english_questions_on_the_article_that_were_judged_count() -> None:
    thought = Judged(0.7, 0.5, GOLD)
    others = [
        judged(0.9, True, language="fr"),
        outcome(Truth.PERSONAL_ADVICE, ReplyKind.PERSONAL_ADVICE, judged=thought),
        outcome(Truth.ANSWERABLE, ReplyKind.CRISIS),
    ]
    assert reliability_of(others) is None
    found = reliability_of([*others, outcome(Truth.UNANSWERABLE, ReplyKind.QUOTES, judged=thought)])
    assert found is not None
    assert (found.n, found.bins[0].right, found.auroc) == (1, 0.0, None)


def test_replies_made_elsewhere_can_be_evaluated() -> None:
    rows = [row(Truth.ANSWERABLE, "1"), row(Truth.UNANSWERABLE, "2")]
    replies = [reply(ReplyKind.QUOTES, GOLD), reply(ReplyKind.NOT_IN_ARTICLE)]
    plain = evaluate_replies(rows, replies)
    assert [one.failure for one in plain.outcomes] == [None, None]
    assert plain.reliability() is None
    with_thoughts = evaluate_replies(rows, replies, [Judged(0.8, 0.5, GOLD), None])
    assert with_thoughts.reliability() is not None
    with pytest.raises(ValueError, match="shorter"):
        evaluate_replies(rows, replies[:1])


def test_plots_are_drawn_and_the_same_each_time(tmp_path: Path) -> None:
    rows = [row(Truth.ANSWERABLE, "1"), row(Truth.UNANSWERABLE, "2")]
    replies = [reply(ReplyKind.QUOTES, GOLD), reply(ReplyKind.QUOTES, OTHER)]
    thoughts = [Judged(0.8, 0.5, GOLD), Judged(0.6, 0.5, OTHER)]
    evaluation = evaluate_replies(rows, replies, thoughts)
    files = draw(evaluation, tmp_path)
    assert {file.name for file in files} == {
        f"{name}.{end}"
        for name in ("confusion", "reliability", "risk_coverage")
        for end in ("png", "svg")
    }
    first = [file.read_bytes() for file in files]
    assert [file.read_bytes() for file in draw(evaluation, tmp_path)] == first
    assert len(draw(evaluate_replies(rows, replies), tmp_path)) == 2
