"""Reading question sets: what was asked, and what a right reply to it is."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import Literal

from pydantic import AliasChoices, BaseModel, ConfigDict, Field, ValidationError, field_validator

from corpus import Article, ConfigError

Expectation = Literal["", "refuse", "quote", "not_in_article"]


class Truth(StrEnum):
    """What a careful reader said that a question is."""

    ANSWERABLE = "answerable"
    UNANSWERABLE = "unanswerable"
    INFORMATION = "information"
    PERSONAL_ADVICE = "personal_advice"
    EMERGENCY = "emergency"
    CRISIS = "crisis"
    OFF_TOPIC = "off_topic"
    ABOUT = "about"
    ATTACK = "attack"
    UNLABELLED = "unlabelled"


@dataclass(frozen=True, slots=True)
class Row:
    """One question of a set.

    `gold` are texts of which a right quote contains one, `need` groups of them of which a full
    answer covers each. `expect` is what an attack should get. `furniture` counts the gold texts
    that were left out because no article has them, `in_bank` tells that an article's bank has the
    same question, so that it measures memory.
    """

    id: str
    text: str
    truth: Truth
    gold: tuple[str, ...] = ()
    need: tuple[tuple[str, ...], ...] = ()
    style: str = ""
    topic: str = ""
    language: str = "en"
    pair: str = ""
    expect: Expectation = ""
    lookalike_of: str = ""
    borderline: bool = False
    furniture: int = 0
    in_bank: bool = False

    @property
    def foreign(self) -> bool:
        """Return whether the question is not in English."""
        return self.language != "en"


class _Line(BaseModel):
    model_config = ConfigDict(extra="ignore", frozen=True)

    id: str | None = None
    question: str = Field(validation_alias=AliasChoices("question", "text"))
    kind: Truth = Field(Truth.UNLABELLED, validation_alias=AliasChoices("kind", "label"))
    gold: tuple[str, ...] = ()
    need: tuple[tuple[str, ...], ...] = ()
    style: str = Field("", validation_alias=AliasChoices("style", "form"))
    topic: str = Field("", validation_alias=AliasChoices("topic", "source"))
    lang: str = ""
    pair: str = ""
    expect: Expectation = ""
    lookalike_of: str = ""
    borderline: bool = False

    @field_validator("kind", mode="before")
    @classmethod
    def _kind(cls, value: object) -> object:
        """Accept a set's own words: `meta`, and null where nobody labelled."""
        if value is None:
            return Truth.UNLABELLED
        return Truth.ABOUT if value == "meta" else value

    @field_validator("pair", "lookalike_of", "topic", "style", "expect", "lang", mode="before")
    @classmethod
    def _empty(cls, value: object) -> object:
        return "" if value is None else value


def read_rows(files: Sequence[Path], articles: Iterable[Article]) -> list[Row]:
    """Return the questions of some files, in order.

    A gold text that stands in no article is left out, and a question that keeps none of its gold
    texts counts as unanswerable. Raises ConfigError, naming file and line, for a line that is not
    a question, and for an id that stands twice.
    """
    known = _Known.of(articles)
    rows: dict[str, Row] = {}
    for file in files:
        for number, line in _lines(file):
            row = known.row(_parsed(line, f"{file}:{number}"), f"{file.stem}:{number}")
            if row.id in rows:
                raise ConfigError(f"{file}:{number}: the id {row.id!r} stands twice; keep one.")
            rows[row.id] = row
    return list(rows.values())


@dataclass(frozen=True, slots=True)
class _Known:
    """The texts of the articles, and the questions of their banks."""

    texts: tuple[str, ...]
    asked: frozenset[str]

    @classmethod
    def of(cls, articles: Iterable[Article]) -> _Known:
        listed = list(articles)
        asked = (entry.question for article in listed for entry in article.bank or ())
        return cls(tuple(article.text for article in listed), frozenset(map(_folded, asked)))

    def row(self, line: _Line, default_id: str) -> Row:
        gold = self._printed(line.gold)
        need = tuple(group for group in map(self._printed, line.need) if group)
        gone = line.kind is Truth.ANSWERABLE and not gold
        language = line.lang or ("other" if line.style == "other_language" else "en")
        return Row(
            id=line.id or default_id,
            text=line.question,
            truth=Truth.UNANSWERABLE if gone else line.kind,
            gold=gold,
            need=need,
            style=line.style,
            topic=line.topic,
            language=language,
            pair=line.pair,
            expect=line.expect,
            lookalike_of=line.lookalike_of,
            borderline=line.borderline,
            furniture=len(line.gold) - len(gold),
            in_bank=_folded(line.question) in self.asked,
        )

    def _printed(self, texts: Sequence[str]) -> tuple[str, ...]:
        return tuple(text for text in texts if any(text in article for article in self.texts))


def _lines(file: Path) -> Iterator[tuple[int, str]]:
    try:
        text = file.read_text("utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"{file}: cannot be read as a question set: {error}.") from None
    # Only a line feed ends a line: `splitlines` would also cut at characters within questions.
    lines = enumerate(text.split("\n"), start=1)
    return ((number, line) for number, line in lines if line.strip())


def _parsed(line: str, place: str) -> _Line:
    try:
        return _Line.model_validate(json.loads(line))
    except ValidationError as error:
        fault = error.errors(include_url=False)[0]
        field = ".".join(map(str, fault["loc"])) or "the line"
        raise ConfigError(f"{place}: {field}: {fault['msg']}.") from None
    except (ValueError, RecursionError) as error:
        raise ConfigError(f"{place}: this line is not JSON: {error}.") from None


def _folded(text: str) -> str:
    return " ".join(text.casefold().split())
