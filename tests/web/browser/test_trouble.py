"""Answers that do not come: one calm sentence, the question still in the field, and it goes on."""

import socket
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from fixed_answerer import EXAMPLES, FAILING, SLOW, WORD, FixedAnswerer
from playwright.sync_api import Page, Request, expect
from visiting import Visit

pytestmark = pytest.mark.browser
LOST = ("Failed to load resource", "Failed to fetch", "TypeError")
"""What a browser itself writes to its console when a call is refused or fails."""


def send(page: Page, question: str) -> None:
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")


def send_and_go_on(page: Page, question: str) -> None:
    """Send a question and return once it has left, without waiting for its answer."""
    with page.expect_request("**/gradio_api/run/**"):
        send(page, question)


def free_port() -> int:
    with closing(socket.socket()) as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


@pytest.fixture(scope="module")
def slow(
    serving: Callable[..., Any], tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[str, Path]]:
    """A server that answers one at a time, and the file that lets a slow answer go."""
    gate = tmp_path_factory.mktemp("gate") / "open"
    with serving("--at-once", "1", "--wait", "0.1", "--gate", str(gate)) as address:
        yield address, gate


def test_under_overload_one_is_told_to_come_back_and_the_page_recovers(
    visit_with: Callable[..., Visit], slow: tuple[str, Path], answerer: FixedAnswerer
) -> None:
    address, gate = slow
    gate.unlink(missing_ok=True)
    first, second = visit_with(to=address), visit_with(to=address, fresh=True)
    second.allowed_errors = LOST
    first.open()
    second.open()
    send_and_go_on(first.page, SLOW)
    send(second.page, EXAMPLES[0])
    expect(second.page.get_by_role("alert")).to_have_text(answerer.catalogue.text("page.busy"))
    expect(second.page.get_by_role("textbox")).to_have_value(EXAMPLES[0])
    gate.touch()
    expect(first.page.locator(".asked")).to_contain_text(WORD)
    second.page.get_by_role("textbox").press("Enter")
    expect(second.page.locator("blockquote").last).to_contain_text("vivid dreams")
    expect(second.page.get_by_role("alert")).to_have_text("")
    expect(second.page.get_by_role("textbox")).to_have_value("")


def test_who_asks_too_often_is_told_politely(
    visit_with: Callable[..., Visit], serving: Callable[..., Any], answerer: FixedAnswerer
) -> None:
    with serving("--rates", "1/hour") as address:
        visit = visit_with(to=address)
        visit.allowed_errors = LOST
        page = visit.open()
        visit.ask(EXAMPLES[1])
        send(page, EXAMPLES[0])
        expect(page.get_by_role("alert")).to_have_text(answerer.catalogue.text("page.too_many"))
        expect(page.get_by_role("textbox")).to_have_value(EXAMPLES[0])
        expect(page.locator(".asked")).to_have_count(1)


def test_a_server_that_comes_back_answers_without_a_reload(
    visit_with: Callable[..., Visit], serving: Callable[..., Any], answerer: FixedAnswerer
) -> None:
    port = ("--port", str(free_port()))
    with serving(*port) as address:
        visit = visit_with(to=address)
        visit.allowed_errors = LOST
        page = visit.open()
        visit.ask(EXAMPLES[1])
    loaded = page.evaluate("performance.timeOrigin")
    send(page, EXAMPLES[0])
    gone = answerer.catalogue.text("page.unreachable")
    expect(page.get_by_role("alert")).to_have_text(gone)
    expect(page.get_by_role("textbox")).to_have_value(EXAMPLES[0])
    with serving(*port):
        page.get_by_role("textbox").press("Enter")
        expect(page.locator("blockquote").last).to_contain_text("vivid dreams")
        expect(page.get_by_role("alert")).to_have_text("")
        assert page.evaluate("performance.timeOrigin") == loaded
        visit.check()


@pytest.mark.parametrize("question", [FAILING, "Why? " * 300])
def test_a_question_without_an_answer_stays_in_the_field(visit: Visit, question: str) -> None:
    page = visit.open()
    visit.ask(question)
    expect(page.get_by_role("textbox")).to_have_value(question)
    expect(page.get_by_role("textbox")).to_be_focused()


def test_a_sign_of_progress_comes_only_after_300_milliseconds(
    visit_with: Callable[..., Visit], slow: tuple[str, Path], answerer: FixedAnswerer
) -> None:
    address, gate = slow
    gate.unlink(missing_ok=True)
    sign = answerer.catalogue.text("page.waiting")
    visit = visit_with(to=address, fresh=True)
    visit.page.clock.install()
    page = visit.open()
    page.clock.pause_at(page.evaluate("Date.now() + 1000"))
    started: list[Request] = []
    page.on("request", lambda request: started.append(request))
    send(page, SLOW)
    while not any("/run/" in request.url for request in started):
        page.clock.run_for(1)
    page.clock.run_for(290)
    assert page.locator("#waiting").text_content() == ""
    page.clock.run_for(20)
    assert page.locator("#waiting").text_content() == sign
    page.clock.resume()
    gate.touch()
    expect(page.locator(".asked")).to_contain_text(WORD)
    expect(page.locator("#waiting")).to_have_text("")


def test_an_error_page_leads_back_to_the_chat(visit: Visit) -> None:
    visit.allowed_errors = LOST
    page = visit.open("/no-such-page")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    page.get_by_role("link", name="Ask a question").click()
    expect(page.get_by_role("textbox")).to_be_visible()
