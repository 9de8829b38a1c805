"""What every test shares: no deadline, since a busy machine is no fault of the code."""

from __future__ import annotations

from hypothesis import settings

settings.register_profile("any machine", deadline=None, max_examples=100)
settings.load_profile("any machine")
