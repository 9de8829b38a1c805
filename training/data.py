"""What is learned from: labelled messages and the question banks."""

from __future__ import annotations

import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from pathlib import Path

from chatbot.guard.level import Label
from corpus import Article, ConfigError
from index import terms

OUTSIDE = (Label.INFORMATION, Label.ABOUT, Label.OFF_TOPIC)

GUARD_DATA = Path(__file__).with_name("data")


@dataclass(frozen=True, slots=True)
class Message:
    """A message with the label that its author gave it; `source` names the author's file.

    `pair` is common to the two members of a minimal pair, empty for the rest; a look-alike
    resembles an emergency or a crisis and is none.
    """

    id: str
    text: str
    label: Label
    source: str
    english: bool
    pair: str
    lookalike: bool


@dataclass(frozen=True, slots=True)
class Asked:
    """A bank question; `answers` are sentence numbers, best first, empty where there are none."""

    text: str
    answers: tuple[int, ...]
    author: str


def messages(folder: Path = GUARD_DATA, without: Collection[str] = ()) -> list[Message]:
    """Return the labelled messages of every author but those named.

    Raises ConfigError that names the file and line of a bad one.
    """
    found: list[Message] = []
    for file in sorted(folder.glob("guard_*.jsonl")):
        source = file.stem.removeprefix("guard_")
        if source in without:
            continue
        for number, line in enumerate(file.read_text("utf-8").splitlines(), 1):
            try:
                found.append(_message(json.loads(line), source))
            except (ValueError, KeyError, TypeError) as error:
                raise ConfigError(f"{file}:{number}: is no labelled message: {error}.") from error
    return found


def asked(articles: Sequence[Article], without: Collection[str] = ()) -> list[Asked]:
    """Return the bank questions of one article, of every author but those named."""
    return [
        Asked(entry.question, entry.answers, entry.author)
        for article in articles
        for entry in article.bank or ()
        if entry.author not in without
    ]


def outside(known: Sequence[Message], articles: Sequence[Article]) -> list[Asked]:
    """Return fair messages that share no rare word with an article, as questions it leaves open.

    They teach the question encoder what lies outside the article altogether.
    """
    subject = {term for article in articles for term in terms(article.text) if len(term) > 2}
    common = {
        term
        for message in known
        if message.label is Label.OFF_TOPIC
        for term in terms(message.text)
    }
    rare = subject - common
    return [
        Asked(message.text, (), message.source)
        for message in known
        if message.label in OUTSIDE and not rare & set(terms(message.text))
    ]


def _message(row: dict[str, str], source: str) -> Message:
    label = Label.ABOUT if row["label"] == "meta" else Label(row["label"])
    lookalike = row.get("lookalike_of") in (Label.EMERGENCY, Label.CRISIS)
    english = row.get("lang", "en") == "en"
    return Message(row["id"], row["text"], label, source, english, row.get("pair", ""), lookalike)
