"""Ask the real server much at once: `python -m benchmarks.load [--clients 50 200]`."""

from __future__ import annotations

import argparse
import asyncio
import itertools
import sys
import time
from collections.abc import Sequence
from pathlib import Path

import aiohttp

from benchmarks.__main__ import spread
from benchmarks.load.endpoints import PAGE, PROGRAMS, Body, page, programs
from benchmarks.load.readers import FAILED, PATIENCE, Crowd, Seen
from benchmarks.load.report import HEAD, row, written
from benchmarks.processes import ROOT, serving
from corpus import AskError, load_library

WARM_UP = 2.0
QUESTIONS = 500


def main(argv: Sequence[str] | None = None) -> int:
    """Print a row for each crowd and write the report; return the exit status, 1 on a failure."""
    args = _parser().parse_args(argv)
    try:
        rows, failed = asyncio.run(_measured(args))
        print(written(rows, args.docs), file=sys.stderr)
    except AskError as error:
        print(error, file=sys.stderr)
        return 1
    return 1 if failed else 0


async def _measured(args: argparse.Namespace) -> tuple[list[str], int]:
    """Return the rows, and how many questions failed."""
    questions = spread(load_library(), QUESTIONS)
    print(HEAD)
    rows, failed = [], 0
    for path, size in itertools.product((PAGE, PROGRAMS), args.clients):
        # Each crowd meets a new server, on which no reader has asked before.
        with serving("--trust-proxy", "127.0.0.1") as server:
            seen = await asked(server.address, path, questions, size, args)
        rows.append(row(path, size, seen, args.seconds))
        print(rows[-1], flush=True)
        for fault, count in seen.faults.items():
            print(f"{path}, {size} clients: {fault}, {count} times", file=sys.stderr)
        failed += seen.counts[FAILED]
    return rows, failed


async def asked(
    address: str, path: str, questions: Sequence[str], size: int, args: argparse.Namespace
) -> Seen:
    """Return what became of what so many readers asked the server at an address."""
    async with aiohttp.ClientSession(
        address,
        connector=aiohttp.TCPConnector(limit=size),
        timeout=aiohttp.ClientTimeout(total=PATIENCE),
    ) as client:
        config = await _config(client)
        endpoint = page(config) if path == PAGE else programs()
        crowd = Crowd(client, endpoint, questions, size, args.each)
        return await crowd.ask(args.seconds, WARM_UP)


async def _config(client: aiohttp.ClientSession) -> Body:
    """Return what Gradio tells the page, as soon as the server listens."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            async with client.get("/config") as answer:
                return dict(await answer.json())
        except aiohttp.ClientConnectorError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.05)


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--clients", type=int, nargs="+", default=[50, 200], help="readers at once")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long they ask")
    parser.add_argument(
        "--each", type=int, default=10, help="questions that one reader asks before the next comes"
    )
    parser.add_argument("--docs", type=Path, default=ROOT / "docs", help="folder of the report")
    return parser


if __name__ == "__main__":
    sys.exit(main())
