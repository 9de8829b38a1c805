"""The commands for a terminal: `python -m chatbot --help` lists them."""

from __future__ import annotations

import sys

from chatbot.starting import collect_rarely

if __name__ == "__main__":
    collect_rarely()
    from chatbot.commands.main import main

    sys.exit(main())
