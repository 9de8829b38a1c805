"""What a reply may know of the conversation before it."""

from __future__ import annotations

from dataclasses import dataclass, replace

from chatbot.reply import Reply, ReplyKind

MAX_ASKED = 50
"""How many of the questions asked are remembered, so that no suggestion repeats one."""


@dataclass(frozen=True, slots=True)
class Conversation:
    """The state of one conversation, kept by the server alone and forgotten with it.

    `last_question` and `last_kind` are those of the turn before; `in_crisis` stays true once a
    crisis reply was given, so that the help line stays in view.
    """

    last_question: str = ""
    last_kind: ReplyKind | None = None
    asked: tuple[str, ...] = ()
    in_crisis: bool = False

    def after(self, reply: Reply) -> Conversation:
        """Return the state that follows `reply`."""
        return replace(
            self,
            last_question=reply.question,
            last_kind=reply.kind,
            asked=(*self.asked, reply.question)[-MAX_ASKED:],
            in_crisis=self.in_crisis or reply.kind is ReplyKind.CRISIS,
        )
