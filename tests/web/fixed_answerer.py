"""An answerer with fixed replies, whose quotes are real spans of the real article."""

from __future__ import annotations

import time
from dataclasses import replace
from pathlib import Path

from chatbot.conversation import Conversation
from chatbot.messages import Catalogue, Region
from chatbot.reply import CitedReference, Quote, Reply, ReplyKind, SectionLink
from corpus import ARTICLES, Article, Library, load_library

EXAMPLES = (
    "What are the side effects of LDN?",
    "How did the patient with pancreatic cancer do?",
    "Is it safe with opioid painkillers?",
    "What dose did the patients in the article take?",
    "Is there proof from large trials?",
)

ANSWERS: dict[str, tuple[tuple[int, int, int], ...]] = {
    EXAMPLES[0]: ((44, 44, 44),),
    EXAMPLES[1]: ((45, 46, 45), (48, 48, 48)),
    EXAMPLES[2]: ((61, 62, 62),),
    EXAMPLES[3]: ((53, 54, 53),),
    EXAMPLES[4]: ((42, 43, 42),),
    "What about kidney cancer?": ((49, 49, 49),),
}
"""The first, last and key sentence of each quote, by question."""

KINDS = {
    "I cannot breathe": ReplyKind.EMERGENCY,
    "I want to die": ReplyKind.CRISIS,
    "Should I take it?": ReplyKind.PERSONAL_ADVICE,
    "Does it help against lupus?": ReplyKind.NOT_IN_ARTICLE,
    "Who won the match?": ReplyKind.OFF_TOPIC,
    "Thank you": ReplyKind.ABOUT,
    "¿Es seguro?": ReplyKind.OTHER_LANGUAGE,
}

MESSAGES = {
    ReplyKind.QUOTES: "quotes.lead",
    ReplyKind.INVALID: "invalid.too_long",
    **{kind: f"{kind.value}.message" for kind in KINDS.values()},
    ReplyKind.ABOUT: "about.thanks",
}

WORD = "zanzibar"
FAILING = f"Please fail over this secret word: {WORD}"
UNSHOWABLE = f"Please be answered with what no page can show: {WORD}"
SLOW = f"Please take your time: {WORD}"
PATIENCE = 60
"""How many seconds a slow answer waits for its gate."""

MIXED = "Should I take it? And what are the side effects?"
FAIR_PART = "And what are the side effects?"
OUTSIDE = "How tall is the Eiffel tower?"
ELSEWHERE = "What sets the clock?"
"""A question that the second article answers, where there is one."""


class FixedAnswerer:
    """Replies that depend on the question's words alone."""

    def __init__(
        self,
        language: str = "en",
        region: str = "international",
        articles: Path = ARTICLES,
        gate: Path | None = None,
    ) -> None:
        self.library: Library = load_library(articles)
        self.catalogue = Catalogue.load(language, Region.load(region))
        self.gate = gate

    @property
    def article(self) -> Article:
        return self.library["ldn-cancer"]

    def _wait(self) -> None:
        """Wait until the gate is there."""
        for _ in range(20 * PATIENCE):
            if self.gate is None or self.gate.exists():
                return
            time.sleep(0.05)
        raise TimeoutError("the gate did not open")

    def examples(self, conversation: Conversation) -> tuple[str, ...]:
        return tuple(question for question in EXAMPLES if question not in conversation.asked)

    def reply(self, question: str, conversation: Conversation, id: str = "") -> Reply:
        if question == FAILING:
            raise ValueError(f"cannot answer {question}")
        if question == SLOW:
            self._wait()
        if question == ELSEWHERE and len(self.library) > 1:
            return self._elsewhere(question, id)
        if question == MIXED:
            return self._mixed(question, id)
        if question == UNSHOWABLE:
            return self._unshowable(question, id)
        kind = self._kind(question)
        quotes = tuple(make_quote(self.article, *place) for place in ANSWERS.get(question, ()))
        urgent = kind in {ReplyKind.EMERGENCY, ReplyKind.CRISIS}
        return Reply(
            id,
            question,
            kind,
            self._message(question, kind),
            quotes,
            make_quote(self.article, 73, 73, 73) if question == EXAMPLES[1] else None,
            () if urgent else self._others(question, conversation),
            self._nearest() if kind is ReplyKind.NOT_IN_ARTICLE and question != OUTSIDE else None,
            self.catalogue.language,
        )

    def _message(self, question: str, kind: ReplyKind) -> str:
        name = "not_in_article.outside" if question == OUTSIDE else MESSAGES[kind]
        return self.catalogue.text(name, section=self._nearest().title, limit=1000)

    def _elsewhere(self, question: str, id: str) -> Reply:
        """Quote the second article."""
        article = list(self.library.values())[1]
        found = article.sentence_at(article.find("Light in the morning").start)
        assert found is not None
        quote = make_quote(article, found.number, found.number, found.number)
        return Reply(id, question, ReplyKind.QUOTES, self.catalogue.text("quotes.lead"), (quote,))

    def _mixed(self, question: str, id: str) -> Reply:
        """Refuse, and offer the part of the question that may be answered."""
        names = ("personal_advice.message", "personal_advice.fair_part")
        message = "\n".join(map(self.catalogue.text, names))
        safety = (make_quote(self.article, 61, 62, 61),)
        offered = (FAIR_PART, EXAMPLES[4])
        return Reply(id, question, ReplyKind.PERSONAL_ADVICE, message, safety, suggestions=offered)

    def _unshowable(self, question: str, id: str) -> Reply:
        """Quote an article that is not there, under the question as its name."""
        quote = make_quote(self.article, 44, 44, 44)
        span = replace(quote.span, article=question)
        return Reply(id, question, ReplyKind.QUOTES, "", (replace(quote, span=span),))

    def _others(self, question: str, conversation: Conversation) -> tuple[str, ...]:
        return tuple(other for other in self.examples(conversation) if other != question)[:3]

    def _kind(self, question: str) -> ReplyKind:
        if len(question) > 1000:
            return ReplyKind.INVALID
        known = ReplyKind.QUOTES if question in ANSWERS else ReplyKind.NOT_IN_ARTICLE
        return KINDS.get(question, known)

    def _nearest(self) -> SectionLink:
        section = self.article.section(11)
        return SectionLink(self.article.id, section.title, section.slug)


def make_quote(article: Article, first: int, last: int, key: int) -> Quote:
    """Return the quote of the sentences from first to last, with the references they rest on."""
    start, end = article.sentence(first), article.sentence(last)
    span = start.span if first == last else start.span.union(end.span)
    numbers = sorted({n for s in range(first, last + 1) for n in article.notes.rests_on.get(s, ())})
    references = tuple(
        CitedReference(reference.number, article.read(reference.entry.span), reference.url)
        for reference in article.references
        if reference.number in numbers
    )
    section = article.section(start.section).title
    place = (section, start.paragraph, (first, last), 0.9)
    return Quote(span, article.sentence(key).span, article.read(span), *place, references)
