"""From nothing to the first answer, in fresh processes: the command line and the page."""

from __future__ import annotations

import json
import statistics
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass

from benchmarks.processes import MeasuringError, ran, serving

PATIENCE = 60
"""Seconds that a page may take."""


@dataclass(frozen=True, slots=True)
class Cold:
    """Seconds from the start of a process to what is wanted of it, and its megabytes at most."""

    name: str
    seconds: float
    peak: float


def cold(question: str, runs: int) -> list[Cold]:
    """Return what the command line and the page take, each the median of some runs."""
    return [
        _middle("`python -m chatbot ask`, whole", runs, lambda: _asked(question)),
        _middle("the server, to its first page", runs, lambda: _served(question)),
    ]


def _middle(name: str, runs: int, measure: Callable[[], tuple[float, float]]) -> Cold:
    seconds, peaks = zip(*(measure() for _ in range(runs)), strict=True)
    return Cold(name, statistics.median(seconds), statistics.median(peaks))


def _asked(question: str) -> tuple[float, float]:
    done = ran(["-m", "chatbot", "ask", question])
    return done.whole, done.peak


def _served(question: str) -> tuple[float, float]:
    """Return the seconds to the first page; the memory is that after one answer."""
    with serving() as server:
        _fetch(f"{server.address}/")
        seconds = server.process.seconds()
        _fetch(f"{server.address}/api/ask", json.dumps({"question": question}).encode())
        server.process.look()
    return seconds, server.process.peak


def _fetch(address: str, body: bytes | None = None) -> bytes:
    """Return what an address answers, as soon as it listens."""
    request = urllib.request.Request(address, body, {"Content-Type": "application/json"})  # noqa: S310 - our own server
    deadline = time.monotonic() + PATIENCE
    while time.monotonic() < deadline:
        try:
            with urllib.request.urlopen(request, timeout=PATIENCE) as answer:  # noqa: S310 - as above
                return bytes(answer.read())
        except urllib.error.HTTPError as error:
            raise MeasuringError(f"{address} answered {error.code}.") from None
        except urllib.error.URLError:
            time.sleep(0.005)
    raise MeasuringError(f"{address} did not answer within {PATIENCE} seconds.")
