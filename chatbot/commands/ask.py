"""`python -m chatbot ask`: one question to read the reply of, or a file of them."""

from __future__ import annotations

import argparse
import shutil
import sys

from chatbot.commands.options import Commands, chatbot_from, shared_options
from chatbot.commands.question_lines import json_line, replies_to
from chatbot.commands.terminal import reply_lines
from chatbot.conversation import Conversation


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "ask", help="answer a question, or a file of questions", parents=[shared_options()]
    )
    asked = parser.add_mutually_exclusive_group(required=True)
    asked.add_argument("question", nargs="?", help="the question")
    asked.add_argument(
        "--jsonl",
        action="store_true",
        help='read {"id", "question"} a line from standard input and print a reply a line',
    )
    parser.add_argument("--json", action="store_true", help="print the reply as JSON")
    parser.set_defaults(run=run)


def run(options: argparse.Namespace) -> None:
    """Answer what the options ask."""
    if options.jsonl:
        _answer_lines(options)
    else:
        _answer(options)


def _answer(options: argparse.Namespace) -> None:
    bot = chatbot_from(options)
    reply = bot.reply(options.question, Conversation())
    if options.json:
        print(json_line(reply.to_json()))
        return
    width = shutil.get_terminal_size().columns
    for line in reply_lines(reply, bot.catalogue, bot.library, width):
        print(line)


def _answer_lines(options: argparse.Namespace) -> None:
    from tqdm import tqdm

    replies = replies_to(chatbot_from(options), sys.stdin.buffer)
    quiet = not sys.stderr.isatty()
    for reply in tqdm(replies, unit=" questions", file=sys.stderr, disable=quiet):
        print(json_line(reply.to_json()), flush=True)
