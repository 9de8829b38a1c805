"""Ask the real server much at once: `python -m benchmarks.load [--clients 50 200]`."""

from __future__ import annotations

import argparse
import asyncio
import statistics
import sys
import time
from collections.abc import Sequence

import httpx

from benchmarks.__main__ import spread
from benchmarks.load.readers import ANSWERED, BUSY, FAILED, LIMITED, PATIENCE, Crowd, Seen, asking
from benchmarks.machine import machine
from benchmarks.processes import serving
from corpus import AskError, load_library

WARM_UP = 2.0
QUESTIONS = 500
LIBRARIES = ("gradio", "fastapi", "uvicorn", "onnxruntime", "httpx")
HEAD = (
    "| clients | replies a second | p50 ms | p95 ms | p99 ms | told to wait a minute "
    "| told that many ask | failed |\n|---:|---:|---:|---:|---:|---:|---:|---:|"
)


def main(argv: Sequence[str] | None = None) -> int:
    """Print a row for each number of clients; return the exit status, 1 if anything failed."""
    args = _parser().parse_args(argv)
    try:
        failed = asyncio.run(_measured(args))
    except AskError as error:
        print(error, file=sys.stderr)
        return 1
    return 1 if failed else 0


async def _measured(args: argparse.Namespace) -> int:
    questions = spread(load_library(), QUESTIONS)
    print(f"{machine(LIBRARIES)}; the clients share the machine.\n\n{HEAD}")
    failed = 0
    for size in args.clients:
        # Each crowd meets a new server, on which no reader has asked before.
        with serving("--trust-proxy", "127.0.0.1") as server:
            seen = await asked(server.address, questions, size, args)
        print(row(size, seen, args.seconds), flush=True)
        for fault, count in seen.faults.items():
            print(f"{size} clients: {fault}, {count} times", file=sys.stderr)
        failed += seen.counts[FAILED]
    return failed


async def asked(
    address: str, questions: Sequence[str], size: int, args: argparse.Namespace
) -> Seen:
    """Return what became of what so many readers asked the server at an address."""
    limits = httpx.Limits(max_connections=size, max_keepalive_connections=size)
    async with httpx.AsyncClient(base_url=address, timeout=PATIENCE, limits=limits) as client:
        crowd = Crowd(client, asking(await _config(client)), questions, size, args.each)
        return await crowd.ask(args.seconds, WARM_UP)


async def _config(client: httpx.AsyncClient) -> dict[str, object]:
    """Return what Gradio tells the page, as soon as the server listens."""
    deadline = time.monotonic() + PATIENCE
    while True:
        try:
            return dict((await client.get("/config")).json())
        except httpx.ConnectError:
            if time.monotonic() > deadline:
                raise
            await asyncio.sleep(0.05)


def row(size: int, seen: Seen, seconds: float) -> str:
    """Return the row of one crowd."""
    counts, times = seen.counts, seen.seconds
    high = [0.0] * 99
    if len(times) > 1:
        high = [1000 * one for one in statistics.quantiles(times, n=100, method="inclusive")]
    return (
        f"| {size} | {counts[ANSWERED] / seconds:.0f} | {high[49]:.0f} | {high[94]:.0f} "
        f"| {high[98]:.0f} | {counts[LIMITED]} | {counts[BUSY]} | {counts[FAILED]} |"
    )


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="python -m benchmarks.load", description=__doc__)
    parser.add_argument("--clients", type=int, nargs="+", default=[50, 200], help="readers at once")
    parser.add_argument("--seconds", type=float, default=10.0, help="how long they ask")
    parser.add_argument(
        "--each", type=int, default=10, help="questions that one reader asks before the next comes"
    )
    return parser


if __name__ == "__main__":
    sys.exit(main())
