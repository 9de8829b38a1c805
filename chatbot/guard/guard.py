"""The guard: rules and classifier combined into one judgement of a message."""

from __future__ import annotations

import re
from dataclasses import dataclass

import numpy as np

from chatbot.conversation import Conversation
from chatbot.guard.classifier import Classifier, Probabilities, Thresholds
from chatbot.guard.level import Label, Level, Triage
from chatbot.guard.normalise import Normalised
from chatbot.guard.parts import questions_in
from chatbot.guard.rules import Rule, Situation
from chatbot.guard.windows import windows

_LABELS = tuple(Label)

SEVERAL = 2
"""Questions in one message from which each is read by itself as well."""

MOST_PARTS = 16
"""The last so many questions of a message are read by themselves, so that time is bounded."""

_OF_LEVEL = {
    Level.CRISIS: Label.CRISIS,
    Level.EMERGENCY: Label.EMERGENCY,
    Level.PERSONAL: Label.PERSONAL_ADVICE,
}


@dataclass(frozen=True, slots=True)
class Guard:
    """Gives each message its level of care.

    The rules may only raise the level that the classifier gives. Where two levels are close the
    safer one is taken, which is what the asymmetric thresholds are for.
    """

    rules: Rule
    classifier: Classifier
    thresholds: Thresholds
    poison: re.Pattern[str]

    def is_poisoning(self, message: Normalised) -> bool:
        """Return whether an emergency seems to be a poisoning."""
        return bool(self.poison.search(message.text))

    def triage(self, message: Normalised, conversation: Conversation) -> Triage:
        """Return the judgement of a normalised message."""
        judged = self._judged(message)
        raised = self.rules(Situation(message, conversation))
        if raised is not None and raised.level > judged.level:
            label = _OF_LEVEL[raised.level]
            return Triage(raised.level, label, raised.rule, judged.probabilities)
        return judged

    def _judged(self, message: Normalised) -> Triage:
        texts = [window for reading in message.readings for window in windows(reading)]
        rows = self.classifier.probabilities(texts)
        shares = _combined(rows, [len(windows(reading)) for reading in message.readings])
        by_label = dict(zip(_LABELS, map(float, shares), strict=True))
        level, label = self._level(by_label)
        if level is Level.FAIR and self._has_personal_part(message):
            level, label = Level.PERSONAL, Label.PERSONAL_ADVICE
        return Triage(level, label, "classifier", tuple(by_label.items()))

    def _has_personal_part(self, message: Normalised) -> bool:
        """Return whether one of several questions in a message plainly asks for advice."""
        parts = questions_in(message.text)[-MOST_PARTS:]
        if len(parts) < SEVERAL:
            return False
        rows = self.classifier.probabilities(parts)
        place = _LABELS.index(Label.PERSONAL_ADVICE)
        return bool(rows[:, place].max() >= self.thresholds.part)

    def _level(self, share: dict[Label, float]) -> tuple[Level, Label]:
        limits = self.thresholds
        danger = share[Label.CRISIS] + share[Label.EMERGENCY]
        if danger >= limits.help:
            in_crisis = share[Label.CRISIS] >= limits.crisis * danger
            level = Level.CRISIS if in_crisis else Level.EMERGENCY
            return level, _OF_LEVEL[level]
        if danger + share[Label.PERSONAL_ADVICE] + share[Label.ATTACK] >= limits.personal:
            # Who more likely asks for information must not be told off, but gets what is safe.
            attack = share[Label.ATTACK] == max(share.values())
            return Level.PERSONAL, Label.ATTACK if attack else Label.PERSONAL_ADVICE
        if share[Label.ABOUT] >= limits.about:
            return Level.FAIR, Label.ABOUT
        if share[Label.OFF_TOPIC] >= limits.off_topic:
            return Level.FAIR, Label.OFF_TOPIC
        return Level.FAIR, Label.INFORMATION


def _combined(rows: Probabilities, sizes: list[int]) -> Probabilities:
    """Return one row for a message from the rows of its windows and readings; it sums to 1.

    The shares of danger are those of the window or reading with the most of it, undiluted by the
    others. The rest is shared as in the last window, where the request stands, of the reading that
    asks most for advice.
    """
    places = [_LABELS.index(label) for label in (Label.CRISIS, Label.EMERGENCY)]
    advice = [_LABELS.index(label) for label in (Label.PERSONAL_ADVICE, Label.ATTACK)]
    danger = rows[:, places].sum(axis=1)
    lasts = rows[np.cumsum(sizes) - 1]
    combined: Probabilities = lasts[int(lasts[:, advice].sum(axis=1).argmax())].copy()
    combined[places] = 0.0
    combined *= (1.0 - danger.max()) / combined.sum()
    combined[places] = rows[int(danger.argmax()), places]
    return combined
