"""One visitor's conversation as the server keeps it, for a while and in memory alone."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from chatbot.conversation import Conversation
from chatbot.reply import Reply

MOST_TURNS = 40
"""How many turns stay on the page; older ones are let go."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A reply on the page; `in_crisis` is whether one before it was to a crisis.

    `html` is what the page shows of its question and of it, written once.
    """

    reply: Reply
    in_crisis: bool
    html: tuple[str, str]


@dataclass(frozen=True, slots=True)
class Session:
    """The turns on the page and what replies may know of them; `id` is Gradio's for the tab.

    `offered` is how many questions to click are on the page; None where that is not known.
    """

    id: str = ""
    conversation: Conversation = field(default_factory=Conversation)
    turns: tuple[Turn, ...] = ()
    offered: int | None = None

    def named(self, id: str) -> Session:
        """Return the session under the name that Gradio has for the tab."""
        return replace(self, id=id)

    def after(self, reply: Reply, html: tuple[str, str] = ("", "")) -> Session:
        """Return the session that follows `reply`, shown as `html`."""
        return replace(
            self,
            conversation=self.conversation.after(reply),
            turns=(*self.turns, Turn(reply, self.conversation.in_crisis, html))[-MOST_TURNS:],
            offered=len(reply.suggestions),
        )
