"""Measure search without a question bank: `python -m benchmarks.public FOLDER`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Sequence
from pathlib import Path

from benchmarks.public.ranking import Fusion
from benchmarks.public.report import measured, written
from benchmarks.public.scores import Scored, scored_set
from benchmarks.public.sets import PublicSet, read_sentences, read_sets
from benchmarks.public.vectors import CachedVectors
from corpus import AskError
from index import SentenceEncoder, Settings

DOCS = Path(__file__).resolve().parents[2] / "docs"
CACHE = Path(tempfile.gettempdir()) / "public-vectors"


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables and write the report; return the exit status."""
    args = _parser().parse_args(argv)
    try:
        settings = Settings.load()
        sets, sentences = scored_sets(args.folder, args.cache, settings)
        report = measured(sets, sentences, Fusion(settings.dense, settings.length))
        print(report.tables)
        for file in written(report, args.docs):
            print(file, file=sys.stderr)
    except AskError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def scored_sets(
    folder: Path, cache: Path, settings: Settings
) -> tuple[dict[str, list[Scored]], list[Scored]]:
    """Return the scores of the sets in a folder, by the set's name, and of SQuAD's sentences."""
    sets, sentences = read_sets(folder), read_sentences(folder)
    encoder = CachedVectors(SentenceEncoder(settings), cache)

    def scored(one: PublicSet, elsewhere: bool) -> list[Scored]:
        vectors = encoder.of(one.questions, f"{one.name}, questions")
        vectors |= encoder.of(one.units, f"{one.name}, units")
        return scored_set(one, vectors, settings, elsewhere)

    return {one.name: scored(one, elsewhere=True) for one in sets}, scored(sentences, False)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.public",
        description="Measure how articles without a question bank are searched.",
    )
    parser.add_argument("folder", type=Path, help="folder with a folder for each set")
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder that keeps the vectors")
    parser.add_argument("--docs", type=Path, default=DOCS, help="folder the report is written to")
    return parser


if __name__ == "__main__":
    sys.exit(main())
