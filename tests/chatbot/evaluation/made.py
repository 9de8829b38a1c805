"""Rows, replies and outcomes made by hand."""

from __future__ import annotations

from chatbot.evaluation.outcomes import Judged, Outcome, outcome_of
from chatbot.evaluation.rows import Row, Truth
from chatbot.reply import Quote, Reply, ReplyKind
from corpus import Span

GOLD = "Vivid dreams are common."
OTHER = "The capsule is white."


def quote(text: str) -> Quote:
    span = Span("made", 0, len(text), "0" * 64)
    return Quote(span, span, text, "A section", 1, (1, 1), 0.9)


def reply(kind: ReplyKind, *texts: str) -> Reply:
    return Reply("1", "?", kind, "A message.", tuple(map(quote, texts)))


def row(truth: Truth, id: str = "1", **fields: object) -> Row:
    gold = (GOLD,) if truth is Truth.ANSWERABLE else ()
    return Row(**{"id": id, "text": "?", "truth": truth, "gold": gold, **fields})  # type: ignore[arg-type]


def outcome(
    truth: Truth,
    kind: ReplyKind,
    *texts: str,
    id: str = "1",
    judged: Judged | None = None,
    **fields: object,
) -> Outcome:
    return outcome_of(row(truth, id, **fields), reply(kind, *texts), judged)
