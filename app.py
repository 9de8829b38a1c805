"""Serve the chat page: `python app.py --help` lists the settings."""

from __future__ import annotations

import sys

from chatbot.web.server import main

if __name__ == "__main__":
    sys.exit(main())
