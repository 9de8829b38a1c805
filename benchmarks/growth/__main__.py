"""Measure search in growing libraries: `python -m benchmarks.growth --articles FOLDER`."""

from __future__ import annotations

import argparse
import sys
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from benchmarks.growth.adding import added
from benchmarks.growth.grown import SEED, Growing, Neighbourhood, neighbourhood
from benchmarks.growth.kinds import read_kinds
from benchmarks.growth.measuring import NEAREST, Cost, asked_of, costs
from benchmarks.growth.report import Report, written
from benchmarks.growth.texts import Texts, own_texts, read_texts
from corpus import AskError
from index import SentenceEncoder, Settings, Vectors
from index.embeddings import CachedEncoder

DOCS = Path(__file__).resolve().parents[2] / "docs"
CACHE = Path(tempfile.gettempdir()) / "growth-vectors"
SIZES = (100, 1_000, 3_000, 10_000, 100_000, 1_000_000)
QUESTIONS = 500
"""The most questions that are asked; half of them set the searches."""


def main(argv: Sequence[str] | None = None) -> int:
    """Print the tables and write the report; return the exit status."""
    args = _parser().parse_args(argv)
    try:
        texts = read_texts(args.articles) if args.articles else own_texts()
        report = measured(texts, args.size or _sizes(texts), args.cache / texts.name)
        print(report.tables)
        for file in written(report, args.docs):
            print(file, file=sys.stderr)
    except AskError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def measured(texts: Texts, sizes: Sequence[int], cache: Path) -> Report:
    """Return what is reported on libraries of some sizes; `cache` keeps the texts' vectors."""
    settings = Settings.load()
    encoder = SentenceEncoder(settings)
    known = CachedEncoder(encoder, settings.max_pieces, cache)
    real, questions = known.encode(texts.passages, True), known.encode(texts.questions, True)
    known.save()
    chosen = np.random.default_rng(SEED).permutation(len(questions))[:QUESTIONS]
    again = CachedEncoder(encoder, settings.max_pieces, cache)
    return Report(
        texts.name,
        len(real),
        len(chosen),
        [one for size in sizes for one in _costs(size, real, questions[chosen])],
        surroundings(real, questions),
        added(texts, again, encoder, settings.max_pieces),
    )


def surroundings(real: Vectors, questions: Vectors) -> dict[str, Neighbourhood]:
    """Return the surroundings of one half of the vectors, and of as many made from the other."""
    order = np.random.default_rng(SEED).permutation(len(real))
    half = len(real) // 2
    made = Growing(real[order[half:]]).made(half)
    return {
        f"{half:,} real ones": neighbourhood(real[order[:half]], questions),
        f"{half:,} made from the others": neighbourhood(made, questions),
    }


def _costs(size: int, real: Vectors, questions: Vectors) -> Iterator[Cost]:
    with tempfile.TemporaryDirectory() as scratch:
        file = Path(scratch) / "vectors.npy"
        asked = asked_of(questions, Growing(real).grown(size, file))
        for found in costs(read_kinds(), file, asked, Path(scratch)):
            print(found, file=sys.stderr)
            yield found


def _sizes(texts: Texts) -> tuple[int, ...]:
    return tuple(sorted({*SIZES, len(texts.passages)}))


def _size(text: str) -> int:
    if not text.isdecimal() or int(text) < NEAREST:
        raise argparse.ArgumentTypeError(f"{text} is not a number from {NEAREST} on")
    return int(text)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m benchmarks.growth",
        description="Measure what search costs as a library grows.",
    )
    parser.add_argument("--size", type=_size, nargs="+", help="numbers of passages")
    parser.add_argument("--articles", type=Path, help="folder with a data.jsonl of articles")
    parser.add_argument("--cache", type=Path, default=CACHE, help="folder that keeps the vectors")
    parser.add_argument("--docs", type=Path, default=DOCS, help="folder the report is written to")
    return parser


if __name__ == "__main__":
    sys.exit(main())
