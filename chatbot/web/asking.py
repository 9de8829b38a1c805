"""The one place where a failure to answer is caught, so that no question reaches a log."""

from __future__ import annotations

import logging
import traceback
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from chatbot.conversation import Conversation
from chatbot.reply import Reply
from chatbot.web.answerer import Answerer
from corpus import AskError

_log = logging.getLogger(__name__)

Result = TypeVar("Result")


class AnswerFailedError(AskError):
    """No answer could be given; what went wrong is in the log, without the question."""


def well_formed(text: str) -> str:
    """Return the text with what no document can hold (lone surrogates, NUL) as U+FFFD."""
    return text.encode("utf-16", "surrogatepass").decode("utf-16", "replace").replace("\0", "�")


def place_of(error: BaseException) -> str:
    """Return where in the code an error was raised, as `file.py:12 function`."""
    frames = traceback.extract_tb(error.__traceback__)
    if not frames:
        return "an unknown place"
    last = frames[-1]
    return f"{Path(last.filename).name}:{last.lineno} {last.name}"


def unlogged(work: Callable[[], Result]) -> Result:
    """Return what `work`, which may know a question, returns.

    Raises AnswerFailedError for whatever goes wrong. An error's message may hold the question, so
    that only its type and its place in the code are logged.
    """
    try:
        return work()
    except Exception as error:  # noqa: BLE001 - the one boundary; nothing of it may be logged
        _log.error("Answering failed: %s at %s", type(error).__name__, place_of(error))
        raise AnswerFailedError("The question could not be answered.") from None


def ask(answerer: Answerer, question: str, conversation: Conversation, id: str = "") -> Reply:
    """Return the reply to a question; raises AnswerFailedError for whatever goes wrong."""
    return unlogged(lambda: answerer.reply(well_formed(question), conversation, id))
