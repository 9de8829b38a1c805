"""The commands for a terminal: `python -m chatbot --help` lists them."""

from __future__ import annotations

import sys

from chatbot.commands.main import main

if __name__ == "__main__":
    sys.exit(main())
