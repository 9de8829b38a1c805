"""Serve the page around the answerer with fixed replies: `serve_fixed.py [OPTIONS OF app.py]`."""

import sys
from dataclasses import replace

from fixed_answerer import FixedAnswerer

from chatbot.web.server import open_socket, parse_arguments, run, settings_from


def main() -> None:
    options = parse_arguments(sys.argv[1:])
    # Browser tests ask more in a minute than a reader may; the limit has tests of its own.
    settings = replace(settings_from(options), rates="10000/minute")
    answerer = FixedAnswerer(options.language, options.region)
    run(answerer, settings, open_socket(settings.host, settings.port))


if __name__ == "__main__":
    main()
