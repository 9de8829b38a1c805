"""The questions that stand within one message."""

from __future__ import annotations

import re

_QUESTION = re.compile(r"[^.!?\n]*[^.!?\n\s][^.!?\n]*\?")
_OPENING = re.compile(r"^\W*(?:and|also|but|so|ok(?:ay)?|then|well)\b[\s,]*", re.IGNORECASE)

SHORTEST = 3
"""Words; a shorter part cannot be understood by itself."""


def questions_in(message: str) -> tuple[str, ...]:
    """Return the questions of a message that has more than one sentence, in their order.

    The words are the writer's own; only a conjunction at the front is left out.
    """
    found = (_OPENING.sub("", match[0].strip()) for match in _QUESTION.finditer(message))
    parts = tuple(part for part in found if len(part.split()) >= SHORTEST)
    return tuple(part for part in parts if part.casefold() != message.strip().casefold())
