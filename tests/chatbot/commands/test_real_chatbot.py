"""The commands with the learned files, as a reader runs them."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from chatbot.learned import MANIFEST, MODELS

pytestmark = pytest.mark.skipif(
    not (MODELS / MANIFEST).is_file(), reason="the learned files are not made yet"
)

ROOT = MODELS.parent
QUESTIONS = [
    {"id": "1", "question": "What is the most common side effect of LDN?", "kind": "answerable"},
    {"id": "2", "question": "How far is the moon from the earth?", "kind": "off_topic"},
]


def run(*arguments: str, given: str = "") -> str:
    done = subprocess.run(
        [sys.executable, "-m", "chatbot", *arguments],
        input=given.encode(),
        capture_output=True,
        cwd=ROOT,
        check=True,
    )
    return done.stdout.decode("utf-8")


def test_every_command(tmp_path: Path) -> None:
    lines = "\n".join(json.dumps(question) for question in QUESTIONS)
    article = (ROOT / "corpus/articles/ldn-cancer/article.txt").read_text("utf-8")
    answered = [
        json.loads(line) for line in run("ask", "--jsonl", given=f"{lines}\n{{").splitlines()
    ]
    assert [reply["id"] for reply in answered] == ["1", "2", ""]
    assert [reply["kind"] for reply in answered] == ["quotes", "off_topic", "invalid"]
    for quote in answered[0]["quotes"]:
        assert quote["text"] == article[quote["start"] : quote["end"]]

    assert answered[0]["quotes"][0]["text"] in run("ask", QUESTIONS[0]["question"])
    explained = json.loads(run("explain", "--json", QUESTIONS[0]["question"]))
    assert explained["judgement"]["probability"] >= explained["judgement"]["threshold"]
    assert explained["reply"]["quotes"] == answered[0]["quotes"]

    questions, saved = tmp_path / "set.jsonl", tmp_path / "out.json"
    gold = [answered[0]["quotes"][0]["text"]]
    questions.write_text(json.dumps({**QUESTIONS[0], "gold": gold}) + "\n" + lines.split("\n")[1])
    report = run(
        *("evaluate", str(questions), "--json", str(saved), "--plots", str(tmp_path / "plots")),
        "--guard",
    )
    assert "right quote first  " in report
    assert all(entry["right"] for entry in json.loads(saved.read_text())["outcomes"])
    assert len(list((tmp_path / "plots").iterdir())) == 6
    assert "McNemar" in run("evaluate", str(questions), "--against", str(saved))
