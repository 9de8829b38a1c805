"""The two ways to ask the server: as the page does, and as programs do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from chatbot.web.middleware.calls import CALL

PAGE = CALL
PROGRAMS = "/api/ask"

Body = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Endpoint:
    """A path with the body that asks a question there, in a conversation by its name.

    `answers` tells whether what came back holds a reply.
    """

    path: str
    body: Callable[[str, str], Body]
    answers: Callable[[Body], bool]


def page(config: Body) -> Endpoint:
    """Return where the page asks, from what Gradio tells it; a reply brings the whole log."""
    function = asking(config)

    def body(question: str, session: str) -> Body:
        return {"fn_index": function, "session_hash": session, "data": [question, None]}

    return Endpoint(PAGE, body, _shows_a_reply)


def programs() -> Endpoint:
    """Return where programs ask; a reply comes by itself, as JSON."""
    return Endpoint(
        PROGRAMS, lambda question, _: {"question": question}, lambda body: "kind" in body
    )


def asking(config: Body) -> int:
    """Return the number under which Gradio knows asking, from what it tells the page."""
    return int(config["dependencies"][0]["id"])


def _shows_a_reply(body: Body) -> bool:
    log = body["data"][1]
    return bool(log) and log[-1]["role"] == "assistant" and "data-turn=" in str(log[-1]["content"])
