from __future__ import annotations

import json
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from chatbot.evaluation.rows import Row, Truth, read_rows
from corpus import Article, ConfigError, load_library

FURNITURE = "7 min read that no article has"


@pytest.fixture(scope="module")
def article() -> Article:
    return load_library()["ldn-cancer"]


def read(folder: Path, article: Article, *lines: object) -> list[Row]:
    file = folder / "set.jsonl"
    written = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    file.write_text("\n".join(written), "utf-8")
    return read_rows([file], [article])


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(kept=st.lists(st.booleans(), max_size=5))
def test_gold_that_no_article_has_is_left_out(
    kept: list[bool], article: Article, tmp_path: Path
) -> None:
    texts = [article.read(sentence.span) for sentence in article.sentences[20:25]]
    gold = [text if keep else FURNITURE for keep, text in zip(kept, texts, strict=False)]
    need = [[text] for text in gold]
    line = {"id": "1", "question": "?", "kind": "answerable", "gold": gold, "need": need}
    (row,) = read(tmp_path, article, line)
    assert list(row.gold) == [text for text in gold if text != FURNITURE]
    assert [group[0] for group in row.need] == list(row.gold)
    assert row.furniture == len(gold) - len(row.gold)
    assert row.truth is (Truth.ANSWERABLE if row.gold else Truth.UNANSWERABLE)


def test_every_form_of_set_is_read(article: Article, tmp_path: Path) -> None:
    assert article.bank is not None
    known = article.bank.questions[0].question
    rows = read(
        tmp_path,
        article,
        {"id": "a", "question": f" {known.upper()} ", "kind": "meta", "gold": [], "about": "x"},
        {"id": "b", "text": "?", "label": "personal_advice", "form": "letter", "pair": None},
        "",
        {"text": "?", "label": None, "source": "K-QA", "meta": {"n": 1}, "borderline": True},
        {"id": "d", "text": "?", "label": "attack", "expect": "quote", "lookalike_of": "attack"},
        {"id": "e", "text": "?", "label": "crisis", "style": "calm", "lang": "fr"},
        {"id": "f", "question": "?", "kind": "answerable", "style": "other_language"},
    )
    assert rows == [
        Row("a", f" {known.upper()} ", Truth.ABOUT, in_bank=True),
        Row("b", "?", Truth.PERSONAL_ADVICE, style="letter"),
        Row("set:4", "?", Truth.UNLABELLED, topic="K-QA", borderline=True),
        Row("d", "?", Truth.ATTACK, expect="quote", lookalike_of="attack"),
        Row("e", "?", Truth.CRISIS, style="calm", language="fr"),
        Row("f", "?", Truth.UNANSWERABLE, style="other_language", language="other"),
    ]
    assert [row.foreign for row in rows] == [False, False, False, False, True, True]


@pytest.mark.parametrize(
    "line",
    [
        "{",
        "[]",
        "7",
        {"id": "1"},
        {"question": 7},
        {"question": "?", "kind": "nonsense"},
        {"question": "?", "kind": []},
        {"question": "?", "expect": "cake"},
        {"question": "?", "gold": "a text"},
    ],
)
def test_a_wrong_line_is_named(line: object, article: Article, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"set\.jsonl:2: ") as fault:
        read(tmp_path, article, {"question": "?"}, line)
    assert "\n" not in str(fault.value)


def test_an_id_stands_once(article: Article, tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"set\.jsonl:2: .*'1'"):
        read(tmp_path, article, {"id": "1", "question": "?"}, {"id": "1", "question": "!"})


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match=r"none\.jsonl"):
        read_rows([tmp_path / "none.jsonl"], [])
