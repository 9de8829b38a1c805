"""Rules: small readable conditions that may raise the level of care, never lower it."""

from __future__ import annotations

import re
import tomllib
from abc import ABC, abstractmethod
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from chatbot.conversation import Conversation
from chatbot.guard.level import Level
from chatbot.guard.normalise import Normalised
from chatbot.reply import ReplyKind
from corpus import ConfigError

PATTERNS = Path(__file__).with_name("patterns.toml")


@dataclass(frozen=True, slots=True)
class Situation:
    """What a rule may look at: the message and the conversation before it."""

    message: Normalised
    conversation: Conversation


@dataclass(frozen=True, slots=True)
class Raised:
    """The level that a rule asks for, and the rule's name."""

    level: Level
    rule: str


class Rule(ABC):
    """A condition on a situation; `a | b` asks both and takes the higher level."""

    @abstractmethod
    def __call__(self, situation: Situation) -> Raised | None:
        """Return the level that the rule asks for, or None if it has nothing to say."""

    def __or__(self, other: Rule) -> Rule:
        """Return the rule that asks both."""
        return Highest((self, other))


@dataclass(frozen=True, slots=True)
class Highest(Rule):
    """The highest level that any of some rules asks for."""

    rules: tuple[Rule, ...]

    def __call__(self, situation: Situation) -> Raised | None:
        """Return the highest level raised, the first rule's where two are equal."""
        raised = [found for rule in self.rules if (found := rule(situation))]
        return max(raised, key=lambda found: found.level, default=None)


@dataclass(frozen=True, slots=True)
class Pattern(Rule):
    """A regular expression found in any reading of the message, unless an exception is too."""

    name: str
    level: Level
    pattern: re.Pattern[str]
    exception: re.Pattern[str] | None

    def __call__(self, situation: Situation) -> Raised | None:
        """Raise the level if a reading matches and holds no exception."""
        for text in situation.message.readings:
            excepted = self.exception and self.exception.search(text)
            if self.pattern.search(text) and not excepted:
                return Raised(self.level, self.name)
        return None


@dataclass(frozen=True, slots=True)
class RunTogether(Rule):
    """Phrases found in the message without its spaces, when letters were spaced out."""

    level: Level
    phrases: tuple[str, ...]

    def __call__(self, situation: Situation) -> Raised | None:
        """Raise the level if the letters alone spell one of the phrases."""
        message = situation.message
        if message.decoded == message.text:
            return None
        letters = re.sub(r"[^a-z]", "", message.decoded.casefold())
        hidden = any(phrase in letters for phrase in self.phrases)
        return Raised(self.level, "run together") if hidden else None


@dataclass(frozen=True, slots=True)
class StillPersonal(Rule):
    """A short follow-up after a refusal is still about the person."""

    pattern: re.Pattern[str]
    words: int

    def __call__(self, situation: Situation) -> Raised | None:
        """Raise to personal advice for a fragment that follows a refusal."""
        if situation.conversation.last_kind is not ReplyKind.PERSONAL_ADVICE:
            return None
        text = situation.message.text
        short = len(text.split()) <= self.words
        follows = short and self.pattern.search(text)
        return Raised(Level.PERSONAL, "still personal") if follows else None


def load_poison(file: Path = PATTERNS) -> re.Pattern[str]:
    """Return the pattern that tells a poisoning from other emergencies.

    Raises ConfigError that names the file if it cannot be used.
    """
    try:
        return re.compile(tomllib.loads(file.read_text("utf-8"))["poison"]["pattern"], re.I | re.X)
    except (OSError, ValueError, KeyError, re.error) as error:
        raise ConfigError(f"{file}: cannot be used as rules: {error}.") from error


def load_rules(file: Path = PATTERNS) -> Rule:
    """Return the rules of a patterns file, combined.

    Raises ConfigError that names the file and the entry if one cannot be used.
    """
    try:
        data = tomllib.loads(file.read_text("utf-8"))
        together = [
            RunTogether(level, tuple(data["run_together"][level.name.lower()]))
            for level in (Level.CRISIS, Level.EMERGENCY)
        ]
        follow = data["still_personal"]
        personal = StillPersonal(re.compile(follow["pattern"], re.I | re.X), int(follow["words"]))
        return Highest((*_patterns(data), *together, personal))
    except (OSError, ValueError, KeyError, re.error) as error:
        raise ConfigError(f"{file}: cannot be used as rules: {error}.") from error


def _patterns(data: dict[str, list[dict[str, str]]]) -> Iterable[Rule]:
    for level in (Level.CRISIS, Level.EMERGENCY, Level.PERSONAL):
        for entry in data.get(level.name.lower(), []):
            exception = entry.get("unless")
            yield Pattern(
                entry["name"],
                level,
                re.compile(entry["pattern"], re.I | re.X),
                re.compile(exception, re.I | re.X) if exception else None,
            )
