"""How hard the English texts are to read."""

from __future__ import annotations

import re
from dataclasses import dataclass

from chatbot.messages.catalogue import SOURCE, own_texts

HARDEST = 7.0
"""The highest grade that a text of more than `SHORT` words may have."""

SHORT = 20
"""The number of words up to which a grade says little."""

_FIELD = re.compile(r"“?\{\w+\}”?")
_FIELD_LINE = re.compile(r"^\{\w+\}$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Reading:
    """The Flesch-Kincaid grade of one text, in years of US school, and its length in words."""

    msgid: str
    words: int
    grade: float

    @property
    def hard(self) -> bool:
        """Return whether the text is long enough to judge and too hard."""
        return self.words > SHORT and self.grade > HARDEST


def readings() -> tuple[Reading, ...]:
    """Return the grade of every English text; lines that only hold a field do not count."""
    # Imported here because only those who write texts have it installed.
    import textstat

    read = []
    for msgid, text in own_texts(SOURCE).items():
        prose = _FIELD.sub("it", _FIELD_LINE.sub("", text))
        words = len(prose.split())
        read.append(Reading(msgid, words, float(textstat.flesch_kincaid_grade(prose))))
    return tuple(read)
