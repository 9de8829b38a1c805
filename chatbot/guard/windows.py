"""Cutting a long message into windows, so that all of it is read."""

from __future__ import annotations

WINDOW = 140
"""Words in a window: what the encoder reads at once, with room for long words."""

STRIDE = 90
"""Words from one window's start to the next, so that no sentence is seen only in two halves."""


def windows(text: str) -> list[str]:
    """Return the text itself or, if it is longer than one window, its windows in order.

    The last window ends with the text, since the request often stands at the end.
    """
    words = text.split()
    if len(words) <= WINDOW:
        return [text]
    starts = [*range(0, len(words) - WINDOW, STRIDE), len(words) - WINDOW]
    return [" ".join(words[start : start + WINDOW]) for start in starts]
