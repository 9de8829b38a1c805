"""Typing noise: slips of the finger and spelling by ear, as in misspelt questions."""

from __future__ import annotations

import random

LETTERS_PER_SLIP = (8, 20)
"""Fewest and most letters from one slip to the next."""

LOWERED = 0.3
BY_EAR = 0.4
"""Share of texts that are spelt by ear as well."""

_DROPPED = str.maketrans("", "", "?,.'")
_HEARD = (
    ("tion", "shun"),
    ("ph", "f"),
    ("ck", "k"),
    ("wh", "w"),
    ("kn", "n"),
    ("ough", "uff"),
    ("igh", "y"),
    ("ei", "ie"),
    ("ie", "ei"),
    ("ea", "ee"),
    ("ai", "a"),
    ("ou", "u"),
    ("ance", "ence"),
    ("able", "ible"),
    ("c", "k"),
    ("c", "s"),
    ("y", "i"),
    ("x", "ks"),
    ("mm", "m"),
    ("ll", "l"),
    ("ss", "s"),
    ("tt", "t"),
    ("pp", "p"),
    ("ff", "f"),
    ("e ", " "),
)


def mistyped(text: str, rng: random.Random) -> str:
    """Return a text with slips, some of it spelt by ear, now and then without signs."""
    if rng.random() < BY_EAR:
        text = _heard(text, rng)
    chars = list(text)
    for _ in range(max(1, len(chars) // rng.randint(*LETTERS_PER_SLIP))):
        _slip(chars, rng)
    typed = "".join(chars)
    return typed.lower().translate(_DROPPED) if rng.random() < LOWERED else typed


def _heard(text: str, rng: random.Random) -> str:
    """Spell up to three letter groups the way that they sound."""
    for written, sounds in rng.sample(_HEARD, 3):
        places = text.count(written)
        if places:
            parts = text.split(written)
            at = rng.randrange(places) + 1
            text = written.join(parts[:at]) + sounds + written.join(parts[at:])
    return text


def _slip(chars: list[str], rng: random.Random) -> None:
    """Swap, drop, double or replace one letter."""
    if not chars:
        return
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
