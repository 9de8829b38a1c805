"""The chatbot: one question in, exactly one reply out."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from chatbot.about import Intents
from chatbot.answer.answerer import Answerer
from chatbot.answer.composing import companion_for, quotes_for, safety_quotes
from chatbot.answer.followup import adds_up, resolved
from chatbot.answer.judgement import Judgement
from chatbot.conversation import Conversation
from chatbot.guard.guard import Guard
from chatbot.guard.languages import detect, find_danger
from chatbot.guard.level import Label, Level, Triage
from chatbot.guard.normalise import Normalised, normalise
from chatbot.guard.parts import questions_in
from chatbot.messages import Catalogue
from chatbot.reply import Reply, ReplyKind, SectionLink
from chatbot.validation import LIMIT, Fault, fault_of
from corpus import Library
from index import remembering

SUGGESTIONS = 2
"""Questions offered under a reply."""

FIRST_EXAMPLES = 5
"""Questions offered before the first."""

_KIND = {
    Level.CRISIS: ReplyKind.CRISIS,
    Level.EMERGENCY: ReplyKind.EMERGENCY,
    Level.PERSONAL: ReplyKind.PERSONAL_ADVICE,
}


@dataclass(frozen=True, slots=True)
class Chatbot:
    """Turns questions into replies; it holds no state of any conversation."""

    library: Library
    catalogue: Catalogue
    foreign: Mapping[str, Catalogue]
    guard: Guard
    answerer: Answerer
    intents: Intents

    @remembering()
    def reply(self, question: str, conversation: Conversation, id: str = "") -> Reply:
        """Return the one reply to a question.

        The order is: crisis and emergency, whatever else is wrong with the message; validity;
        personal advice; questions about the chat; search; quotes or not.
        """
        return _Turn(self, question, conversation, id).reply()

    def examples(self, conversation: Conversation) -> tuple[str, ...]:
        """Return questions to begin with, none that was asked before."""
        asked = {question.casefold().strip() for question in conversation.asked}
        marked = (
            entry.question
            for article in self.library.values()
            for entry in article.bank or ()
            if entry.example
        )
        fresh = [question for question in marked if question.casefold() not in asked]
        return tuple(fresh[:FIRST_EXAMPLES])


@dataclass(frozen=True, slots=True)
class _Turn:
    """One question on its way to its reply."""

    bot: Chatbot
    question: str
    conversation: Conversation
    id: str

    def reply(self) -> Reply:
        fault = fault_of(self.question)
        if fault in (Fault.EMPTY, Fault.NOT_TEXT):
            return self._fixed(ReplyKind.INVALID, fault.value)
        message = normalise(self.question)
        return self._in_danger(message) or self._guarded(message, fault)

    def _in_danger(self, message: Normalised) -> Reply | None:
        """Return help for danger stated in another language."""
        found = find_danger(message.text, detect(message.text))
        if found is None:
            return None
        danger, language = found
        return self._fixed(ReplyKind(danger), f"{danger}.message", language)

    def _guarded(self, message: Normalised, fault: Fault | None) -> Reply:
        triage = self.bot.guard.triage(message, self.conversation)
        if triage.level >= Level.EMERGENCY:
            return self._help(message, triage)
        if fault is not None:
            return self._fixed(ReplyKind.INVALID, fault.value, limit=LIMIT)
        guess = detect(message.text)
        if guess.confident and guess.code != "en":
            return self._fixed(ReplyKind.OTHER_LANGUAGE, "other_language.message", guess.code)
        if triage.level is Level.PERSONAL:
            return self._refusal(message, triage)
        return self._fair(message, triage)

    def _help(self, message: Normalised, triage: Triage) -> Reply:
        kind = _KIND[triage.level]
        poisoning = kind is ReplyKind.EMERGENCY and self.bot.guard.is_poisoning(message)
        return self._fixed(kind, "emergency.poison" if poisoning else f"{kind.value}.message")

    def _refusal(self, message: Normalised, triage: Triage) -> Reply:
        judgement = self.bot.answerer.judge(message.text)
        attack = triage.label is Label.ATTACK
        fair = () if attack else self._fair_parts(message)
        text = self.bot.catalogue.text("attack.message" if attack else "personal_advice.message")
        if fair:
            text = f"{text}\n{self.bot.catalogue.text('personal_advice.fair_part')}"
        safety = () if attack else safety_quotes(judgement.article, judgement.candidates)
        return Reply(
            self.id,
            self.question,
            ReplyKind.PERSONAL_ADVICE,
            text,
            quotes=safety,
            suggestions=(*fair, *self._suggestions(judgement))[:SUGGESTIONS],
            language=self.bot.catalogue.language,
        )

    def _fair_parts(self, message: Normalised) -> tuple[str, ...]:
        """Return the questions within a refused message that the article answers as they stand."""
        parts = questions_in(message.text)
        return tuple(part for part in parts if self._is_answered(part))[:SUGGESTIONS]

    def _is_answered(self, part: str) -> bool:
        triage = self.bot.guard.triage(normalise(part), Conversation())
        fair = triage.level is Level.FAIR and triage.label is Label.INFORMATION
        return fair and self.bot.answerer.judge(part).sure

    def _fair(self, message: Normalised, triage: Triage) -> Reply:
        plain = self.bot.intents.plainly(message.text)
        if plain is not None:
            return self._about(plain)
        judgement = self._judged(message.text)
        sure = judgement.sure
        if sure and triage.label is not Label.OFF_TOPIC:
            return self._quotes(judgement)
        if self.bot.intents.abusive(message.text):
            return self._fixed(ReplyKind.OFF_TOPIC, "abusive.message")
        if triage.label is Label.ABOUT:
            return self._about(self.bot.intents.message_for(message.text))
        if triage.label is Label.OFF_TOPIC:
            return self._fixed(
                ReplyKind.OFF_TOPIC, "off_topic.message", suggestions=self._suggestions(judgement)
            )
        return self._not_in_article(judgement)

    def _judged(self, text: str) -> Judgement:
        """Judge the question as it stands and, if it points back, with the one before it."""
        alone = self.bot.answerer.judge(text)
        whole = resolved(text, self.conversation)
        if whole == text or alone.sure:
            return alone
        together = self.bot.answerer.judge(whole)
        if not together.sure:
            return alone
        before = self.bot.answerer.judge(self.conversation.last_question)
        return together if adds_up(text, before, together) else alone

    def _about(self, name: str) -> Reply:
        article = next(iter(self.bot.library.values()))
        metadata = article.metadata
        return self._fixed(
            ReplyKind.ABOUT,
            name,
            suggestions=self.bot.examples(self.conversation)[:SUGGESTIONS],
            title=metadata.title,
            author=metadata.author,
        )

    def _quotes(self, judgement: Judgement) -> Reply:
        quotes = quotes_for(judgement)
        return Reply(
            self.id,
            self.question,
            ReplyKind.QUOTES,
            self.bot.catalogue.text("quotes.lead"),
            quotes=quotes,
            companion=companion_for(judgement.article, quotes),
            suggestions=self._suggestions(judgement),
            language=self.bot.catalogue.language,
        )

    def _not_in_article(self, judgement: Judgement) -> Reply:
        article = judgement.article
        if not judgement.related:
            suggestions = self._suggestions(judgement)
            return self._fixed(
                ReplyKind.NOT_IN_ARTICLE, "not_in_article.outside", suggestions=suggestions
            )
        sentence = article.sentence(judgement.candidates[0].sentence)
        section = article.section(sentence.section)
        return Reply(
            self.id,
            self.question,
            ReplyKind.NOT_IN_ARTICLE,
            self.bot.catalogue.text("not_in_article.message", section=section.title),
            suggestions=self._suggestions(judgement),
            nearest=SectionLink(article.id, section.title, section.slug),
            language=self.bot.catalogue.language,
        )

    def _suggestions(self, judgement: Judgement) -> tuple[str, ...]:
        asked = (*self.conversation.asked, self.question)
        known = {" ".join(question.casefold().split()) for question in asked}
        fresh = (one for one in judgement.examples if one.casefold() not in known)
        return tuple(fresh)[:SUGGESTIONS]

    def _fixed(
        self,
        kind: ReplyKind,
        name: str,
        language: str = "",
        suggestions: tuple[str, ...] = (),
        **fields: object,
    ) -> Reply:
        """Return a reply that is one fixed message, in `language` where the catalogue has it."""
        catalogue = self.bot.foreign.get(language, self.bot.catalogue)
        if not catalogue.speaks(name):
            catalogue = self.bot.catalogue
        return Reply(
            self.id,
            self.question,
            kind,
            catalogue.text(name, **fields),
            suggestions=suggestions,
            language=catalogue.language,
        )
