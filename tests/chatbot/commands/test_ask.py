from __future__ import annotations

import io
import json
import os
import sys
from dataclasses import replace
from pathlib import Path

import pytest
from fixed_bot import FixedBot
from hypothesis import given
from hypothesis import strategies as st

from chatbot.commands import ask
from chatbot.commands.main import main
from chatbot.commands.terminal import reply_lines, wrapped
from chatbot.conversation import Conversation
from chatbot.reply import ReplyKind


@pytest.fixture
def opened(fixed: FixedBot, monkeypatch: pytest.MonkeyPatch) -> FixedBot:
    """The command with a bot that needs no models."""
    monkeypatch.setattr(ask, "chatbot_from", lambda options: fixed)
    return fixed


@given(width=st.integers(1, 300))
def test_the_articles_words_stand_unbroken_at_any_width(width: int, fixed: FixedBot) -> None:
    reply = fixed.reply("What are the side effects?", Conversation())
    lines = list(reply_lines(reply, fixed.catalogue, fixed.library, width))
    printed = "\n".join(lines)
    assert reply.companion is not None
    for quote in (*reply.quotes, reply.companion):
        assert quote.text in lines
        assert all(reference.citation in printed for reference in quote.references)
        assert all(reference.url in printed for reference in quote.references)


def test_each_quote_has_its_place(fixed: FixedBot) -> None:
    reply = fixed.reply("?", Conversation())
    printed = "\n".join(reply_lines(reply, fixed.catalogue, fixed.library, 200))
    quote = reply.quotes[0]
    assert f"{quote.section}, paragraph {quote.paragraph}, s{quote.sentences[0]}" in printed
    assert "What is LDN?" in printed


def test_safety_passages_under_a_refusal_are_announced(fixed: FixedBot) -> None:
    refusal = replace(fixed.reply("?", Conversation()), kind=ReplyKind.PERSONAL_ADVICE)
    announced = fixed.catalogue.text("personal_advice.safety").split()[0:4]
    lines = list(reply_lines(refusal, fixed.catalogue, fixed.library, 200))
    assert any(line.split()[0:4] == announced for line in lines)


@given(text=st.text("ab -\n", max_size=80), width=st.integers(20, 60))
def test_wrapping_keeps_every_word_within_the_width(text: str, width: int) -> None:
    lines = list(wrapped(text, width))
    assert " ".join(lines).split() == text.split()
    assert all(len(line) <= width or " " not in line for line in lines)


def test_json(opened: FixedBot, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["ask", "--json", "Why?"]) == 0
    reply = opened.reply("Why?", Conversation())
    assert json.loads(capsys.readouterr().out) == reply.to_json()


def test_lines_from_standard_input(
    opened: FixedBot, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    given = b'{"id": "1", "question": "Why?"}\nnonsense\n{"id": "3", "text": "Who\xe2\x80\xa8?"}'
    monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(given)))
    assert main(["ask", "--jsonl"]) == 0
    out, err = capsys.readouterr()
    replies = [json.loads(line) for line in out.removesuffix("\n").split("\n")]
    assert [reply["id"] for reply in replies] == ["1", "", "3"]
    assert [reply["kind"] for reply in replies] == ["quotes", "invalid", "quotes"]
    assert err == ""


def test_a_reader_that_went_away_is_no_error_to_show(
    opened: FixedBot, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    with os.fdopen(writer, "w") as pipe:
        monkeypatch.setattr(sys, "stdout", pipe)
        assert main(["ask", "Why?"]) == 1
    assert capsys.readouterr().err == ""


@pytest.mark.parametrize("command", [["ask", "Why?"], ["explain", "Why?"]])
def test_what_is_wrong_is_said_in_one_sentence(
    command: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([*command, "--articles", str(tmp_path / "none")]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    assert "none" in err


@pytest.mark.parametrize("wrong", [[], ["ask"], ["ask", "Why?", "--jsonl"], ["evaluate"]])
def test_a_wrong_command_line_is_refused(wrong: list[str]) -> None:
    with pytest.raises(SystemExit) as stopped:
        main(wrong)
    assert stopped.value.code == 2
