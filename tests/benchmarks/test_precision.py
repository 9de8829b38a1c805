"""The encoder that serves is held against the reference, reply by reply."""

from __future__ import annotations

import json
from dataclasses import astuple, replace
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.precision.__main__ import main
from benchmarks.precision.compared import Differences
from benchmarks.precision.report import REPORT
from chatbot.reply import Quote, Reply, ReplyKind
from corpus import load_library

ARTICLE = next(iter(load_library().values()))
KINDS = st.sampled_from([ReplyKind.QUOTES, ReplyKind.CRISIS, ReplyKind.NOT_IN_ARTICLE])


def quote(number: int) -> Quote:
    sentence = ARTICLE.sentence(number)
    text = ARTICLE.read(sentence.span)
    return Quote(sentence.span, sentence.span, text, "", 1, (number, number), 0.5)


REPLIES = st.builds(
    lambda kind, number, offered: Reply(
        "", "q", kind, "m", quotes=(quote(number),) if number else (), suggestions=offered
    ),
    KINDS,
    st.integers(0, 3),
    st.sampled_from([(), ("a",), ("b",)]),
)


@given(replies=st.lists(st.tuples(REPLIES, REPLIES), max_size=12))
def test_every_reply_that_differs_counts_once(replies: list[tuple[Reply, Reply]]) -> None:
    found = Differences.of([one for one, _ in replies], [one for _, one in replies])
    differing = [
        (before, after)
        for before, after in replies
        if (before.kind, before.quotes, before.suggestions)
        != (after.kind, after.quotes, after.suggestions)
    ]
    assert found.questions == len(replies)
    assert found.kind + found.quotes + found.suggestions == len(differing)
    assert found.lost + found.gained <= found.kind


@given(replies=st.lists(st.tuples(REPLIES, REPLIES), max_size=12))
def test_what_is_lost_is_gained_the_other_way_round(replies: list[tuple[Reply, Reply]]) -> None:
    before, after = [one for one, _ in replies], [one for _, one in replies]
    there, back = Differences.of(before, after), Differences.of(after, before)
    assert (there.lost, there.gained) == (back.gained, back.lost)
    assert replace(there, lost=0, gained=0) == replace(back, lost=0, gained=0)
    assert astuple(Differences.of(before, before)) == (len(before), 0, 0, 0, 0, 0)


def test_both_encoders_are_asked_and_the_page_is_written(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    asked = [
        {"id": "1", "question": "Is naltrexone approved for cancer?", "kind": "answerable"},
        {"id": "2", "question": "I want to die", "kind": "crisis"},
        {"id": "3", "question": "Is oat milk good in coffee?", "kind": "off_topic"},
    ]
    file = tmp_path / "asked.jsonl"
    file.write_text("\n".join(map(json.dumps, asked)), "utf-8")
    assert main([str(file), "--docs", str(tmp_path)]) == 0
    page = (tmp_path / REPORT).read_text("utf-8")
    assert page in capsys.readouterr().out
    assert "| the same, to the letter | 3 |" in page
    assert "on 3 questions" in page
    assert "$" not in page


def test_a_file_that_is_missing_is_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main([str(tmp_path / "none.jsonl"), "--docs", str(tmp_path)]) == 1
    assert "none.jsonl" in capsys.readouterr().err
    assert not (tmp_path / REPORT).exists()
