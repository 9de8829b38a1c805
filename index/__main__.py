"""Command line of the index: `python -m index build` and `python -m index search "..."`."""

from __future__ import annotations

import argparse
import logging
import sys
from collections.abc import Sequence
from pathlib import Path

from corpus import ARTICLES, AskError, load_library
from index.opened import IndexFolder, Searcher
from index.parts import parts_of
from index.search import Hit, search
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
    counts = [searcher.index.manifest.counts for searcher in _searchers(args, not args.if_stale)]
    passages, questions = (sum(one[name] for one in counts) for name in ("passages", "questions"))
    print(f"{args.index}: {passages} passages, {questions} bank questions")


def _search(args: argparse.Namespace) -> None:
    settings = Settings.load()
    for searcher in _searchers(args):
        print("score  dense  cover  passage")
        for hit in _hits(searcher, args.question, settings, args.limit):
            place = f"{hit.passage.article}#s{hit.passage.sentence}"
            print(
                f"{hit.score:5.2f}  {hit.dense:5.3f}  {hit.lexical:5.2f}  {place}  "
                f"{hit.passage.text}"
            )


def _hits(searcher: Searcher, question: str, settings: Settings, limit: int) -> list[Hit]:
    return search(
        searcher.index, searcher.encoder, question, settings.dense, limit, settings.length
    )


def _searchers(args: argparse.Namespace, anew: bool = False) -> list[Searcher]:
    articles = list(load_library(args.articles).values())
    folder = IndexFolder(args.index, articles, sys.stderr.isatty(), anew)
    parts = parts_of(articles, Settings.load(), tuned_weights())
    return [folder.searcher(part) for part in parts]


if __name__ == "__main__":
    sys.exit(main())
