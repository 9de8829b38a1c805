"""What an operator may add: several articles, readers' opinions, and other websites around it."""

import json
from collections.abc import Callable
from contextlib import closing
from typing import Any

import pytest
from fixed_answerer import ELSEWHERE, EXAMPLES, FAIR_PART, MIXED, FixedAnswerer
from operating import Operated, Website
from playwright.sync_api import Browser, expect
from visiting import PATIENCE, Visit

pytestmark = pytest.mark.browser
WIDE = {"viewport": {"width": 1440, "height": 900}}
PHONE = {"viewport": {"width": 390, "height": 844}}


@pytest.mark.parametrize("screen", [WIDE, PHONE], ids=["wide", "phone"])
def test_a_citation_brings_its_own_article(
    visit_with: Callable[..., Visit], operated: Operated, screen: dict[str, Any]
) -> None:
    visit = visit_with(to=operated.address, **screen)
    page = visit.open()
    beside = page.locator("#beside")
    for question, title, words in (
        (ELSEWHERE, "Sleep and Light: A Review", "Light in the morning"),
        (EXAMPLES[0], "Low-Dose Naltrexone (LDN) for Cancer", "vivid dreams"),
        (ELSEWHERE, "Sleep and Light: A Review", "Light in the morning"),
    ):
        visit.ask(question).get_by_role("link", name="Read it in the article").click()
        heading = beside.locator("[data-level='1']")
        expect(heading).to_contain_text(title)
        # On a phone the article stands in place of the chat and its heading.
        expect(heading).to_have_attribute("aria-level", "1" if screen is PHONE else "2")
        expect(beside.locator(".quoted")).to_contain_text(words)
        expect(beside.locator(".quoted")).to_be_in_viewport(ratio=0.99)
        expect(beside.locator("mark")).to_have_count(0)
        if screen is PHONE:
            page.get_by_role("button", name="Back to the answer").click()
    references = page.get_by_role("link", name="References", exact=True).first
    assert str(references.get_attribute("href")).endswith("/article/sleep-light/references")
    assert page.locator("h1:visible:not([aria-level='2'])").count() == 1


def test_an_opinion_is_counted_without_a_word(
    visit_with: Callable[..., Visit], operated: Operated
) -> None:
    visit = visit_with(to=operated.address)
    page = visit.open()
    sent: list[str | None] = []
    page.on("request", lambda one: "/feedback" in one.url and sent.append(one.post_data))
    first = visit.ask(EXAMPLES[0])
    first.get_by_role("button", name="This helped").click()
    expect(first.locator(".feedback")).to_have_text("Thank you.")
    second = visit.ask(EXAMPLES[1])
    expect(first.locator(".feedback")).to_be_hidden()
    top = page.evaluate("scrollY")
    second.get_by_role("button", name="This did not help").click()
    expect(second.get_by_role("button", name="It is about something else")).to_be_focused()
    second.get_by_role("button", name="Something is missing").click()
    expect(second.locator(".feedback")).to_have_text("Thank you.")
    assert page.evaluate("scrollY") >= top
    counts = json.loads(operated.opinions.read_text("utf-8"))["counts"]
    assert counts == {"quotes": {"helpful": 1, "not_helpful": 1, "why_missing": 1}}
    assert [set(json.loads(str(body))) for body in sent] == [{"kind", "verdict"}] * 3


def test_in_danger_nobody_is_asked_whether_it_helped(
    visit_with: Callable[..., Visit], operated: Operated
) -> None:
    visit = visit_with(to=operated.address)
    visit.open()
    for question in ("I want to die", "I cannot breathe"):
        expect(visit.ask(question).locator(".feedback")).to_have_count(0)


def test_the_fair_part_of_a_question_can_be_asked_with_one_click(
    visit: Visit, answerer: FixedAnswerer
) -> None:
    page = visit.open()
    reply = visit.ask(MIXED)
    heading = answerer.catalogue.text("personal_advice.fair_part")
    expect(page.locator("#suggestions")).to_contain_text(heading)
    expect(reply).not_to_contain_text(heading)
    page.get_by_role("button", name=FAIR_PART).click()
    expect(page.locator(".asked").last).to_contain_text(FAIR_PART)


@pytest.mark.parametrize("allowed", [True, False])
def test_the_two_lines_show_the_chat_on_an_allowed_website_only(
    browser: Browser, operated: Operated, website: Website, allowed: bool
) -> None:
    # The same website under another name is another origin.
    origin = website.origin if allowed else f"http://127.0.0.1:{website.port}"
    with closing(browser.new_context(viewport={"width": 800, "height": 900})) as context:
        page = context.new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{operated.address}/embed")
        lines = page.locator("code").text_content()
        written = f"<!doctype html><title>x</title>{lines}"
        (website.folder / "page.html").write_text(written, "utf-8")
        page.goto(f"{origin}/page.html")
        chat = page.frame_locator("iframe")
        if allowed:
            chat.get_by_role("textbox").fill(EXAMPLES[0])
            chat.get_by_role("textbox").press("Enter")
            expect(chat.locator("blockquote")).to_contain_text("vivid dreams")
        else:
            expect(page.get_by_role("link", name="Open the chat on its own page")).to_be_visible()
            expect(chat.get_by_role("textbox")).to_have_count(0)
            assert all(operated.address not in frame.url for frame in page.frames)
