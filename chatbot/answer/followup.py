"""Understanding a follow-up from the question before it."""

from __future__ import annotations

import re
from functools import cache

from chatbot.answer.judgement import Judgement
from chatbot.conversation import Conversation
from index import content_terms

LONGEST_FRAGMENT = 9
"""Words; a longer message stands on its own."""

ASKING = frozenset(content_terms("article explain mean mention more please say talk tell text"))
"""Terms of asking itself, which name nothing that an article could be about."""

_POINTS_BACK = re.compile(
    r"""(?xi)
    ^\W*(?:and|but|also|or|so|then|what\s+about|how\s+about|what\s+of)\b
    | ^\W*(?:why|how)\W*$
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


def adds_up(fragment: str, before: Judgement, together: Judgement) -> bool:
    """Return whether a fragment read with the question before it was answered, not that alone.

    `before` is the judgement of that question by itself. What the fragment names must stand in the
    article; and the sentence that answers the two must be another than answers the first, or must
    name it too.
    """
    named = set(content_terms(fragment)) - ASKING
    best, article = together.candidates[0].sentence, together.article
    if before.article.id != article.id or before.candidates[0].sentence != best:
        return named <= _terms(article.text)
    return named <= _terms(article.read(article.sentence(best).span))


@cache
def _terms(text: str) -> frozenset[str]:
    """Return the terms of an article's text or of one of its sentences."""
    return frozenset(content_terms(text))
