"""Reading the command line and running one command."""

from __future__ import annotations

import argparse
import io
import os
import sys
from collections.abc import Callable, Sequence

from chatbot.commands import ask, evaluate, explain
from corpus import AskError

DESCRIPTION = "Answer questions only in the words of an article, and see how well that goes."

INTERRUPTED = 130
"""The exit status of a command that was interrupted from the keyboard."""


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; return 0, or 1 after an error in one sentence on standard error."""
    options = _parser().parse_args(arguments)
    run: Callable[[argparse.Namespace], None] = options.run
    if isinstance(sys.stdout, io.TextIOWrapper):
        sys.stdout.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        run(options)
        sys.stdout.flush()
    except AskError as error:
        print(error, file=sys.stderr)
        return 1
    except BrokenPipeError:
        _forget_output()
        return 1
    except KeyboardInterrupt:
        return INTERRUPTED
    return 0


def _forget_output() -> None:
    """Send what is left to nowhere, since flushing it at exit would fail again."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m chatbot", description=DESCRIPTION)
    commands = parser.add_subparsers(required=True, metavar="COMMAND")
    for command in (ask, evaluate, explain):
        command.add_to(commands)
    return parser
