"""Answering a file of questions: one JSON object a line in, one reply a line out."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, Protocol

from chatbot.conversation import Conversation
from chatbot.messages import Catalogue
from chatbot.reply import Reply, ReplyKind


class Replier(Protocol):
    """Anything that replies; `chatbot.chatbot.Chatbot` is the one of the product."""

    @property
    def catalogue(self) -> Catalogue:
        """The fixed texts."""

    def reply(self, question: str, conversation: Conversation, id: str = "") -> Reply:
        """Return the one reply to a question."""


@dataclass(frozen=True, slots=True)
class QuestionLine:
    """One line that was read; `question` is None if the line holds no question."""

    id: str
    question: str | None


def read_line(raw: bytes) -> QuestionLine:
    """Read one line: `{"id", "question"}`, where `text` may stand for `question`.

    Other fields are ignored. A line that is no such object is one without a question.
    """
    try:
        # A byte order mark is what some editors put before the first line.
        data = json.loads(raw.decode("utf-8-sig"))
    except (ValueError, RecursionError):
        return QuestionLine("", None)
    if not isinstance(data, dict):
        return QuestionLine("", None)
    question = data.get("question", data.get("text"))
    return QuestionLine(_id(data.get("id")), question if isinstance(question, str) else None)


def replies_to(bot: Replier, lines: Iterable[bytes]) -> Iterator[Reply]:
    """Yield exactly one reply for each line, in order; each question stands on its own.

    A line without a question gets a reply of the kind `invalid` that names its number.
    """
    for number, raw in enumerate(lines, start=1):
        line = read_line(raw)
        if line.question is None:
            message = bot.catalogue.text("invalid.bad_line", line=number)
            language = bot.catalogue.language
            yield Reply(line.id, "", ReplyKind.INVALID, message, language=language)
        else:
            yield bot.reply(line.question, Conversation(), line.id)


def json_line(value: dict[str, Any]) -> str:
    """Return an object as one line of JSON that UTF-8 can hold."""
    line = json.dumps(value, ensure_ascii=False)
    try:
        line.encode("utf-8")
    except UnicodeEncodeError:
        # A question with half a surrogate pair can only be written escaped.
        return json.dumps(value)
    return line


def _id(value: object) -> str:
    if isinstance(value, str):
        return value
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return str(value) if is_number else ""
