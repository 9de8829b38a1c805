"""`python -m chatbot evaluate`: what the chatbot gets right on question sets."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from chatbot.commands.options import Commands, chatbot_from, shared_options
from corpus import ConfigError

if TYPE_CHECKING:
    from chatbot.evaluation import Evaluation

EXTRA = frozenset({"matplotlib", "scipy", "sklearn"})
"""The libraries that only an evaluation needs."""


def add_to(commands: Commands) -> None:
    """Add the command."""
    parser = commands.add_parser(
        "evaluate", help="run question sets and count what is right", parents=[shared_options()]
    )
    parser.add_argument("files", nargs="+", type=Path, metavar="FILE", help="a question set")
    parser.add_argument("--json", type=Path, metavar="OUT", help="write everything to this file")
    parser.add_argument("--plots", type=Path, metavar="DIR", help="draw plots into this folder")
    parser.add_argument(
        "--against", type=Path, metavar="OLD", help="compare with a file that --json wrote"
    )
    parser.add_argument("--guard", action="store_true", help="print the guard's report too")
    parser.add_argument(
        "--failures", type=_count, default=10, metavar="N", help="failures printed of each sort"
    )
    parser.set_defaults(run=run)


def _count(text: str) -> int:
    if not text.isdecimal():
        raise argparse.ArgumentTypeError(f"{text!r} is not a number of failures")
    return int(text)


def run(options: argparse.Namespace) -> None:
    """Evaluate; raises ConfigError if a library of the extra `evaluate` is missing."""
    try:
        _evaluate(options)
    except ModuleNotFoundError as error:
        if (error.name or "").split(".")[0] not in EXTRA:
            raise
        raise ConfigError(
            f"The evaluation needs {error.name}; install it with `pip install -e '.[evaluate]'`."
        ) from None


def _evaluate(options: argparse.Namespace) -> None:
    from chatbot.evaluation import compare, evaluate_replies, read_right, read_rows, replies_of
    from chatbot.evaluation.report import comparison_lines, report_lines

    # Whatever can be wrong with the options shows before the minutes that the questions take.
    before = read_right(options.against) if options.against else None
    draw = _drawing(options.plots)
    _make_folder(options.json and options.json.parent)
    bot = chatbot_from(options)
    rows = read_rows(options.files, bot.library.values())
    replies = list(replies_of(bot, rows, progress=sys.stderr.isatty()))
    evaluation = evaluate_replies(rows, [one for one, _ in replies], [one for _, one in replies])
    comparison = compare(evaluation.outcomes, before) if before is not None else None
    if options.json:
        compared = {"comparison": comparison.to_json()} if comparison else {}
        _write(options.json, {**evaluation.to_json(), **compared})
    _print(report_lines(evaluation, options.guard, options.failures))
    _print(comparison_lines(comparison, options.failures) if comparison else ())
    draw(evaluation)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        print(line)


def _drawing(folder: Path | None) -> Callable[[Evaluation], object]:
    """Return what draws an evaluation into a folder; without one, nothing is drawn."""
    if folder is None:
        return lambda _: None
    from chatbot.evaluation.plots import draw

    _make_folder(folder)
    return lambda evaluation: draw(evaluation, folder)


def _make_folder(folder: Path | None) -> None:
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise ConfigError(f"{folder}: cannot be made a folder: {error.strerror}.") from None


def _write(file: Path, data: dict[str, object]) -> None:
    try:
        file.write_text(json.dumps(data, ensure_ascii=False, indent=1) + "\n", "utf-8")
    except OSError as error:
        raise ConfigError(f"{file}: cannot be written: {error.strerror}.") from None
