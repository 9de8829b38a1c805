"""The bank of questions on an article, with the sentences that answer each."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from pydantic import Field, TypeAdapter, ValidationError

from corpus.article import Sentence
from corpus.editor_files import EditorFile, Form, Key, Text, read_text
from corpus.errors import CorpusError
from corpus.lookup import SentenceLookup


@dataclass(frozen=True, slots=True)
class BankQuestion:
    """A question with the numbers of the sentences that answer it, best first.

    `need` holds groups of sentences of which a full answer covers each. A question that the
    article does not answer has no answers, and `missing` says what it lacks. `example` marks the
    questions that the page may offer.
    """

    id: str
    question: str
    answers: tuple[int, ...]
    need: tuple[tuple[int, ...], ...]
    missing: str
    style: str
    author: str
    example: bool

    @property
    def answered(self) -> bool:
        """Return whether the article answers the question."""
        return bool(self.answers)


@dataclass(frozen=True, slots=True)
class QuestionBank:
    """The questions in the order of their file."""

    questions: tuple[BankQuestion, ...]

    def __iter__(self) -> Iterator[BankQuestion]:
        """Iterate over the questions."""
        return iter(self.questions)

    def __len__(self) -> int:
        """Return the number of questions."""
        return len(self.questions)


class _Entry(Form):
    id: Text
    question: Text
    gold: list[str] | None = Field(None, min_length=1)
    need: Sequence[list[str]] = ()
    missing: Text | None = None
    style: Text
    author: Text
    example: bool = False


_ENTRIES = TypeAdapter(list[_Entry])


class _JsonLines(EditorFile):
    """A file of one JSON object a line."""

    def __init__(self, file: Path, text: str) -> None:
        super().__init__(file, text)
        self.lines = text.split("\n")

    def line_of(self, *place: Key) -> int | None:
        return place[0] + 1 if place and isinstance(place[0], int) else None

    def entries(self) -> Iterable[tuple[int, _Entry]]:
        """Return the entries, each after the index of its line."""
        indexes = [index for index, line in enumerate(self.lines) if line.strip()]
        try:
            # All at once: a bank is read whenever the chat starts.
            found = _ENTRIES.validate_json(f"[{','.join(self.lines[row] for row in indexes)}]")
        except ValidationError:
            found = []
        if len(found) != len(indexes):
            # One is wrong, and told with its line.
            found = [self._entry(index) for index in indexes]
        return zip(indexes, found, strict=True)

    def _entry(self, index: int) -> _Entry:
        try:
            data = json.loads(self.lines[index])
        except json.JSONDecodeError as error:
            raise self.error(f"this line is not JSON: {error.msg}", index) from error
        return self.parse(_Entry, data, index)


def read_bank(path: Path, text: str, sentences: Sequence[Sentence]) -> QuestionBank:
    """Return the bank of questions.jsonl; `text` and `sentences` are the article's.

    Raises CorpusError for a line that is not such an object, a gold text that is not exactly a
    sentence, an answer beside `missing` or neither, or a question or id that stands twice.
    """
    file = _JsonLines(path, read_text(path))
    reader = _Reader(file, SentenceLookup(text, sentences))
    return QuestionBank(tuple(reader.read(index, entry) for index, entry in file.entries()))


class _Reader:
    def __init__(self, file: _JsonLines, lookup: SentenceLookup) -> None:
        self._file = file
        self._lookup = lookup
        self._seen: dict[str, int] = {}

    def read(self, index: int, entry: _Entry) -> BankQuestion:
        self._refuse_twice(index, f"question {' '.join(entry.question.casefold().split())}")
        self._refuse_twice(index, f"id {entry.id}")
        if (entry.gold is None) == (entry.missing is None):
            raise self._file.error("give either 'gold' or 'missing', one of the two", index)
        if entry.need and entry.gold is None:
            raise self._file.error("'need' goes with 'gold' only", index)
        return BankQuestion(
            entry.id,
            entry.question,
            self._numbers(index, entry.gold or []),
            tuple(self._numbers(index, group) for group in entry.need),
            entry.missing or "",
            entry.style,
            entry.author,
            entry.example,
        )

    def _refuse_twice(self, index: int, key: str) -> None:
        if key in self._seen:
            kind = key.partition(" ")[0]
            raise self._file.error(
                f"this {kind} stands on line {self._seen[key]} already; keep one", index
            )
        self._seen[key] = index + 1

    def _numbers(self, index: int, texts: list[str]) -> tuple[int, ...]:
        def fault(message: str) -> CorpusError:
            return self._file.error(message, index)

        return tuple(self._lookup.exact(text, fault).number for text in texts)
