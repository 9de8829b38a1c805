"""Questions about the chat itself: which fixed message answers which."""

from chatbot.about.intents import Intents

__all__ = ["Intents"]
