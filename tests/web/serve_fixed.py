"""Serve the page around the answerer with fixed replies: `serve_fixed.py [OPTIONS OF app.py]`.

`--rates`, `--at-once`, `--wait`, `--articles` and `--gate` are for the tests alone.
"""

import argparse
import sys
from dataclasses import replace
from pathlib import Path

from fixed_answerer import FixedAnswerer

from chatbot.web.server import open_socket, parse_arguments, run, settings_from
from corpus import ARTICLES


def main() -> None:
    own = argparse.ArgumentParser()
    # Browser tests ask more in a minute than a reader may; the limit has tests of its own.
    own.add_argument("--rates", default="10000/minute")
    own.add_argument("--at-once", type=int, default=4)
    own.add_argument("--wait", type=float, default=5)
    own.add_argument("--articles", type=Path, default=ARTICLES)
    own.add_argument("--gate", type=Path)
    limits, others = own.parse_known_args(sys.argv[1:])
    options = parse_arguments(others)
    settings = replace(
        settings_from(options), rates=limits.rates, at_once=limits.at_once, wait=limits.wait
    )
    answerer = FixedAnswerer(options.language, options.region, limits.articles, limits.gate)
    run(answerer, settings, open_socket(settings.host, settings.port))


if __name__ == "__main__":
    main()
