"""Reading the public question sets: articles whose paragraphs are ranked for each question."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from corpus import CorpusError
from corpus.splitting import split_sentences

MEDQUAD_ARTICLES = 120
"""How many articles of MedQuAD are measured: the first ones."""

SQUAD, SQUAD_FOLDER = "squad2_halfdev", "squad2_halfdev"
ARTICLES = "data.jsonl"
SLEEPQA_PASSAGES, SLEEPQA_QUESTIONS = "pool_passages.jsonl", "pool_questions.jsonl"


@dataclass(frozen=True, slots=True)
class Asked:
    """A question with the rows of the units that answer it; `right` is empty if none does."""

    text: str
    right: frozenset[int]


@dataclass(frozen=True, slots=True)
class Pool:
    """The units that are ranked against each other, and the questions asked of them.

    A unit is a paragraph of one article, or a passage of a pool.
    """

    units: tuple[str, ...]
    questions: tuple[Asked, ...]


@dataclass(frozen=True, slots=True)
class PublicSet:
    """A set by its name, with the pools in which its questions are asked."""

    name: str
    pools: tuple[Pool, ...]

    @property
    def units(self) -> set[str]:
        """The text of every unit."""
        return {unit for pool in self.pools for unit in pool.units}

    @property
    def questions(self) -> set[str]:
        """The text of every question."""
        return {asked.text for pool in self.pools for asked in pool.questions}


def read_sets(folder: Path) -> tuple[PublicSet, ...]:
    """Return the five sets in a folder; raises CorpusError naming the file that is wrong."""
    return (
        PublicSet("privacyqa", _articles(folder / "privacyqa_legalbench")),
        PublicSet("covid_qa", _articles(folder / "covid_qa_200423")),
        PublicSet(SQUAD, _articles(folder / SQUAD_FOLDER)),
        PublicSet("medquad", _articles(folder / "medquad_articles")[:MEDQUAD_ARTICLES]),
        PublicSet("sleepqa", (_passages(folder / "sleepqa"),)),
    )


def read_sentences(folder: Path) -> PublicSet:
    """Return SQuAD with the sentences of an article as units; raises CorpusError as `read_sets`."""
    return PublicSet(f"{SQUAD}, sentences", _articles(folder / SQUAD_FOLDER, _sentences))


_Row = Mapping[str, Any]
_Cut = tuple[int, int, int]
"""A unit as its paragraph, and where it starts and ends in it."""


def _paragraphs(row: _Row) -> list[_Cut]:
    return [(number, 0, len(text)) for number, text in enumerate(row["paragraphs"])]


def _sentences(row: _Row) -> list[_Cut]:
    return [
        (number, start, end)
        for number, text in enumerate(row["paragraphs"])
        for start, end in split_sentences(text)
    ]


def _articles(folder: Path, cut: Callable[[_Row], list[_Cut]] = _paragraphs) -> tuple[Pool, ...]:
    file = folder / ARTICLES
    return tuple(_article(file, number, row, cut) for number, row in _rows(file))


def _article(file: Path, number: int, row: _Row, cut: Callable[[_Row], list[_Cut]]) -> Pool:
    try:
        cuts = cut(row)
        units = tuple(row["paragraphs"][paragraph][start:end] for paragraph, start, end in cuts)
        questions = tuple(Asked(one["q"], _right(one, cuts)) for one in row["questions"])
        return Pool(units, questions)
    except (KeyError, TypeError) as error:
        raise _lacking(error, file, number) from error


def _right(question: _Row, cuts: Sequence[_Cut]) -> frozenset[int]:
    """Return the units in which an acceptable answer begins."""
    begins = [(answer["paragraph"], answer["start"]) for answer in question["answers"]]
    return frozenset(
        unit
        for unit, (paragraph, start, end) in enumerate(cuts)
        if any(at == paragraph and start <= begin < end for at, begin in begins)
    )


def _passages(folder: Path) -> Pool:
    file = folder / SLEEPQA_PASSAGES
    try:
        passages = [(row["pid"], row["text"]) for _, row in _rows(file)]
        row_of = {pid: row for row, (pid, _) in enumerate(passages)}
        file = folder / SLEEPQA_QUESTIONS
        questions = tuple(
            Asked(row["q"], frozenset({row_of[row["pid"]]})) for _, row in _rows(file)
        )
        return Pool(tuple(text for _, text in passages), questions)
    except (KeyError, TypeError) as error:
        raise _lacking(error, file, None) from error


def _rows(file: Path) -> Iterator[tuple[int, _Row]]:
    """Yield the lines of a file of JSON lines with their numbers."""
    try:
        with file.open(encoding="utf-8") as lines:
            for number, line in enumerate(lines, start=1):
                yield number, json.loads(line)
    except OSError as error:
        raise CorpusError(f"cannot be read: {error.strerror}", file, None) from error
    except ValueError as error:
        raise CorpusError(f"is not JSON: {error}", file, number) from error


def _lacking(error: Exception, file: Path, number: int | None) -> CorpusError:
    return CorpusError(f"is not a row of this set ({error}); take the file anew", file, number)
