"""Understanding a follow-up from the question before it."""

from __future__ import annotations

import re

from chatbot.conversation import Conversation

LONGEST_FRAGMENT = 9
"""Words; a longer message stands on its own."""

_POINTS_BACK = re.compile(
    r"""(?xi)
    ^\W*(?:and|but|also|or|so|then|what\s+about|how\s+about|what\s+of|why\s*\??$|how\s*\??$)\b
    | \b(?:it|its|it's|they|them|their|those|these|that|this|one|he|she|his|her|there)\b
    """
)


def resolved(question: str, conversation: Conversation) -> str:
    """Return what to search for: a fragment that points back is read with the last question."""
    if not conversation.last_question or len(question.split()) > LONGEST_FRAGMENT:
        return question
    if not _POINTS_BACK.search(question):
        return question
    return f"{conversation.last_question} {question}"
