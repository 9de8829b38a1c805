from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from made import GOLD, OTHER, outcome

from chatbot.evaluation.comparison import Change, compare, read_right
from chatbot.evaluation.evaluation import Evaluation
from chatbot.evaluation.outcomes import Outcome
from chatbot.evaluation.report import comparison_lines
from chatbot.evaluation.rows import Truth
from chatbot.reply import ReplyKind
from corpus import ConfigError


def answered(id: str, right: bool) -> Outcome:
    return outcome(Truth.ANSWERABLE, ReplyKind.QUOTES, GOLD if right else OTHER, id=id)


@pytest.mark.parametrize(
    ("fixed", "broken", "p"), [(0, 0, 1.0), (1, 0, 1.0), (5, 0, 2 / 32), (9, 1, 22 / 1024)]
)
def test_mcnemars_exact_test(fixed: int, broken: int, p: float) -> None:
    change = Change(100, ("a",) * fixed, ("b",) * broken)
    mirrored = Change(100, ("a",) * broken, ("b",) * fixed)
    assert change.p_value == pytest.approx(p)
    assert mirrored.p_value == pytest.approx(p)


@given(
    before=st.dictionaries(st.integers(0, 30).map(str), st.booleans()),
    now=st.dictionaries(st.integers(0, 30).map(str), st.booleans(), min_size=1),
)
def test_each_question_is_fixed_broken_or_as_it_was(
    before: dict[str, bool], now: dict[str, bool]
) -> None:
    comparison = compare([answered(id, right) for id, right in now.items()], before)
    change = comparison.changes["all"]
    both = before.keys() & now.keys()
    assert change.n == len(both)
    assert comparison.apart == len(before.keys() ^ now.keys())
    assert set(change.fixed) == {id for id in both if now[id] and not before[id]}
    assert set(change.broken) == {id for id in both if before[id] and not now[id]}
    assert list(comparison_lines(comparison))


def test_a_saved_evaluation_equals_itself(tmp_path: Path) -> None:
    evaluation = Evaluation((answered("1", True), answered("2", False)))
    saved = tmp_path / "old.json"
    saved.write_text(json.dumps(evaluation.to_json()), "utf-8")
    before = read_right(saved)
    assert before == {"1": True, "2": False}
    comparison = compare(evaluation.outcomes, before)
    assert all(not change.fixed + change.broken for change in comparison.changes.values())


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"outcomes": [1]}', '{"outcomes": [{"id": 1}]}'])
def test_another_file_is_refused(text: str, tmp_path: Path) -> None:
    file = tmp_path / "old.json"
    file.write_text(text, "utf-8")
    with pytest.raises(ConfigError, match=r"old\.json"):
        read_right(file)
    with pytest.raises(ConfigError, match="none"):
        read_right(tmp_path / "none")
