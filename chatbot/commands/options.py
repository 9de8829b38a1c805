"""The options that every command has, and the chatbot that they describe."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from corpus import ARTICLES

if TYPE_CHECKING:
    from chatbot.chatbot import Chatbot

Commands: TypeAlias = "argparse._SubParsersAction[argparse.ArgumentParser]"
"""What a command is added to."""


def shared_options() -> argparse.ArgumentParser:
    """Return a parent parser with the options that describe a chatbot."""
    parser = argparse.ArgumentParser(add_help=False)
    group = parser.add_argument_group("the chatbot")
    group.add_argument("--region", default="international", help="region of the help numbers")
    group.add_argument("--language", default="en", help="language of the fixed messages")
    group.add_argument(
        "--articles", type=Path, default=ARTICLES, metavar="DIR", help="folder of the articles"
    )
    group.add_argument("--index", type=Path, metavar="DIR", help="folder of the index")
    return parser


def chatbot_from(options: argparse.Namespace) -> Chatbot:
    """Open the chatbot that the options describe; raises AskError if a part is missing."""
    # Imported here because `--help` need not wait for it.
    from chatbot.opening import open_chatbot

    return open_chatbot(
        articles=options.articles,
        index=options.index,
        language=options.language,
        region=options.region,
        progress=sys.stderr.isatty(),
    )
