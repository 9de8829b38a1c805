from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.public.sets import read_sentences, read_sets
from corpus import CorpusError


def test_the_right_units_hold_the_answer(folder: Path) -> None:
    for one in read_sets(folder)[:4]:
        for pool in one.pools:
            *answered, impossible = pool.questions
            assert impossible.right == frozenset()
            for asked in answered:
                (right,) = asked.right
                assert asked.text.split()[-1][:-1] in pool.units[right].lower()


def test_a_passage_is_found_by_its_number(folder: Path) -> None:
    (pool,) = read_sets(folder)[-1].pools
    assert len(pool.units) == len(pool.questions) == 12
    for row, asked in enumerate(pool.questions):
        assert asked.right == {row}


def test_sentences_are_cut_from_paragraphs(folder: Path) -> None:
    one = read_sentences(folder)
    for pool in one.pools:
        assert len(pool.units) == 8
        for asked in pool.questions:
            assert all("number" in pool.units[row] for row in asked.right)
        assert {row for asked in pool.questions for row in asked.right} == {1, 3, 5, 7}


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ('{"paragraphs": [], "questions": []}\n{"paragraphs": []}\n', 2, "questions"),
        ('{"paragraphs": [], "questions": []}\n{', 2, "not JSON"),
        ('{"paragraphs": ["x"], "questions": [{"q": "y"}]}\n', 1, "answers"),
        ("[]\n", 1, "row of this set"),
    ],
)
def test_a_wrong_row_is_named(text: str, line: int, words: str, folder: Path) -> None:
    file = folder / "medquad_articles" / "data.jsonl"
    file.write_text(text, "utf-8")
    with pytest.raises(CorpusError, match=words) as caught:
        read_sets(folder)
    assert f"{file}:{line}" in str(caught.value)


def test_a_missing_file_is_named(folder: Path) -> None:
    file = folder / "sleepqa" / "pool_questions.jsonl"
    file.unlink()
    with pytest.raises(CorpusError, match=r"pool_questions\.jsonl.*cannot be read"):
        read_sets(folder)
