"""Each layer between the network and the page, driven to its limit."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterator

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from starlette.types import ASGIApp, Receive, Scope, Send

from chatbot.web.middleware.body import BodyLimit
from chatbot.web.middleware.busy import BusyLimit
from chatbot.web.middleware.caching import IMMUTABLE, ImmutableAssets
from chatbot.web.middleware.calls import WellFormedCalls
from chatbot.web.middleware.forwarding import StripForwarding
from chatbot.web.middleware.headers import SecurityHeaders, content_security_policy
from chatbot.web.middleware.paths import AllowedPaths, RootPath
from chatbot.web.middleware.rate import RateLimit, client_of

CALL = "/gradio_api/run/predict"


async def echo(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer with what arrived: path, root path, headers and body."""
    body, more = b"", True
    while more:
        message = await receive()
        body += message.get("body", b"")
        more = message.get("more_body", False)
    arrived = {
        "path": scope["path"],
        "root_path": scope["root_path"],
        "headers": [name.decode() for name, _ in scope["headers"]],
        "length": len(body),
    }
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": json.dumps(arrived).encode()})


def call(
    app: ASGIApp, method: str, path: str, client: str = "1.2.3.4", **request: object
) -> httpx.Response:
    async def run() -> httpx.Response:
        transport = httpx.ASGITransport(app=app, client=(client, 1))
        async with httpx.AsyncClient(transport=transport, base_url="http://page") as session:
            return await session.request(method, path, **request)

    return asyncio.run(run())


@given(st.integers(0, 300))
def test_a_body_over_the_limit_is_refused(length: int) -> None:
    answer = call(BodyLimit(echo, 200, "too large"), "POST", "/", content=b"x" * length)
    assert answer.status_code == (200 if length <= 200 else 413)
    assert answer.json() == {"error": "too large"} or answer.json()["length"] == length


@given(st.lists(st.binary(max_size=90), max_size=6))
def test_a_body_of_unannounced_length_is_limited_too(chunks: list[bytes]) -> None:
    async def parts() -> AsyncIterator[bytes]:
        for chunk in chunks:
            yield chunk

    length = sum(map(len, chunks))
    answer = call(BodyLimit(echo, 200, "too large"), "POST", "/", content=parts())
    assert answer.status_code == (200 if length <= 200 else 413)
    if length <= 200:
        assert answer.json()["length"] == length


@given(st.binary(max_size=60) | st.sampled_from([b'{"data": []}', b"[]", b'{"data": [1, 2]}']))
def test_a_call_that_the_page_does_not_make_goes_no_further(body: bytes) -> None:
    app = WellFormedCalls(echo, "no", {1})
    assert call(app, "POST", "/gradio_api/run/predict", content=body).status_code == 422
    assert call(app, "POST", "/other", content=body).status_code == 200


@pytest.mark.parametrize("question", ["Why?", None])
def test_a_call_that_the_page_makes_arrives_whole(question: str | None) -> None:
    body = json.dumps({"data": [question, None], "fn_index": 1}).encode()
    page = WellFormedCalls(echo, "no", {1})
    assert call(page, "POST", CALL, content=body).json()["length"] == len(body)
    other = WellFormedCalls(echo, "no", {2})
    assert call(other, "POST", CALL, content=body).status_code == 422


def test_a_path_may_have_a_larger_limit() -> None:
    app = BodyLimit(echo, 200, "too large", {"/sheet": 400})
    assert call(app, "POST", "/sheet", content=b"x" * 300).status_code == 200
    assert call(app, "POST", "/other", content=b"x" * 300).status_code == 413


def test_a_length_that_is_no_number_is_refused() -> None:
    answer = call(BodyLimit(echo, 200, "x"), "POST", "/", headers={"content-length": "-1"})
    assert answer.status_code == 413


@given(st.integers(1, 6))
def test_a_client_gets_its_number_of_questions(rate: int) -> None:
    app = RateLimit(echo, f"{rate}/hour", {"/api/ask"}, "later")
    codes = [call(app, "POST", "/api/ask").status_code for _ in range(rate + 2)]
    assert codes == [200] * rate + [429] * 2
    assert call(app, "POST", "/api/ask", client="5.6.7.8").status_code == 200
    assert call(app, "GET", "/").status_code == 200


def test_a_refusal_is_polite_and_says_when() -> None:
    app = RateLimit(echo, "1/hour", {"/api/ask"}, "Please wait.")
    call(app, "POST", "/api/ask")
    answer = call(app, "POST", "/api/ask")
    assert answer.json() == {"error": "Please wait."}
    assert int(answer.headers["retry-after"]) > 0


def test_the_addresses_of_one_household_count_as_one() -> None:
    def client(host: str) -> str:
        return client_of({"client": (host, 1)})

    assert client("2001:db8:1:2::1") == client("2001:db8:1:2:ffff::9")
    assert client("2001:db8:1:2::1") != client("2001:db8:1:3::1")
    assert client("1.2.3.4") != client("1.2.3.5")
    assert client_of({"client": None}) == ""


def test_calls_beyond_the_bound_are_told_to_come_back() -> None:
    async def run() -> list[int]:
        open_gate = asyncio.Event()

        async def slow(scope: Scope, receive: Receive, send: Send) -> None:
            await open_gate.wait()
            await echo(scope, receive, send)

        app = BusyLimit(slow, {"/api/ask"}, "busy", at_once=2, wait=0.05)
        transport = httpx.ASGITransport(app=app)
        async with httpx.AsyncClient(transport=transport, base_url="http://page") as session:
            first = [asyncio.create_task(session.post("/api/ask")) for _ in range(2)]
            await asyncio.sleep(0)
            refused = await session.post("/api/ask")
            open_gate.set()
            answered = await asyncio.gather(*first)
            again = await session.post("/api/ask")
        return [refused.status_code, *(a.status_code for a in answered), again.status_code]

    assert asyncio.run(run()) == [503, 200, 200, 200]


@pytest.mark.parametrize(
    "path",
    [
        "/gradio_api/upload",
        "/gradio_api/file=/etc/passwd",
        "/gradio_api/proxy=http://example.org",
        "/gradio_api/queue/join",
        "/gradio_api/run/other",
        "/file=x",
        "/monitoring",
        "/docs",
        "/openapi.json",
        "/login",
        "/assets/../secret",
        "/runs",
    ],
)
def test_paths_that_the_page_does_not_need_do_not_exist(path: str) -> None:
    assert call(AllowedPaths(echo, "nowhere"), "GET", path).status_code == 404


@pytest.mark.parametrize("path", ["/", "/article/x", "/config", "/gradio_api/run/predict"])
def test_paths_that_the_page_needs_exist(path: str) -> None:
    assert call(AllowedPaths(echo, "nowhere"), "GET", path).status_code == 200
    prefixed = RootPath(AllowedPaths(echo, "nowhere"), "/ask")
    assert call(prefixed, "GET", path).json()["path"] == f"/ask{path}"
    assert call(prefixed, "GET", f"/ask{path}").json()["path"] == f"/ask{path}"
    assert call(prefixed, "GET", path).json()["root_path"] == "/ask"


@given(st.sampled_from(["X-Forwarded-For", "x-forwarded-host", "FORWARDED", "X-Real-IP", "Accept"]))
def test_forwarding_headers_do_not_arrive(name: str) -> None:
    arrived = call(StripForwarding(echo), "GET", "/", headers={name: "evil"}).json()["headers"]
    assert (name.lower() in arrived) == (name == "Accept")


def test_every_answer_bears_the_security_headers() -> None:
    headers = call(SecurityHeaders(echo), "GET", "/").headers
    assert headers["referrer-policy"] == "no-referrer"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["cache-control"] == "no-store"
    assert "camera=()" in headers["permissions-policy"]
    assert "frame-ancestors 'none'" in headers["content-security-policy"]


def test_the_policy_lets_no_inline_script_run() -> None:
    policy = content_security_policy(["https://clinic.example"])
    directives = dict(part.split(" ", 1) for part in policy.split("; "))
    assert directives["script-src"] == "'self'"
    assert directives["default-src"] == "'none'"
    assert directives["frame-ancestors"] == "https://clinic.example"


@pytest.fixture
def paths() -> Iterator[tuple[str, ...]]:
    yield ("/assets/a.js", "/assets/b.css")


def test_files_with_hashed_names_are_kept(paths: tuple[str, ...]) -> None:
    app = SecurityHeaders(ImmutableAssets(echo))
    for path in paths:
        assert call(app, "GET", path).headers["cache-control"] == IMMUTABLE
    assert call(app, "GET", "/config").headers["cache-control"] == "no-store"
