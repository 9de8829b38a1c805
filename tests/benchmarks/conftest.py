from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest

from benchmarks.public.sets import read_sets

SUBJECTS = {
    "sleep": ["Naps", "Caffeine", "Light", "Pillows"],
    "privacy": ["Cookies", "Payments", "Location", "Photos"],
    "history": ["Castles", "Bishops", "Harbours", "Coins"],
}
FOLDERS = ("privacyqa_legalbench", "covid_qa_200423", "squad2_halfdev", "medquad_articles")


def write(file: Path, rows: Iterable[Mapping[str, object]]) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    file.write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")


def paragraphs(subject: str) -> list[str]:
    return [
        f"{name} in the {subject} guide. {name} are best looked after by number {place}."
        for place, name in enumerate(SUBJECTS[subject])
    ]


def article(subject: str) -> dict[str, object]:
    """Each paragraph's second sentence answers one question; one question has no answer."""
    texts = paragraphs(subject)
    questions = [
        {
            "q": f"Who looks after {SUBJECTS[subject][place].lower()}?",
            "answers": [{"paragraph": place, "start": texts[place].index("number")}],
        }
        for place in range(len(texts))
    ]
    return {"paragraphs": texts, "questions": [*questions, {"q": "Why zebras?", "answers": []}]}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """The five sets, each with a few paragraphs made here."""
    for name in FOLDERS:
        write(tmp_path / name / "data.jsonl", [article(subject) for subject in SUBJECTS])
    texts = [text for subject in SUBJECTS for text in paragraphs(subject)]
    names = [name for subject in SUBJECTS for name in SUBJECTS[subject]]
    sleep = tmp_path / "sleepqa"
    passages = [{"pid": 100 + row, "text": text} for row, text in enumerate(texts)]
    asked = [{"q": f"tell me of {name}", "pid": 100 + row} for row, name in enumerate(names)]
    write(sleep / "pool_passages.jsonl", passages)
    write(sleep / "pool_questions.jsonl", asked)
    assert len(read_sets(tmp_path)) == 5
    return tmp_path
