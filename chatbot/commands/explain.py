"""`python -m chatbot explain`: why a question gets the reply that it gets."""

from __future__ import annotations

import argparse
import shutil

from chatbot.commands.explanation import explain, explanation_lines
from chatbot.commands.options import Commands, chatbot_from, shared_options
from chatbot.commands.question_lines import json_line
from chatbot.commands.terminal import reply_lines


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "explain", help="show how a reply came about", parents=[shared_options()]
    )
    parser.add_argument("question", help="the question")
    parser.add_argument("--json", action="store_true", help="print it as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Print how the reply came about, and then the reply."""
    bot = chatbot_from(options)
    explanation = explain(bot, options.question)
    if options.json:
        print(json_line(explanation.to_json()))
        return
    for line in explanation_lines(explanation):
        print(line)
    print(f"\nReply: {explanation.reply.kind.value}\n")
    width = shutil.get_terminal_size().columns
    for line in reply_lines(explanation.reply, bot.catalogue, bot.library, width):
        print(line)
