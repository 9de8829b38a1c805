from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.public.__main__ import main


def test_the_report_has_every_set_and_is_the_same_again(
    folder: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "docs").mkdir()
    options = ["--cache", str(tmp_path / "cache"), "--docs", str(tmp_path / "docs")]
    report, plot = tmp_path / "docs" / "PUBLIC.md", tmp_path / "docs/plots/public-risk-coverage.svg"
    assert main([str(folder), *options]) == 0
    printed, first = capsys.readouterr().out, (report.read_bytes(), plot.read_bytes())
    assert main([str(folder), *options]) == 0
    assert capsys.readouterr().out == printed
    assert (report.read_bytes(), plot.read_bytes()) == first
    text = report.read_text("utf-8")
    assert "$" not in text
    for line in printed.splitlines():
        assert line in text
    for name in ("privacyqa", "covid_qa", "squad2_halfdev", "medquad", "sleepqa"):
        assert f"| {name} | 12 |" in printed
    assert plot.read_text("utf-8").rstrip().endswith("</svg>")


def test_a_folder_without_sets_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main([str(tmp_path / "nothing")]) == 1
    said = capsys.readouterr().err
    assert "data.jsonl" in said
    assert len(said.splitlines()) == 1
