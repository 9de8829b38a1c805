"""Time a reply, stage by stage and beside bare search, and every cold start: `make bench`."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Sequence
from pathlib import Path

from benchmarks.machine import machine
from benchmarks.processes import ROOT, ran
from benchmarks.speed.cold import cold
from benchmarks.speed.comparing import absent, compared
from benchmarks.speed.report import Report, written
from benchmarks.speed.systems import SYSTEMS, Task
from benchmarks.speed.times import Times
from corpus import AskError, Library, load_library
from index import Settings
from index.weights import checked_folder

ROUNDS = 3
"""How often each question is timed in one process."""


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables and write the report; return the exit status."""
    args = _parser().parse_args(argv)
    try:
        report = measured(args.questions, args.runs)
        print(report.tables)
        for file in written(report, args.docs):
            print(file, file=sys.stderr)
    except AskError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def measured(questions: int, runs: int) -> Report:
    """Return what so many questions cost; every figure on processes is the median of `runs`."""
    library = load_library()
    task = Task(packaged_model(), _passages(library), spread(library, questions))
    # Builds what is stale, and lets the system read the files that all others need.
    ran(["-m", "chatbot", "ask", task.questions[0]])
    packages = [name for system in SYSTEMS for name in system.packages]
    return Report(
        machine(packages),
        len(task.questions),
        len(task.passages),
        runs,
        compared(task, runs, ROUNDS),
        absent(),
        _stages(task.questions),
        cold(task.questions[0], runs),
    )


def spread(library: Library, count: int) -> list[str]:
    """Return up to `count` questions spread evenly over the banks, answered or not."""
    bank = [entry.question for article in library.values() for entry in article.bank or ()]
    return (
        [bank[place * len(bank) // count] for place in range(count)] if len(bank) > count else bank
    )


def packaged_model() -> str:
    """Return the folder of the packaged weights, as no hub is asked."""
    settings = Settings.load()
    return str(checked_folder(settings.model, settings.sha256))


def _passages(library: Library) -> list[str]:
    return [
        article.read(sentence.span)
        for article in library.values()
        for sentence in article.sentences
    ]


def _stages(questions: Sequence[str]) -> dict[str, Times]:
    given = json.dumps({"questions": questions, "rounds": ROUNDS})
    taken = json.loads(ran(["-m", "benchmarks.speed.stages"], given).lines[-1])
    return {name: Times.of(times) for name, times in taken.items()}


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("--questions", type=_number, default=200, help="how many are asked")
    parser.add_argument("--runs", type=_number, default=3, help="processes of each kind")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs", help="folder of the report")
    return parser


def _number(text: str) -> int:
    if not text.isdecimal() or int(text) < 1:
        raise argparse.ArgumentTypeError(f"{text} is not a number from 1 on")
    return int(text)


if __name__ == "__main__":
    sys.exit(main())
