"""What every state must keep: contrast, names, sizes, and no sideways scrolling."""

import statistics
from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.base import AXE_SCRIPT
from fixed_answerer import EXAMPLES, FAILING, KINDS, MIXED, OUTSIDE
from operating import Operated
from playwright.sync_api import Page, expect
from visiting import Visit, take_on

pytestmark = pytest.mark.browser
STATES = (EXAMPLES[1], EXAMPLES[3], *KINDS, MIXED, OUTSIDE, "Why? " * 300, FAILING, EXAMPLES[0])
"""Every kind of reply, a failure, and an answer after both a crisis and a failure."""

PAGES = {
    "article": "/article/ldn-cancer?q=12-13#s12",
    "references": "/article/ldn-cancer/references",
    "not_found": "/article/none",
    "embed": "/embed",
}
LOOKS: dict[str, dict[str, Any]] = {
    "wide_and_still": {"viewport": {"width": 1440, "height": 900}, "reduced_motion": "reduce"},
    "dark": {"viewport": {"width": 1440, "height": 900}, "color_scheme": "dark"},
    "narrow": {"viewport": {"width": 320, "height": 640}},
    "forced_colors": {"viewport": {"width": 390, "height": 844}, "forced_colors": "active"},
    # As a browser zooms: fewer and larger CSS pixels of a window of 1440 by 900, or 1280 by 1024.
    "zoom_200": {"viewport": {"width": 720, "height": 450}},
    "zoom_400": {"viewport": {"width": 320, "height": 256}},
}
BUSY = {"error": "Many people are asking right now."}
RULES = {
    "runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
    "resultTypes": ["violations"],
}
AXE = """([rules, whole]) => {
  const last = part => [...document.querySelectorAll(part)].at(-1);
  const stays = document.querySelectorAll(".tabs, #suggestions, #composer, .base");
  const parts = whole ? document : {include: [last(".asked"), last(".reply"), ...stays]};
  return axe.run(parts, rules).then(
    found => found.violations.map(({id, nodes}) => [id, nodes[0].html]));
}"""
FITS = "document.documentElement.scrollWidth <= innerWidth"
SMALL = """() => [...document.querySelectorAll("a, button, summary, input, textarea")]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.closest(".vh, .skip"))
  .filter(one => !one.matches(".article-text span a"))
  .map(one => [one.getBoundingClientRect(), one.textContent])
  .filter(([box]) => box.width && (box.width < 24 || box.height < 24)).map(([, text]) => text)"""


CLIPPED = """() => [...document.querySelectorAll("body *")]
  .filter(one => one.checkVisibility({visibilityProperty: true}) && !one.closest(".vh, textarea"))
  .filter(one => ["hidden", "clip"].includes(getComputedStyle(one).overflowX))
  .filter(one => one.textContent.trim() && (one.scrollWidth > one.clientWidth + 1
                                            || one.scrollHeight > one.clientHeight + 1))
  .map(one => one.outerHTML.slice(0, 200))"""
LINES = """() => [...document.querySelectorAll("blockquote")].flatMap(quote => {
  const walker = document.createTreeWalker(quote, NodeFilter.SHOW_TEXT), lines = [];
  const range = document.createRange();
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.length; at++) {
      range.setStart(node, at);
      range.setEnd(node, at + 1);
      const {bottom} = range.getBoundingClientRect(), last = lines.at(-1);
      if (last && Math.abs(last.bottom - bottom) < 4) last.length++;
      else lines.push({bottom, length: 1});
    }
  }
  return lines.slice(0, -1).map(line => line.length);
})"""


def violations(page: Page, whole: bool) -> list[object]:
    """Return what axe finds on the whole page, or in the newest turn and what stays in view."""
    if not page.evaluate("'axe' in window"):
        page.evaluate(AXE_SCRIPT)
    return page.evaluate(AXE, [RULES, whole])


def check(page: Page, whole: bool = True) -> None:
    assert page.evaluate(FITS)
    screen = page.viewport_size
    height = page.evaluate("Math.max(innerHeight, document.documentElement.scrollHeight)")
    page.set_viewport_size({"width": screen["width"], "height": height})
    assert violations(page, whole) == []
    assert page.evaluate(FITS)
    assert page.evaluate(SMALL) == []
    page.set_viewport_size(screen)


@pytest.mark.parametrize("look", LOOKS)
def test_every_state_of_the_chat(
    visit_with: Callable[..., Visit], operated: Operated, look: str
) -> None:
    visit = visit_with(to=operated.address, **LOOKS[look])
    page = visit.open()
    check(page)
    for question in STATES:
        visit.ask(question)
        check(page, whole=False)
    page.route("**/gradio_api/run/**", lambda route: route.fulfill(status=503, json=BUSY))
    page.get_by_role("textbox").fill(EXAMPLES[2])
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_have_text(BUSY["error"])
    check(page)
    page.locator(".reply a.read").first.click()
    expect(page.locator("#s45")).to_be_in_viewport()
    check(page)
    visit.allowed_errors = ("Failed to load resource",)


@pytest.mark.parametrize("path", PAGES.values(), ids=PAGES)
def test_every_page(visit_with: Callable[..., Visit], path: str) -> None:
    visit = visit_with()
    visit.allowed_errors = ("Failed to load resource",)
    page = visit.open(path)
    for look in LOOKS.values():
        take_on(page, **look)
        check(page)


def test_the_sheet(visit: Visit) -> None:
    page = visit.open()
    visit.ask(EXAMPLES[1])
    visit.ask("Should I take it?")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="For my care team").click()
    opened.value.wait_for_load_state()
    for look in LOOKS.values():
        take_on(opened.value, **look)
        check(opened.value)


@pytest.mark.parametrize("width", [320, 390, 1280])
def test_text_twice_as_large_loses_nothing(visit_with: Callable[..., Visit], width: int) -> None:
    visit = visit_with(viewport={"width": width, "height": 900})
    page = visit.open()
    larger = "html { font-size: 225% }"
    page.add_style_tag(content=larger)
    for question in (EXAMPLES[1], "I want to die", MIXED):
        visit.ask(question)
        assert page.evaluate(FITS)
        assert page.evaluate(CLIPPED) == []
    for path in PAGES.values():
        visit.allowed_errors = ("Failed to load resource",)
        visit.open(path).add_style_tag(content=larger)
        assert page.evaluate(FITS)
        assert page.evaluate(CLIPPED) == []


@pytest.mark.parametrize("width", [768, 1100, 1440, 2560])
def test_lines_of_quotes_are_easy_to_follow(visit_with: Callable[..., Visit], width: int) -> None:
    visit = visit_with(viewport={"width": width, "height": 900})
    page = visit.open()
    visit.ask(EXAMPLES[1])
    lines = page.evaluate(LINES)
    assert len(lines) > 5
    assert statistics.median(lines) >= 45
    assert max(lines) <= 75


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
    visit = visit_with(fresh=True)
    session = visit.page.context.new_cdp_session(visit.page)
    session.send("Network.enable")
    received: list[float] = []
    session.on("Network.loadingFinished", lambda event: received.append(event["encodedDataLength"]))
    visit.open()
    visit.page.wait_for_timeout(1000)
    assert 0 < sum(received) <= 350 * 1024


def test_the_article_prints_without_what_only_a_screen_needs(visit: Visit) -> None:
    page = visit.open("/article/ldn-cancer?q=45-46#s45")
    page.emulate_media(media="print")
    for part in ("nav", ".skip", ".contents"):
        expect(page.locator(part).locator("visible=true")).to_have_count(0)
    expect(page.locator(".article-text")).to_be_visible()
    expect(page.locator("a[href='tel:999'], a[href*='findahelpline']")).to_be_visible()
    assert page.evaluate("getComputedStyle(document.querySelector('.foot')).position") == "static"


def test_the_sheet_prints_the_questions_that_were_kept(visit: Visit) -> None:
    page = visit.open()
    visit.ask(EXAMPLES[1])
    visit.ask(MIXED)
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="For my care team").click()
    sheet = opened.value
    sheet.get_by_role("checkbox").first.uncheck()
    sheet.emulate_media(media="print")
    expect(sheet.get_by_role("heading", level=3)).to_have_text([EXAMPLES[1]])
    expect(sheet.locator("blockquote").locator("visible=true")).to_have_count(3)
    expect(sheet.locator(".acts").locator("visible=true")).to_have_count(0)
