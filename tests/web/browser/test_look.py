"""What every state must keep: contrast, names, sizes, and no sideways scrolling."""

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from fixed_answerer import EXAMPLES
from playwright.sync_api import Page
from visiting import Visit

pytestmark = pytest.mark.browser
STATES = {
    "empty": "",
    "quotes": EXAMPLES[1],
    "dose": EXAMPLES[3],
    "refusal": "Should I take it?",
    "not_in_article": "Does it help against lupus?",
    "emergency": "I cannot breathe",
    "crisis": "I want to die",
}
PAGES = {
    "article": "/article/ldn-cancer?q=12-13#s12",
    "references": "/article/ldn-cancer/references",
}
LOOKS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1440, "height": 900}},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "forced_colors": {"viewport": {"width": 390, "height": 844}, "forced_colors": "active"},
}
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
SMALL = """() => [...document.querySelectorAll("a, button, summary, input, textarea")]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.closest(".vh, .skip"))
  .filter(one => !one.matches(".article-text span a"))
  .map(one => [one.getBoundingClientRect(), one.textContent])
  .filter(([box]) => box.width && (box.width < 24 || box.height < 24)).map(([, text]) => text)"""


def check(page: Page) -> None:
    width = page.viewport_size["width"]
    height = page.evaluate("Math.max(innerHeight, document.documentElement.scrollHeight)")
    page.set_viewport_size({"width": width, "height": height})
    found = Axe().run(page, options=RULES).response["violations"]
    assert [(rule["id"], rule["nodes"][0]["html"]) for rule in found] == []
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(SMALL) == []


@pytest.mark.parametrize("look", LOOKS)
def test_every_state_of_the_chat(visit_with: Callable[..., Visit], look: str) -> None:
    visit = visit_with(**LOOKS[look])
    page = visit.open()
    for question in STATES.values():
        if question:
            visit.ask(question)
        check(page)


@pytest.mark.parametrize("look", LOOKS)
@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_page(visit_with: Callable[..., Visit], look: str, path: str) -> None:
    check(visit_with(**LOOKS[look]).open(path))


@pytest.mark.parametrize("look", LOOKS)
def test_the_article_opened_from_an_answer(visit_with: Callable[..., Visit], look: str) -> None:
    visit = visit_with(**LOOKS[look])
    page = visit.open()
    visit.ask(EXAMPLES[1]).get_by_role("link", name="Read it in the article").first.click()
    check(page)


@pytest.mark.parametrize("look", LOOKS)
def test_the_sheet(visit_with: Callable[..., Visit], look: str) -> None:
    visit = visit_with(**LOOKS[look])
    page = visit.open()
    visit.ask(EXAMPLES[1])
    visit.ask("Should I take it?")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="For my care team").click()
    opened.value.wait_for_load_state()
    check(opened.value)


def _luminance(colour: str) -> float:
    channels = [int(part) / 255 for part in colour[4:-1].split(",")]
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in channels]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_quotes_are_large_and_stand_out(visit_with: Callable[..., Visit], scheme: str) -> None:
    visit = visit_with(color_scheme=scheme)
    page = visit.open()
    visit.ask(EXAMPLES[1])
    ink, paper = page.evaluate(
        """() => [getComputedStyle(document.querySelector("blockquote")).color,
                  getComputedStyle(document.body).backgroundColor]"""
    )
    marker = page.evaluate("getComputedStyle(document.querySelector('mark')).backgroundColor")
    for background in (paper, marker):
        lighter, darker = sorted(map(_luminance, (ink, background)), reverse=True)
        assert (lighter + 0.05) / (darker + 0.05) >= 7
    size = "one => parseFloat(getComputedStyle(one).fontSize)"
    assert page.locator("blockquote").first.evaluate(size) >= 1.15 * 18
    assert page.locator("body").evaluate(size) == 18


def test_nothing_moves_by_itself(visit_with: Callable[..., Visit]) -> None:
    visit = visit_with(reduced_motion="reduce")
    page = visit.open()
    visit.ask(EXAMPLES[1])
    assert page.evaluate("document.getAnimations().length") == 0


def test_the_first_visit_is_light(visit_with: Callable[..., Visit]) -> None:
    visit = visit_with()
    session = visit.page.context.new_cdp_session(visit.page)
    session.send("Network.enable")
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    visit.open()
    visit.page.wait_for_timeout(1000)
    assert 0 < sum(received) <= 350 * 1024
