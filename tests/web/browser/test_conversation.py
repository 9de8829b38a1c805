"""Asking and reading, as a person does it."""

from collections.abc import Callable

import pytest
from fixed_answerer import EXAMPLES, FAILING
from operating import Operated
from playwright.sync_api import expect
from visiting import Visit

from chatbot.reply import Quote

pytestmark = pytest.mark.browser


def test_a_refusal_has_a_way_on(visit: Visit) -> None:
    page = visit.open()
    reply = visit.ask("Does it help against lupus?")
    expect(reply.locator("blockquote")).to_have_count(0)
    expect(reply.get_by_role("link", name="LDN Beyond Cancer")).to_be_visible()
    expect(page.locator("#suggestions button:visible")).to_have_count(3)


@pytest.mark.parametrize(
    ("question", "call"), [("I cannot breathe", "tel:999"), ("I want to die", "tel:116123")]
)
def test_danger_shows_the_number_first_and_largest(
    visit_with: Callable[..., Visit], operated: Operated, question: str, call: str
) -> None:
    phone = visit_with(to=operated.address, viewport={"width": 390, "height": 844})
    page = phone.open()
    reply = phone.ask(question)
    number = reply.locator("a").first
    assert number.get_attribute("href") == call
    expect(number).to_be_in_viewport(ratio=0.99)
    size = "all => all.map(one => parseFloat(getComputedStyle(one).fontSize))"
    own, *others = reply.locator("a, p").locator("visible=true").evaluate_all(size)[1:]
    assert own > max(others)
    expect(page.locator("#suggestions button:visible")).to_have_count(0)


def test_without_a_confirmed_number_the_words_say_whom_to_call(phone: Visit) -> None:
    phone.open()
    reply = phone.ask("I cannot breathe")
    expect(reply.locator("p").first).to_contain_text("Call your local emergency number")
    expect(reply.locator(".number")).to_have_count(0)


def test_an_example_asks_itself_and_focus_goes_to_the_answer(visit: Visit) -> None:
    page = visit.open()
    page.get_by_role("button", name=EXAMPLES[0]).click()
    expect(page.locator(".asked")).to_contain_text(EXAMPLES[0])
    expect(page.locator(".asked")).to_be_focused()
    expect(page.locator("#suggestions")).not_to_contain_text(EXAMPLES[0])


def test_the_keyboard_is_enough(visit: Visit) -> None:
    page = visit.open()
    page.keyboard.press("Tab")
    expect(page.get_by_role("link", name="Skip to the question field")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.get_by_role("textbox")).to_be_focused()
    page.keyboard.type(EXAMPLES[1])
    page.keyboard.press("Enter")
    page.locator("blockquote").first.wait_for()
    expect(page.get_by_role("textbox")).to_be_focused()
    expect(page.get_by_role("textbox")).to_have_value("")
    link = page.get_by_role("link", name="Read it in the article").first
    for _ in range(30):
        page.keyboard.press("Shift+Tab")
        if link.evaluate("one => one === document.activeElement"):
            break
    outline = link.evaluate("one => getComputedStyle(one).outlineStyle")
    assert outline == "solid"
    page.keyboard.press("Enter")
    expect(page.locator("#s45")).to_be_in_viewport()


def test_an_answer_is_announced_once(visit: Visit) -> None:
    page = visit.open()
    visit.ask(EXAMPLES[0])
    page.evaluate(
        """() => {
          window.added = [];
          new MutationObserver(all => all.forEach(one => one.addedNodes.forEach(node => {
            if (node.textContent?.trim()) window.added.push(node.textContent);
          }))).observe(document.querySelector("[role=log]"), {childList: true, subtree: true});
        }"""
    )
    visit.ask(EXAMPLES[1])
    added = page.evaluate("window.added.join('|')")
    assert added.count("Dr. Berkson's initial publication") == 1
    assert "vivid dreams" not in added
    log = page.get_by_role("log")
    expect(log).to_have_attribute("aria-live", "polite")
    assert log.locator("[aria-label]").evaluate_all("all => all.map(a => a.ariaLabel)") == []


def test_a_failure_leaves_the_question_in_the_field(visit: Visit) -> None:
    page = visit.open()
    reply = visit.ask(FAILING)
    expect(reply).to_contain_text("Something went wrong")
    expect(page.get_by_role("textbox")).to_have_value(FAILING)
    page.get_by_role("textbox").fill(EXAMPLES[0])
    page.keyboard.press("Enter")
    expect(page.locator(".asked")).to_have_text([f"You asked: {EXAMPLES[0]}"])


def test_a_lost_connection_costs_neither_question_nor_conversation(visit: Visit) -> None:
    visit.allowed_errors = ("Failed to load resource",)
    page = visit.open()
    visit.ask(EXAMPLES[1])
    page.route("**/gradio_api/run/**", lambda route: route.abort())
    page.get_by_role("textbox").fill(EXAMPLES[0])
    page.keyboard.press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("The answer did not come")
    expect(page.get_by_role("textbox")).to_have_value(EXAMPLES[0])
    page.unroute("**/gradio_api/run/**")
    page.get_by_role("textbox").press("Enter")
    expect(page.locator(".asked")).to_have_count(2)
    expect(page.locator("blockquote").last).to_contain_text("vivid dreams")
    expect(page.get_by_role("alert")).to_have_text("")


def test_what_a_person_writes_has_no_effect(visit: Visit) -> None:
    page = visit.open()
    visit.ask('<img src=x onerror="document.title=1"> **bold** [a](http://e.example)')
    expect(page.locator(".asked img, .asked strong, .asked a")).to_have_count(0)
    expect(page.locator(".asked")).to_contain_text("**bold** [a](http://e.example)")


def test_a_quote_is_copied_with_its_source(
    visit_with: Callable[..., Visit], address: str, pancreatic: tuple[Quote, ...]
) -> None:
    visit = visit_with(permissions=["clipboard-read", "clipboard-write"])
    page = visit.open()
    visit.ask(EXAMPLES[1]).get_by_role("button", name="Copy", exact=True).first.click()
    expect(page.get_by_role("button", name="Copied")).to_be_visible()
    copied = page.evaluate("navigator.clipboard.readText()").split("\n\n")
    assert copied[0] == pancreatic[0].text
    assert "Yoon Hang Kim" in copied[1]
    assert copied[1].endswith(f"{address}/article/ldn-cancer?q=45-46#s45")


def test_the_sheet_opens_with_what_was_asked(visit: Visit, pancreatic: tuple[Quote, ...]) -> None:
    page = visit.open()
    visit.ask(EXAMPLES[1])
    visit.ask("Should I take it?")
    with page.context.expect_page() as opened:
        page.get_by_role("button", name="For my care team").click()
    sheet = opened.value
    expect(sheet.get_by_role("heading", level=3)).to_have_text(["Should I take it?", EXAMPLES[1]])
    expect(sheet.locator("blockquote").first).to_have_text(pancreatic[0].text)
    sheet.get_by_role("checkbox").first.uncheck()
    with sheet.expect_download() as download:
        sheet.get_by_role("button", name="Save as text").click()
    text = download.value.path().read_text(encoding="utf-8")
    assert pancreatic[0].text in text
    assert "Should I take it?" not in text
