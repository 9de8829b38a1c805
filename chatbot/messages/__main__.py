"""Print how hard each English text is to read: `python -m chatbot.messages`."""

from __future__ import annotations

import sys

from chatbot.messages.reading import HARDEST, SHORT, readings


def main() -> int:
    """Print the texts from hardest to easiest; return 1 if one is too hard."""
    found = sorted(readings(), key=lambda reading: -reading.grade)
    print(f"{'grade':>6} {'words':>6}  text")
    for reading in found:
        mark = "  too hard" if reading.hard else ""
        print(f"{reading.grade:6.1f} {reading.words:6}  {reading.msgid}{mark}")
    hard = sum(reading.hard for reading in found)
    print(f"{hard} of {len(found)} texts over {SHORT} words are above grade {HARDEST:g}.")
    return 1 if hard else 0


if __name__ == "__main__":
    sys.exit(main())
