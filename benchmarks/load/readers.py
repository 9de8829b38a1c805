"""Readers who ask one question after another through an endpoint of the server."""

from __future__ import annotations

import asyncio
import ipaddress
import itertools
import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import aiohttp

from benchmarks.load.endpoints import Endpoint

FIRST_ADDRESS = int(ipaddress.ip_address("10.0.0.1"))

ANSWERED, LIMITED, BUSY, FAILED = "answered", "limited", "busy", "failed"
"""What becomes of a question; a reader is told politely of the second and the third."""

_POLITE = {429: LIMITED, 503: BUSY}
PATIENCE = 30.0
"""Seconds that a reader waits for an answer."""


@dataclass(slots=True)
class Seen:
    """What became of the questions so far, and the seconds that each answer took."""

    counts: Counter[str] = field(default_factory=Counter)
    seconds: list[float] = field(default_factory=list)
    faults: Counter[str] = field(default_factory=Counter)

    def note(self, outcome: str, seconds: float, fault: str = "") -> None:
        """Count one question."""
        self.counts[outcome] += 1
        if outcome == ANSWERED:
            self.seconds.append(seconds)
        if fault:
            self.faults[fault] += 1


@dataclass(frozen=True, slots=True)
class Crowd:
    """Readers before one server, all at once.

    `client` keeps their connections, as a proxy does. Each of the `size` readers asks `each`
    questions without a pause and makes way for the next one, who has an address and a conversation
    of their own.
    """

    client: aiohttp.ClientSession
    endpoint: Endpoint
    questions: Sequence[str]
    size: int
    each: int

    async def ask(self, seconds: float, warm_up: float) -> Seen:
        """Return what became of the questions asked within some seconds after the warm-up."""
        newcomers = itertools.count(FIRST_ADDRESS)
        start = time.perf_counter() + warm_up
        seen = Seen()
        readers = [
            self._readers(newcomers, random.Random(number), start, start + seconds, seen)  # noqa: S311
            for number in range(self.size)
        ]
        await asyncio.gather(*readers)
        return seen

    async def _readers(
        self, newcomers: Iterator[int], chance: random.Random, start: float, end: float, seen: Seen
    ) -> None:
        """Let one reader after another ask until the end."""
        while time.perf_counter() < end:
            headers = {"X-Forwarded-For": str(ipaddress.ip_address(next(newcomers)))}
            session = f"{chance.getrandbits(64):x}"
            for _ in range(self.each):
                begun = time.perf_counter()
                if begun >= end:
                    return
                outcome, fault = await self._ask(chance.choice(self.questions), session, headers)
                if begun >= start:
                    seen.note(outcome, time.perf_counter() - begun, fault)

    async def _ask(self, question: str, session: str, headers: dict[str, str]) -> tuple[str, str]:
        """Ask one question; return what became of it, and of a failure its kind."""
        body = self.endpoint.body(question, session)
        try:
            async with self.client.post(self.endpoint.path, json=body, headers=headers) as answer:
                status = answer.status
                if status == 200 and self.endpoint.answers(await answer.json()):
                    return ANSWERED, ""
        except (aiohttp.ClientError, TimeoutError) as error:
            return FAILED, type(error).__name__
        return _POLITE.get(status, FAILED), str(status)
