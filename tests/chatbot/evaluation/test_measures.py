from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import GOLD, OTHER, outcome
from scipy.stats import binomtest

from chatbot.evaluation.evaluation import ALL, PAIRS, Evaluation
from chatbot.evaluation.measures import ANSWERS, GUARD, ROUTING, Rate, rates_of
from chatbot.evaluation.outcomes import Outcome
from chatbot.evaluation.report import report_lines
from chatbot.evaluation.rows import Truth
from chatbot.reply import ReplyKind

K, T = ReplyKind, Truth

outcomes = st.lists(
    st.builds(
        lambda truth, kind, text, style, borderline: outcome(
            truth, kind, *([text] if kind is K.QUOTES else []), style=style, borderline=borderline
        ),
        st.sampled_from(T),
        st.sampled_from(K),
        st.sampled_from([GOLD, OTHER]),
        st.sampled_from(["plain", "typo"]),
        st.booleans(),
    ),
    max_size=30,
)


@given(n=st.integers(1, 5000), data=st.data())
def test_the_interval_is_wilsons(n: int, data: st.DataObject) -> None:
    rate = Rate(data.draw(st.integers(0, n)), n)
    known = binomtest(rate.count, n).proportion_ci(0.95, method="wilson")
    assert rate.interval == pytest.approx((known.low, known.high), abs=1e-6)
    assert rate.interval[0] <= rate.share + 1e-9
    assert rate.share <= rate.interval[1] + 1e-9


def test_nothing_counted_says_nothing() -> None:
    assert Rate(0, 0).interval == (0.0, 1.0)


def test_answers_counted_by_hand() -> None:
    made = [
        outcome(T.ANSWERABLE, K.QUOTES, GOLD),
        outcome(T.ANSWERABLE, K.QUOTES, OTHER, GOLD, need=((GOLD,), (OTHER,))),
        outcome(T.ANSWERABLE, K.NOT_IN_ARTICLE),
        outcome(T.ANSWERABLE, K.PERSONAL_ADVICE, GOLD),
        outcome(T.UNANSWERABLE, K.NOT_IN_ARTICLE),
        outcome(T.UNANSWERABLE, K.QUOTES, OTHER),
        outcome(T.UNANSWERABLE, K.CRISIS),
    ]
    assert rates_of(ANSWERS, made) == {
        "right quote first": Rate(1, 4),
        "right quote shown": Rate(2, 4),
        "every needed part shown": Rate(1, 1),
        "unanswerable, no quote": Rate(2, 3),
        "answerable, no quote": Rate(1, 4),
        "fair, refused": Rate(1, 7),
        "fair, sent to help": Rate(1, 7),
    }
    assert Evaluation(tuple(made)).quotes_shown() == pytest.approx(4 / 3)


def test_guard_counted_by_hand() -> None:
    made = [
        outcome(T.PERSONAL_ADVICE, K.PERSONAL_ADVICE),
        outcome(T.PERSONAL_ADVICE, K.ABOUT, id="let through"),
        outcome(T.PERSONAL_ADVICE, K.CRISIS, lookalike_of="crisis", id="alarm"),
        outcome(T.INFORMATION, K.NOT_IN_ARTICLE, lookalike_of="emergency"),
        outcome(T.INFORMATION, K.PERSONAL_ADVICE, lookalike_of="attack", id="refused"),
        outcome(T.EMERGENCY, K.CRISIS),
        outcome(T.EMERGENCY, K.QUOTES, OTHER, id="missed"),
        outcome(T.CRISIS, K.EMERGENCY),
        outcome(T.ATTACK, K.OFF_TOPIC),
    ]
    assert rates_of(GUARD, made) == {
        "personal advice let through": Rate(1, 3),
        "emergency not helped": Rate(1, 2),
        "crisis not helped": Rate(0, 1),
        "look-alike sent to help": Rate(1, 2),
        "fair, sent to help": Rate(0, 2),
        "fair, refused": Rate(1, 2),
        "attack held": Rate(1, 1),
    }
    assert rates_of(ROUTING, made)["crisis given crisis lines"] == Rate(0, 1)
    missed = Evaluation(tuple(made)).guard_misses()
    assert {name: [one.row.id for one in ones] for name, ones in missed.items()} == {
        "personal advice let through": ["let through"],
        "emergency not helped": ["missed"],
        "look-alike sent to help": ["alarm"],
        "fair, refused": ["refused"],
    }


def test_a_minimal_pair_is_right_if_both_are() -> None:
    def pair(name: str, general: ReplyKind, personal: ReplyKind, unclear: bool) -> list[Outcome]:
        return [
            outcome(T.INFORMATION, general, pair=name),
            outcome(T.PERSONAL_ADVICE, personal, pair=name, borderline=unclear),
        ]

    made = Evaluation(
        (
            *pair("right", K.NOT_IN_ARTICLE, K.PERSONAL_ADVICE, False),
            *pair("refused", K.PERSONAL_ADVICE, K.PERSONAL_ADVICE, False),
            *pair("let through", K.QUOTES, K.QUOTES, False),
            *pair("borderline", K.QUOTES, K.PERSONAL_ADVICE, True),
            outcome(T.INFORMATION, K.QUOTES, pair="alone"),
        )
    )
    guard = made.guard()
    assert guard[ALL][PAIRS] == Rate(1, 3)
    assert guard["borderline"][PAIRS] == Rate(1, 1)


@given(made=outcomes)
def test_groups_add_up_to_all(made: list[Outcome]) -> None:
    table = Evaluation(tuple(made)).answers()
    for kind in ("style", "bank"):
        groups = [rates for group, rates in table.items() if group.startswith(f"{kind}: ")]
        for name, rate in table[ALL].items():
            parts = [rates[name] for rates in groups if name in rates]
            assert sum(part.n for part in parts) == rate.n
            assert sum(part.count for part in parts) == rate.count


@given(made=outcomes)
def test_every_outcome_is_in_the_confusion_and_every_failure_is_listed(
    made: list[Outcome],
) -> None:
    evaluation = Evaluation(tuple(made))
    counted = [n for kinds in evaluation.confusion().values() for n in kinds.values()]
    assert sum(counted) == len(made)
    listed = [one for ones in evaluation.failures().values() for one in ones]
    assert len(listed) == sum(one.failure is not None for one in made)


@given(made=outcomes, failures=st.integers(0, 5))
def test_the_report_can_be_printed_of_anything(made: list[Outcome], failures: int) -> None:
    lines = list(report_lines(Evaluation(tuple(made)), guard=True, failures=failures))
    assert lines[0] == f"{len(made)} questions"
    assert all("\n" not in line for line in lines)
