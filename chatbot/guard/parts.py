"""The questions that stand within one message."""

from __future__ import annotations

import re

_SENTENCE = re.compile(r"[^.!?\n]+[.!?\n]?")
_OPENING = re.compile(r"^\W*(?:and|also|but|so|ok(?:ay)?|then|well)\b[\s,]*", re.IGNORECASE)

SHORTEST = 3
"""Words; a shorter part cannot be understood by itself."""


def questions_in(message: str) -> tuple[str, ...]:
    """Return the questions of a message that has more than one sentence, in their order.

    The words are the writer's own; only a conjunction at the front is left out.
    """
    questions = (one for one in _SENTENCE.findall(message) if one.endswith("?"))
    found = (_OPENING.sub("", one.strip()) for one in questions)
    parts = tuple(part for part in found if len(part.split()) >= SHORTEST)
    return tuple(part for part in parts if part.casefold() != message.strip().casefold())
