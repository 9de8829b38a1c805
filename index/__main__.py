"""Command line of the index: `python -m index build` and `python -m index search "..."`."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus import ARTICLES, AskError, load_library
from index.build import build, open_index
from index.encoder import SentenceEncoder
from index.search import search
from index.settings import Settings, index_folder
from index.weights import tuned_weights


def main(argv: Sequence[str] | None = None) -> int:
    """Run one command; return the exit status."""
    args = _parser().parse_args(argv)
    logging.basicConfig(level=logging.INFO, format="%(message)s", stream=sys.stderr)
    try:
        args.run(args)
    except AskError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m index", description="Build and search the index."
    )
    parser.add_argument("--articles", type=Path, default=ARTICLES, help="folder of the articles")
    parser.add_argument("--index", type=Path, default=index_folder(), help="folder of the index")
    commands = parser.add_subparsers(required=True)
    building = commands.add_parser("build", help="embed the corpus and save the index")
    building.add_argument("--if-stale", action="store_true", help="only if it does not match")
    building.set_defaults(run=_build)
    searching = commands.add_parser("search", help="print the passages nearest to a question")
    searching.add_argument("question")
    searching.add_argument("--limit", type=int, default=10, help="how many passages")
    searching.set_defaults(run=_search)
    return parser


def _build(args: argparse.Namespace) -> None:
    settings, articles = Settings.load(), list(load_library(args.articles).values())
    encoder = SentenceEncoder(settings, tuned_weights())
    make = open_index if args.if_stale else build
    index = make(articles, encoder, settings, args.index, progress=sys.stderr.isatty())
    counts = index.manifest.counts
    print(f"{args.index}: {counts['passages']} passages, {counts['questions']} bank questions")


def _search(args: argparse.Namespace) -> None:
    settings, articles = Settings.load(), list(load_library(args.articles).values())
    encoder = SentenceEncoder(settings, tuned_weights())
    index = open_index(articles, encoder, settings, args.index)
    print("score  dense   bm25  passage")
    for hit in search(index, encoder, args.question, settings.dense, args.limit):
        place = f"{hit.passage.article}#s{hit.passage.sentence}"
        print(
            f"{hit.score:5.2f}  {hit.dense:5.3f}  {hit.lexical:5.2f}  {place}  {hit.passage.text}"
        )


if __name__ == "__main__":
    sys.exit(main())
