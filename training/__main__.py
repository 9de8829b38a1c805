"""Command line of the training: `python -m training` and `python -m training crossvalidate`."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

from corpus import AskError, load_library
from training.ablation import write_ablation
from training.fit import PLAIN
from training.heldout import FOLDS, hold_out, plain_questions, write_rows
from training.report import answer_lines, guard_lines, table
from training.settings import TrainingSettings
from training.train import PARTS, train

HELD_OUT = Path(__file__).with_name("heldout")
ARTICLE = "ldn-cancer"


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    args = _parser().parse_args(argv)
    try:
        args.run(args)
    except AskError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m training", description="Make the learned files; without a command, all."
    )
    parser.add_argument("--only", choices=PARTS, action="append", help="make some parts only")
    parser.set_defaults(run=_train)
    commands = parser.add_subparsers()
    folds = commands.add_parser("crossvalidate", help="judge each author by models without them")
    folds.add_argument("--fold", choices=[fold.name for fold in FOLDS], action="append")
    folds.add_argument("--processes", type=int, help="share each step between so many")
    folds.set_defaults(run=_crossvalidate)
    parts = commands.add_parser("ablation", help="write what each part adds into the docs")
    parts.add_argument("--models", type=Path, required=True, help="folder to read from or fill")
    parts.add_argument("--no-pair", action="store_true", help="train and try no pair model")
    parts.set_defaults(run=_ablation)
    report = commands.add_parser("report", help="print the tables of the held-out authors")
    report.set_defaults(run=_report)
    return parser


def _train(args: argparse.Namespace) -> None:
    article = load_library()[ARTICLE]
    train(article, TrainingSettings.load(), HELD_OUT, args.only or PARTS)


def _ablation(args: argparse.Namespace) -> None:
    article, settings = load_library()[ARTICLE], TrainingSettings.load()
    write_ablation(article, FOLDS[0], args.models, settings, not args.no_pair)


def _report(_: argparse.Namespace) -> None:
    article, rates = load_library()[ARTICLE], TrainingSettings.load().rates
    print(table(list(answer_lines(HELD_OUT, article, rates))), end="\n\n")
    print(table(list(guard_lines(HELD_OUT, rates))))


def _crossvalidate(args: argparse.Namespace) -> None:
    article, settings = load_library()[ARTICLE], TrainingSettings.load()
    if args.processes:
        settings = replace(settings, processes=args.processes)
    if not args.fold:
        write_rows(HELD_OUT / PLAIN, plain_questions(article))
    for fold in FOLDS:
        if not args.fold or fold.name in args.fold:
            hold_out(article, fold, settings, HELD_OUT)


if __name__ == "__main__":
    sys.exit(main())
