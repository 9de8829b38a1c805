"""Help in view, on every state of every page and for the rest of a conversation."""

from collections.abc import Callable
from typing import Any

import pytest
from fixed_answerer import EXAMPLES, KINDS
from operating import Operated
from playwright.sync_api import Page, expect
from visiting import Visit

pytestmark = pytest.mark.browser
SCREENS: dict[str, dict[str, Any]] = {
    "wide": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
    "above_a_keyboard": {"viewport": {"width": 390, "height": 420}},
    "zoom_400": {"viewport": {"width": 320, "height": 256}},
}
PATHS = ["/article/ldn-cancer", "/article/ldn-cancer/references", "/embed", "/no-such-page"]


def check_help(page: Page) -> None:
    """The emergency number and the crisis line can be seen and tapped, wherever one has got to."""
    for call in ("tel:999", "tel:116123"):
        number = page.locator(f".foot a[href='{call}']").locator("visible=true")
        expect(number).to_have_count(1)
        expect(number).to_be_in_viewport(ratio=0.99)
        covered = """one => {
          const box = one.getBoundingClientRect();
          return document.elementFromPoint(box.x + box.width / 2, box.y + box.height / 2) !== one;
        }"""
        assert not number.evaluate(covered)


@pytest.mark.parametrize("screen", SCREENS)
def test_help_is_in_view_on_every_state(
    visit_with: Callable[..., Visit], operated: Operated, screen: str
) -> None:
    visit = visit_with(to=operated.address, **SCREENS[screen])
    visit.allowed_errors = ("Failed to load resource",)
    page = visit.open()
    check_help(page)
    for question in (EXAMPLES[1], *KINDS):
        visit.ask(question)
        check_help(page)
    page.locator("a.read").first.click()
    check_help(page)
    for path in PATHS:
        visit.open(path)
        check_help(page)
        page.evaluate("scrollTo(0, document.documentElement.scrollHeight / 2)")
        check_help(page)


@pytest.mark.parametrize("screen", ["wide", "phone"])
def test_after_a_crisis_the_line_stays_with_every_answer(
    visit_with: Callable[..., Visit], operated: Operated, screen: str
) -> None:
    visit = visit_with(to=operated.address, **SCREENS[screen])
    visit.open()
    before = visit.ask(EXAMPLES[0])
    expect(before.locator(".still")).to_have_count(0)
    visit.ask("I want to die")
    for question in (EXAMPLES[1], "Should I take it?", "Does it help against lupus?"):
        line = visit.ask(question).locator(".still")
        expect(line.get_by_role("link", name="116 123")).to_have_attribute("href", "tel:116123")
        expect(line).to_be_in_viewport(ratio=0.99)


@pytest.mark.parametrize("screen", SCREENS)
def test_what_has_focus_is_never_behind_what_stays(
    visit_with: Callable[..., Visit], operated: Operated, screen: str
) -> None:
    visit = visit_with(to=operated.address, **SCREENS[screen])
    page = visit.open()
    visit.ask(EXAMPLES[1])
    hidden = """() => {
      const one = document.activeElement, box = one.getBoundingClientRect();
      const ys = [box.top + 2, box.top + box.height / 2, box.bottom - 2];
      const seen = ys.map(y => document.elementFromPoint(box.left + box.width / 2, y));
      return seen.some(at => at && (one.contains(at) || at.contains(one))) ? "" : one.outerHTML;
    }"""
    page.locator(".asked").evaluate("one => { one.tabIndex = -1; one.focus(); }")
    for _ in range(25):
        page.keyboard.press("Tab")
        assert page.evaluate(hidden) == ""


def test_on_a_phone_the_keyboard_goes_once_the_question_is_taken(
    visit_with: Callable[..., Visit], operated: Operated
) -> None:
    visit = visit_with(to=operated.address, **SCREENS["phone"])
    page = visit.open()
    page.get_by_role("textbox").tap()
    visit.ask(EXAMPLES[0])
    expect(page.locator(".asked")).to_be_focused()
    visit.ask("Why? " * 300)
    expect(page.get_by_role("textbox")).to_be_focused()
