"""Replies of two chatbots to the same questions, held side by side."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from chatbot.chatbot import Chatbot
from chatbot.evaluation import Evaluation, Rate, evaluate_replies, replies_of
from chatbot.evaluation.evaluation import ALL
from chatbot.evaluation.rows import Row
from chatbot.reply import Reply, ReplyKind

HELP = frozenset({ReplyKind.CRISIS, ReplyKind.EMERGENCY})


@dataclass(frozen=True, slots=True)
class Run:
    """What one chatbot replied to every question, and the evaluation of that."""

    replies: Sequence[Reply]
    evaluation: Evaluation

    @classmethod
    def of(cls, bot: Chatbot, rows: Sequence[Row], progress: bool = False) -> Run:
        """Ask a chatbot every question on its own."""
        replies = [reply for reply, _ in replies_of(bot, rows, progress)]
        return cls(replies, evaluate_replies(rows, replies))

    @property
    def rates(self) -> dict[str, Rate]:
        """The rates over all questions, by the name of their measure."""
        answers, guard = self.evaluation.answers()[ALL], self.evaluation.guard()[ALL]
        return {**answers, **guard}


@dataclass(frozen=True, slots=True)
class Differences:
    """How many replies differ from the reference's, each counted once, by what differs most.

    `lost` and `gained` are those of another kind that do not send to help any more, and that do.
    """

    questions: int
    kind: int
    quotes: int
    suggestions: int
    lost: int
    gained: int

    @classmethod
    def of(cls, reference: Sequence[Reply], served: Sequence[Reply]) -> Differences:
        """Compare replies to the same questions in the same order."""
        pairs = list(zip(reference, served, strict=True))
        other = [(before, after) for before, after in pairs if before.kind is not after.kind]
        alike = [(before, after) for before, after in pairs if before.kind is after.kind]
        quotes = [_spans(before) != _spans(after) for before, after in alike]
        return cls(
            len(pairs),
            len(other),
            sum(quotes),
            sum(
                not differs and before.suggestions != after.suggestions
                for (before, after), differs in zip(alike, quotes, strict=True)
            ),
            sum(before.kind in HELP and after.kind not in HELP for before, after in other),
            sum(before.kind not in HELP and after.kind in HELP for before, after in other),
        )


def rates_beside(reference: Run, served: Run) -> Iterator[tuple[str, float, float]]:
    """Yield each measure with its percentage for the reference and for what serves."""
    after = served.rates
    for name, rate in reference.rates.items():
        yield name, 100 * rate.share, 100 * after[name].share


def _spans(reply: Reply) -> list[tuple[str, int, int]]:
    return [(quote.span.article, quote.span.start, quote.span.end) for quote in reply.quotes]
