"""Which language a message is written in, and the danger that it may state in that language."""

from chatbot.guard.languages.danger import find_danger, foreign_danger, load_lists
from chatbot.guard.languages.language import LanguageGuess, detect

__all__ = ["LanguageGuess", "detect", "find_danger", "foreign_danger", "load_lists"]
