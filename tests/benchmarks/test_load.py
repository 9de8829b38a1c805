from __future__ import annotations

import asyncio
from collections import Counter
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import aiohttp
import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from hypothesis import given
from hypothesis import strategies as st

from benchmarks.load.endpoints import PAGE, PROGRAMS, Endpoint, asking, page, programs
from benchmarks.load.readers import ANSWERED, BUSY, FAILED, LIMITED, Crowd, Seen
from benchmarks.load.report import row, written

QUESTIONS = ["What is it?", "Does it help?"]
REPLY = {"data": ["", [{"role": "assistant", "content": '<div data-turn="{}">It is.</div>'}]]}
SHOWN_AS_FAILED = {"data": ["", [{"role": "assistant", "content": "<p>Something failed.</p>"}]]}

AS_PAGE = page({"dependencies": [{"id": 7}]})


@dataclass(frozen=True)
class Sent:
    """A call that reached the server."""

    path: str
    address: str
    body: dict[str, Any]


@dataclass(frozen=True)
class Answer:
    """What a server answers; without a status it breaks the connection."""

    status: int | None
    body: dict[str, Any] = field(default_factory=dict)


def crowd_before(answer: Answer, endpoint: Endpoint = AS_PAGE) -> tuple[Seen, list[Sent]]:
    """Let three readers, four questions each, ask a server; return what they saw and sent."""
    sent: list[Sent] = []

    async def heard(request: web.Request) -> web.Response:
        sent.append(Sent(request.path, request.headers["X-Forwarded-For"], await request.json()))
        await asyncio.sleep(0.001)
        if answer.status is None and request.transport:
            request.transport.abort()
        return web.json_response(answer.body, status=answer.status or 200)

    async def ask() -> Seen:
        app = web.Application()
        app.router.add_post("/{path:.*}", heard)
        async with TestServer(app) as server, aiohttp.ClientSession(server.make_url("/")) as client:
            return await Crowd(client, endpoint, QUESTIONS, 3, 4).ask(0.2, 0.05)

    return asyncio.run(ask()), sent


def test_each_reader_has_an_address_a_conversation_and_so_many_questions() -> None:
    _, sent = crowd_before(Answer(200, REPLY))
    calls = [(one.address, one.body) for one in sent]
    assert {one.path for one in sent} == {PAGE}
    assert {call["fn_index"] for _, call in calls} == {7}
    assert {call["data"][0] for _, call in calls} <= set(QUESTIONS)
    pairs = Counter((address, call["session_hash"]) for address, call in calls)
    assert len(pairs) == len({address for address, _ in pairs})
    assert len(pairs) == len({session for _, session in pairs})
    assert len(pairs) > 3
    # Only those who were asking at the end have asked less.
    assert max(pairs.values()) == 4
    assert sum(count < 4 for count in pairs.values()) <= 3


@pytest.mark.parametrize(
    ("answer", "outcome"),
    [
        (Answer(200, REPLY), ANSWERED),
        (Answer(200, SHOWN_AS_FAILED), FAILED),
        (Answer(429), LIMITED),
        (Answer(503), BUSY),
        (Answer(500), FAILED),
    ],
)
def test_what_became_of_a_question_is_told_apart(answer: Answer, outcome: str) -> None:
    seen, _ = crowd_before(answer)
    assert set(seen.counts) == {outcome}
    assert len(seen.seconds) == (seen.counts[outcome] if outcome == ANSWERED else 0)


def test_a_connection_that_breaks_is_a_failure() -> None:
    seen, _ = crowd_before(Answer(None))
    assert set(seen.counts) == {FAILED}
    assert set(seen.faults) <= {"ServerDisconnectedError", "ClientOSError"}


def test_warming_up_is_not_counted() -> None:
    seen, sent = crowd_before(Answer(200, REPLY))
    assert 0 < seen.counts[ANSWERED] < len(sent)


@given(st.lists(st.floats(0.001, 5), min_size=2, max_size=300), st.integers(0, 9))
def test_a_row_tells_the_rate_and_what_was_not_answered(seconds: list[float], failed: int) -> None:
    counts = Counter({ANSWERED: len(seconds), FAILED: failed, LIMITED: 3})
    cells = [cell.strip() for cell in row(PAGE, 50, Seen(counts, seconds), 10.0).split("|")[1:-1]]
    assert cells[:2] == [f"`{PAGE}`", "50"]
    assert float(cells[2]) == pytest.approx(len(seconds) / 10, abs=0.51)
    low, high, highest = (float(cell) for cell in cells[3:6])
    assert low <= high <= highest <= 1000 * max(seconds) + 0.51
    assert cells[6:] == ["3", "0", str(failed)]


def test_programs_ask_by_themselves_and_get_one_reply() -> None:
    seen, sent = crowd_before(Answer(200, {"kind": "quotes"}), programs())
    assert set(seen.counts) == {ANSWERED}
    assert {one.path for one in sent} == {PROGRAMS}
    assert all(one.body["question"] in QUESTIONS for one in sent)
    failed, _ = crowd_before(Answer(200), programs())
    assert set(failed.counts) == {FAILED}


def test_the_function_that_asks_is_read_from_the_page() -> None:
    assert asking({"dependencies": [{"id": 4}, {"id": 5}]}) == 4


def test_the_report_holds_the_rows(tmp_path: Path) -> None:
    rows = [row(PROGRAMS, size, Seen(), 10.0) for size in (50, 200)]
    text = written(rows, tmp_path).read_text("utf-8")
    assert "\n".join(rows) in text
    assert "$" not in text
