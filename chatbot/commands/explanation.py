"""What an editor needs to see of how a reply came about."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

from chatbot.answer.judgement import Candidate, Judgement
from chatbot.conversation import Conversation
from chatbot.guard.languages import detect, find_danger
from chatbot.guard.level import Triage
from chatbot.guard.normalise import Normalised, normalise
from chatbot.reply import Reply
from chatbot.validation import Fault, fault_of

if TYPE_CHECKING:
    from chatbot.answer.bank_match import Neighbour
    from chatbot.chatbot import Chatbot
    from chatbot.guard.languages import LanguageGuess

SHOWN = 8
"""Candidates and bank questions that are shown."""


@dataclass(frozen=True, slots=True)
class Explanation:
    """Every judgement of one question, whichever of them decided.

    `danger` is what the word lists of other languages found. `triage` and `judgement` are None
    for a message without words to judge.
    """

    message: Normalised
    fault: Fault | None
    language: LanguageGuess
    danger: tuple[str, str] | None
    triage: Triage | None
    judgement: Judgement | None
    reply: Reply

    def to_json(self) -> dict[str, Any]:
        """Return everything that is shown, in full."""
        return {
            "readings": list(self.message.readings),
            "fault": self.fault.value if self.fault else None,
            "language": asdict(self.language),
            "danger": list(self.danger) if self.danger else None,
            "triage": _triage_json(self.triage) if self.triage else None,
            "judgement": _judgement_json(self.judgement) if self.judgement else None,
            "reply": self.reply.to_json(),
        }


def explain(bot: Chatbot, question: str) -> Explanation:
    """Return how the reply to a question on its own comes about."""
    message, fault = normalise(question), fault_of(question)
    guess = detect(message.text)
    judged = fault in (None, Fault.TOO_LONG)
    return Explanation(
        message=message,
        fault=fault,
        language=guess,
        danger=find_danger(message.text, guess),
        triage=bot.guard.triage(message, Conversation()) if judged else None,
        judgement=bot.answerer.judge(message.text) if judged else None,
        reply=bot.reply(question, Conversation()),
    )


def explanation_lines(explanation: Explanation) -> Iterator[str]:
    """Yield the explanation as plain text."""
    for reading in explanation.message.readings:
        yield f"Read as: {reading}"
    if explanation.fault:
        yield f"Fault: {explanation.fault.value}"
    sure = "sure" if explanation.language.confident else "not sure"
    yield f"Language: {explanation.language.code}, {sure}"
    if explanation.danger:
        kind, language = explanation.danger
        yield f"Danger in the word lists: {kind}, answered in {language}"
    if explanation.triage:
        yield from _triage_lines(explanation.triage)
    if explanation.judgement:
        yield from _judgement_lines(explanation.judgement)


def _triage_lines(triage: Triage) -> Iterator[str]:
    yield f"Guard: {triage.level.name.lower()}, {triage.label.value}, by {triage.reason}"
    for label, share in sorted(triage.probabilities, key=lambda pair: -pair[1]):
        yield f"  {share:6.3f}  {label.value}"


def _judgement_lines(judgement: Judgement) -> Iterator[str]:
    yield ""
    yield f"Best sentences of {judgement.article.id}"
    yield "   mixed   head   bank n-grams  dense  lexical"
    for candidate in judgement.candidates[:SHOWN]:
        yield _candidate_line(candidate, judgement)
    yield ""
    yield from _neighbour_lines(judgement)
    yield ""
    yield "Features: " + ", ".join(
        f"{name} {judgement.features[name]:.3f}" for name in judgement.features
    )
    sure = "quotes may be shown" if judgement.sure else "too unsure for quotes"
    against = f"threshold {judgement.threshold:.3f}: {sure}"
    yield f"Probability that the best one answers: {judgement.probability:.3f}, {against}"
    yield f"Further quotes need a mixed score of {judgement.further:.3f}"


def _candidate_line(one: Candidate, judgement: Judgement) -> str:
    by_part = f"{one.head:6.3f} {one.bank:6.3f} {one.ngrams:7.3f} {one.dense:6.3f}"
    text = _sentence(judgement, one.sentence)
    return f"  {one.score:6.3f} {by_part} {one.lexical:8.2f}  s{one.sentence} {text}"


def _neighbour_lines(judgement: Judgement) -> Iterator[str]:
    if not judgement.neighbours:
        yield "The article has no question bank."
        return
    yield "Nearest questions of the bank"
    for near in judgement.neighbours[:SHOWN]:
        yield f"  {near.similarity:6.3f}  {near.entry.id} {near.entry.question}"
        for number in near.entry.answers:
            yield f"            s{number} {_sentence(judgement, number)}"
        if not near.entry.answered:
            yield f"            not answered: {near.entry.missing}"


def _sentence(judgement: Judgement, number: int) -> str:
    article = judgement.article
    return article.read(article.sentence(number).span)


def _triage_json(triage: Triage) -> dict[str, Any]:
    return {
        "level": triage.level.name.lower(),
        "label": triage.label.value,
        "reason": triage.reason,
        "probabilities": {label.value: round(share, 4) for label, share in triage.probabilities},
    }


def _judgement_json(judgement: Judgement) -> dict[str, Any]:
    candidates = judgement.candidates[:SHOWN]
    return {
        "article": judgement.article.id,
        "candidates": [
            {**asdict(one), "text": _sentence(judgement, one.sentence)} for one in candidates
        ],
        "neighbours": [_neighbour_json(near) for near in judgement.neighbours[:SHOWN]],
        "features": dict(judgement.features),
        "probability": judgement.probability,
        "threshold": judgement.threshold,
        "further": judgement.further,
        "calibrated": judgement.calibrated,
    }


def _neighbour_json(near: Neighbour) -> dict[str, Any]:
    return {
        "similarity": near.similarity,
        "id": near.entry.id,
        "question": near.entry.question,
        "answers": list(near.entry.answers),
        "missing": near.entry.missing,
    }
