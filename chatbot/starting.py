"""What every process of the chat does first."""

from __future__ import annotations

import gc

THRESHOLDS = (100_000, 50, 100)
"""Objects made since the last look for garbage, and looks until older ones are looked through."""


def collect_rarely() -> None:
    """Let Python look for garbage more rarely than it does by default.

    Modules, articles and banks stay as long as the process. Looking through them again and again
    while they are read takes a tenth of the time of a start.
    """
    gc.set_threshold(*THRESHOLDS)
