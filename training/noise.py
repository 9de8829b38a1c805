"""Typing noise: slips of the finger and dropped punctuation, as in misspelt questions."""

from __future__ import annotations

import random

LETTERS_PER_SLIP = 18
LOWERED = 0.3
_DROPPED = str.maketrans("", "", "?,.'")


def mistyped(text: str, rng: random.Random) -> str:
    """Return a text with about one slip per `LETTERS_PER_SLIP` characters."""
    chars = list(text)
    for _ in range(max(1, len(chars) // LETTERS_PER_SLIP)):
        _slip(chars, rng)
    typed = "".join(chars)
    return typed.lower().translate(_DROPPED) if rng.random() < LOWERED else typed


def _slip(chars: list[str], rng: random.Random) -> None:
    """Swap, drop, double or replace one letter."""
    place = rng.randrange(len(chars))
    if not chars[place].isalpha():
        return
    kind = rng.random()
    if kind < 0.3 and place + 1 < len(chars):
        chars[place], chars[place + 1] = chars[place + 1], chars[place]
    elif kind < 0.6:
        chars[place] = ""
    elif kind < 0.8:
        chars[place] *= 2
    else:
        chars[place] = rng.choice("aeioustrn")
