"""Starting the page: the command line of `app.py`."""

from __future__ import annotations

import argparse
import logging
import socket
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TextIO

import uvicorn
from starlette.types import ASGIApp

from chatbot.web.answerer import Answerer
from chatbot.web.scrubbing import ScrubTracebacks
from chatbot.web.settings import Settings
from corpus import AskError, ConfigError

KEPT_ALIVE = 75
"""Seconds that an idle connection stays open: longer than proxies keep one they may use again.

Of a connection that closes just as a question comes, the question is lost.
"""


def parse_arguments(arguments: Sequence[str] | None = None) -> argparse.Namespace:
    """Return the parsed command line; leaves the process after `--help` or a wrong option."""
    parser = argparse.ArgumentParser(prog="app.py", description="Serve the chat page.")
    parser.add_argument("--host", default="127.0.0.1", help="address to listen on")
    parser.add_argument("--port", type=int, default=7860, help="port to listen on")
    parser.add_argument("--root-path", default="", help="prefix behind a proxy, like /ask")
    parser.add_argument(
        "--trust-proxy", default="", metavar="ADDRESS", help="believe this proxy's headers"
    )
    parser.add_argument(
        "--embed-from",
        action="append",
        default=[],
        metavar="ORIGIN",
        help="origin that may show the page in a frame; may be given more than once",
    )
    parser.add_argument(
        "--feedback",
        type=Path,
        metavar="FILE",
        help="ask readers whether a reply helped, and count their answers, without a word, in FILE",
    )
    parser.add_argument("--region", default="international", help="region of the help numbers")
    parser.add_argument("--language", default="en", help="language of the page")
    return parser.parse_args(arguments)


def settings_from(options: argparse.Namespace) -> Settings:
    """Return the settings of a command line; raises ConfigError for a wrong one."""
    return Settings(
        host=options.host,
        port=options.port,
        root_path=options.root_path,
        embed_from=tuple(options.embed_from),
        trusted_proxy=options.trust_proxy,
        feedback=options.feedback,
    )


def open_socket(host: str, port: int) -> socket.socket:
    """Return a socket that listens on the address.

    Raises ConfigError if the port is taken or the address is not this machine's.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    listener = socket.socket(family, socket.SOCK_STREAM)
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    try:
        listener.bind((host, port))
    except OSError as error:
        listener.close()
        raise ConfigError(
            f"Cannot listen on {host}, port {port}: {error.strerror or error}. "
            "Choose another port with --port."
        ) from None
    return listener


def serve(app: ASGIApp, settings: Settings, listener: socket.socket) -> None:
    """Serve until interrupted; nothing of a request is logged."""
    logging.basicConfig(level=logging.WARNING, format="%(levelname)s: %(message)s")
    for handler in logging.getLogger().handlers:
        handler.addFilter(ScrubTracebacks())
    config = uvicorn.Config(
        app,
        log_config=None,
        access_log=False,
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=KEPT_ALIVE,
        timeout_graceful_shutdown=2,
    )
    uvicorn.Server(config).run(sockets=[listener])


def run(answerer: Answerer, settings: Settings, listener: socket.socket) -> None:
    """Build the page for `answerer`, say where it is, and serve it."""
    from chatbot.web.application import build_app

    app = build_app(answerer, settings)
    host, port = listener.getsockname()[:2]
    shown = f"[{host}]" if ":" in host else host
    _say(f"The page is at http://{shown}:{port}{settings.root_path}/", sys.stdout)
    serve(app, settings, listener)


def _say(text: str, stream: TextIO) -> None:
    stream.write(text + "\n")
    stream.flush()


def main(arguments: Sequence[str] | None = None) -> int:
    """Serve the page; returns the exit code, 2 for a setting that cannot be used."""
    options = parse_arguments(arguments)
    try:
        settings = settings_from(options)
        listener = open_socket(settings.host, settings.port)
        _say("Reading the article and the models ...", sys.stderr)
        from chatbot.opening import open_chatbot

        bot = open_chatbot(language=options.language, region=options.region, progress=True)
        # All languages are read now: a fault in one is told before anyone asks in it.
        list(bot.foreign.values())
        run(bot, settings, listener)
    except AskError as error:
        _say(str(error), sys.stderr)
        return 2
    return 0
