"""Running the chatbot over a question set."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace

from tqdm import tqdm

from chatbot.answer.answerer import Answerer
from chatbot.answer.judgement import Judgement
from chatbot.chatbot import Chatbot
from chatbot.conversation import Conversation
from chatbot.evaluation.outcomes import Judged
from chatbot.evaluation.rows import Row
from chatbot.reply import Reply


@dataclass(frozen=True)
class RecordingAnswerer(Answerer):
    """An answerer that keeps its judgements, so that each question is judged only once."""

    judgements: list[Judgement] = field(default_factory=list)

    def judge(self, question: str) -> Judgement:
        """Return the judgement of the article that answers most probably, and keep it."""
        judgement = super().judge(question)
        self.judgements.append(judgement)
        return judgement


def replies_of(
    bot: Chatbot, rows: Iterable[Row], progress: bool = False
) -> Iterator[tuple[Reply, Judged | None]]:
    """Yield the reply to each question on its own, and what the answerer thought if asked."""
    recording = RecordingAnswerer(bot.answerer.shelves)
    watched = replace(bot, answerer=recording)
    for row in tqdm(rows, unit=" questions", file=sys.stderr, disable=not progress):
        recording.judgements.clear()
        reply = watched.reply(row.text, Conversation(), row.id)
        judgements = recording.judgements
        yield reply, Judged.of(judgements[-1]) if judgements else None
