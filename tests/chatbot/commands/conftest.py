"""The bot with fixed replies."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parent))

from fixed_bot import FixedBot

from chatbot.messages import Catalogue
from corpus import load_library


@pytest.fixture(scope="session")
def fixed() -> FixedBot:
    return FixedBot(load_library(), Catalogue.load())
