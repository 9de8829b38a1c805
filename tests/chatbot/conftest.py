from __future__ import annotations

import pytest

from chatbot.chatbot import Chatbot
from chatbot.opening import open_chatbot


@pytest.fixture(scope="session")
def bot() -> Chatbot:
    """The chatbot as it ships: real article, real index, learned files."""
    return open_chatbot()
