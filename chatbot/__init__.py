"""The chat: guard, answer, fixed texts, web page and command line."""
