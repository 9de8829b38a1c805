"""The levels of care and what the guard hands on."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum, StrEnum


class Level(IntEnum):
    """How much care a message needs; the higher level wins."""

    FAIR = 0
    PERSONAL = 1
    EMERGENCY = 2
    CRISIS = 3


class Label(StrEnum):
    """The classes of the guard's classifier, in the order of its outputs."""

    CRISIS = "crisis"
    EMERGENCY = "emergency"
    PERSONAL_ADVICE = "personal_advice"
    INFORMATION = "information"
    ABOUT = "about"
    OFF_TOPIC = "off_topic"
    ATTACK = "attack"


@dataclass(frozen=True, slots=True)
class Triage:
    """The guard's judgement of one message.

    `label` is the likeliest class at that level, `reason` what decided: the name of a rule or
    `classifier`. `probabilities` gives the classifier's share for each class, empty if it was not
    asked.
    """

    level: Level
    label: Label
    reason: str
    probabilities: tuple[tuple[Label, float], ...] = ()
