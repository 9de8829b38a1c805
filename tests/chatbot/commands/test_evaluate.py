"""What can be wrong with an evaluation shows before any model is read."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from chatbot.commands import evaluate
from chatbot.commands.main import main


@pytest.fixture(autouse=True)
def unopened(monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(options: object) -> None:
        raise AssertionError("the chatbot was opened")

    monkeypatch.setattr(evaluate, "chatbot_from", refuse)


def fault_of(capsys: pytest.CaptureFixture[str], *arguments: str) -> str:
    assert main(["evaluate", "set.jsonl", *arguments]) == 1
    out, err = capsys.readouterr()
    assert out == ""
    assert err.count("\n") == 1
    return err


def test_a_missing_extra_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "matplotlib", None)
    monkeypatch.delitem(sys.modules, "chatbot.evaluation.plots", raising=False)
    fault = fault_of(capsys, "--plots", str(tmp_path))
    assert "matplotlib" in fault
    assert ".[evaluate]" in fault


def test_a_module_of_our_own_that_is_missing_is_no_missing_extra(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "chatbot.evaluation.report", None)
    with pytest.raises(ModuleNotFoundError):
        main(["evaluate", "set.jsonl"])


def test_a_wrong_file_to_compare_with_is_named(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert "old.json" in fault_of(capsys, "--against", str(tmp_path / "old.json"))


@pytest.mark.parametrize("option", ["--plots", "--json"])
def test_a_place_that_cannot_be_written_is_named(
    option: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "file").write_text("")
    assert "file" in fault_of(capsys, option, str(tmp_path / "file" / "inside" / "out"))


def test_a_number_of_failures_is_not_negative() -> None:
    with pytest.raises(SystemExit):
        main(["evaluate", "set.jsonl", "--failures", "-1"])
