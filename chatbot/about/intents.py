"""Which fixed message answers a message about the chat itself."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus import ConfigError

FILE = Path(__file__).with_name("intents.toml")


@dataclass(frozen=True, slots=True)
class Intents:
    """Patterns by the id of the message that answers them, tried in the order of the file."""

    patterns: Mapping[str, re.Pattern[str]]
    default: str
    abuse: re.Pattern[str]

    @classmethod
    def load(cls, file: Path = FILE) -> Intents:
        """Read the intents; raises ConfigError if the file cannot be used."""
        try:
            data = tomllib.loads(file.read_text("utf-8"))
            patterns = {
                str(entry["message"]): re.compile(entry["pattern"], re.I | re.X)
                for entry in data["intent"]
            }
            abuse = re.compile(data["abuse"]["pattern"], re.I | re.X)
            return cls(patterns, str(data["default"]), abuse)
        except (OSError, ValueError, KeyError, re.error) as error:
            raise ConfigError(f"{file}: cannot be used as intents: {error}.") from error

    def message_for(self, text: str) -> str:
        """Return the id of the fixed message that answers a text about the chat."""
        found = (name for name, pattern in self.patterns.items() if pattern.search(text))
        return next(found, self.default)

    def abusive(self, text: str) -> bool:
        """Return whether a text insults the chat or whoever may read it."""
        return bool(self.abuse.search(text))

    def plainly(self, text: str) -> str | None:
        """Return the message for a text that is nothing but a greeting, thanks or goodbye."""
        words = re.sub(r"[^\w\s']", " ", text).split()
        if len(words) > 4:
            return None
        for name in ("about.thanks", "about.hello", "about.bye"):
            pattern = self.patterns[name]
            if words and all(pattern.search(word) or word.lower() in _FILLERS for word in words):
                return name if any(pattern.search(word) for word in words) else None
        return None


_FILLERS = frozenset(
    "you so much very a lot there again everyone all good that this ok for now".split()
)
