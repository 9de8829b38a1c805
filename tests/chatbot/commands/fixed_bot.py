"""A bot with fixed replies whose quotes are real spans of the real article."""

from __future__ import annotations

from dataclasses import dataclass, field

from chatbot.answer.composing import quote
from chatbot.answer.growth import grow
from chatbot.conversation import Conversation
from chatbot.messages import Catalogue
from chatbot.reply import Quote, Reply, ReplyKind
from corpus import Article, Library

LONG_QUOTE = 44


@dataclass
class FixedBot:
    """Quotes one sentence for every question, with a companion and a suggestion."""

    library: Library
    catalogue: Catalogue
    asked: list[str] = field(default_factory=list)

    @property
    def article(self) -> Article:
        return self.library["ldn-cancer"]

    def quote(self, sentence: int) -> Quote:
        return quote(self.article, grow(self.article, self.article.sentence(sentence)), 0.9)

    def reply(self, question: str, conversation: Conversation, id: str = "") -> Reply:
        assert conversation == Conversation()
        self.asked.append(question)
        return Reply(
            id,
            question,
            ReplyKind.QUOTES,
            self.catalogue.text("quotes.lead"),
            (self.quote(LONG_QUOTE),),
            self.quote(self.article.notes.limits[0]),
            ("What is LDN?",),
        )
