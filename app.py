"""Serve the chat page: `python app.py --help` lists the settings."""

from __future__ import annotations

import sys

from chatbot.starting import collect_rarely

if __name__ == "__main__":
    collect_rarely()
    from chatbot.web.server import main

    sys.exit(main())
