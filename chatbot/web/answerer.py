"""What the page needs of whatever answers questions."""

from __future__ import annotations

from typing import Protocol

from chatbot.conversation import Conversation
from chatbot.messages import Catalogue
from chatbot.reply import Reply
from corpus import Library


class Answerer(Protocol):
    """Anything that turns a question into a reply; `chatbot.Chatbot` is the one of the product."""

    @property
    def library(self) -> Library:
        """Return the articles that replies quote."""

    @property
    def catalogue(self) -> Catalogue:
        """Return the fixed texts, in the language of the page."""

    def reply(self, question: str, conversation: Conversation, id: str = "") -> Reply:
        """Return the one reply to `question`; it may be called from several threads at once."""

    def examples(self, conversation: Conversation) -> tuple[str, ...]:
        """Return questions that the article answers and that were not asked yet."""
