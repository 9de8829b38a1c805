"""Where on the page the parts of a reply's fixed message stand."""

from __future__ import annotations

from chatbot.messages import Catalogue
from chatbot.reply import Reply, ReplyKind


def message_lines(reply: Reply, catalogue: Catalogue) -> tuple[str, ...]:
    """Return the message's lines, without one that stands over the suggestions instead."""
    lines = tuple(line for line in reply.message.split("\n") if line)
    return lines[:-1] if _offers_fair_part(reply, catalogue) else lines


def suggestions_heading(reply: Reply, catalogue: Catalogue) -> str:
    """Return the line over the questions to click after a reply."""
    fair = _offers_fair_part(reply, catalogue)
    return catalogue.text("personal_advice.fair_part" if fair else "page.suggest_asked")


def _offers_fair_part(reply: Reply, catalogue: Catalogue) -> bool:
    """Return whether the first suggestion is the part of the question that may be answered."""
    line = catalogue.text("personal_advice.fair_part")
    refused = reply.kind is ReplyKind.PERSONAL_ADVICE and bool(reply.suggestions)
    return refused and reply.message.endswith(f"\n{line}")
