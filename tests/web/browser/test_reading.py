"""Reading: quotes on the screen, the article beside them, and the languages of both."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from fixed_answerer import EXAMPLES
from playwright.sync_api import expect
from visiting import Visit

from chatbot.messages import Catalogue
from chatbot.reply import Quote

pytestmark = pytest.mark.browser


def test_a_quote_reaches_the_screen_byte_for_byte(
    visit: Visit, pancreatic: tuple[Quote, ...]
) -> None:
    visit.open()
    reply = visit.ask(EXAMPLES[1])
    shown = reply.locator("blockquote").evaluate_all("all => all.map(one => one.textContent)")
    assert shown[:2] == [quote.text for quote in pancreatic]
    assert shown[2].startswith("The evidence base consists primarily of case reports")
    expect(reply.locator("mark")).to_have_text(pancreatic[0].text.split(" The patient")[0])


def test_a_citation_opens_the_article_at_the_sentence(visit: Visit) -> None:
    page = visit.open()
    visit.ask(EXAMPLES[1]).get_by_role("link", name="Read it in the article").first.click()
    for number in (45, 46):
        expect(page.locator(f"#beside #s{number}")).to_have_class("s quoted")
        expect(page.locator(f"#beside #s{number}")).to_be_in_viewport(ratio=1)
    expect(page.locator("#beside .quoted")).to_have_count(2)
    expect(page.locator(".asked")).to_be_in_viewport()
    section = page.locator("#beside [aria-current=location]")
    expect(section).to_have_text("Pancreatic Cancer")


def test_beside_the_chat_one_is_led_to_the_sentence_and_back(visit: Visit) -> None:
    page = visit.open()
    link = visit.ask(EXAMPLES[1]).get_by_role("link", name="Read it in the article").nth(1)
    back = page.get_by_role("button", name="Back to the answer")
    expect(back).to_be_hidden()
    link.click()
    expect(page.locator("#s48")).to_be_focused()
    back.click()
    expect(link).to_be_focused()
    expect(back).to_be_hidden()


def test_a_link_to_a_paragraph_can_be_shared(visit: Visit) -> None:
    page = visit.open()
    number = page.locator("#beside .number").nth(20)
    shared = str(number.evaluate("one => one.href")).removeprefix(visit.address)
    number.click()
    expect(page.locator("#beside").locator(f"#{shared.split('#')[1]}")).to_be_focused()
    assert page.url == f"{visit.address}/"
    visit.open(shared)
    expect(page.locator(":target")).to_be_in_viewport()


def test_beside_the_chat_the_article_follows_the_answer(visit: Visit) -> None:
    page = visit.open()
    visit.ask(EXAMPLES[1])
    expect(page.locator("#beside #s45")).to_be_in_viewport(ratio=1)
    expect(page.get_by_role("textbox")).to_be_focused()
    visit.ask(EXAMPLES[0])
    expect(page.locator("#beside .quoted")).to_have_count(1)
    expect(page.locator("#beside #s44")).to_be_in_viewport(ratio=1)


def test_on_a_phone_the_article_is_one_tap_away_and_one_back(phone: Visit) -> None:
    page = phone.open()
    visit_reply = phone.ask(EXAMPLES[1])
    link = visit_reply.get_by_role("link", name="Read it in the article").nth(1)
    link.scroll_into_view_if_needed()
    before = page.evaluate("scrollY")
    link.click()
    expect(page.locator("#s48")).to_be_in_viewport()
    expect(page.locator("#s48")).to_be_focused()
    expect(page.locator("#log")).to_be_hidden()
    page.go_back()
    expect(visit_reply.locator("blockquote").first).to_be_visible()
    assert page.evaluate("scrollY") == pytest.approx(before, abs=2)
    expect(link).to_be_focused()
    link.click()
    page.get_by_role("button", name="Back to the answer").click()
    expect(visit_reply.locator("blockquote").first).to_be_visible()


def test_the_articles_own_page_shows_the_sentence_without_scripts(
    visit_with: Callable[..., Visit],
) -> None:
    visit = visit_with(java_script_enabled=False)
    page = visit.open("/article/ldn-cancer?q=45-46#s45")
    expect(page.locator("#s45")).to_be_in_viewport()
    expect(page.locator("mark")).to_have_count(2)


def test_a_reference_link_leads_to_the_paper(visit: Visit, pancreatic: tuple[Quote, ...]) -> None:
    visit.open()
    link = visit.ask(EXAMPLES[1]).get_by_role("link", name="See the paper").first
    assert link.get_attribute("href") == pancreatic[0].references[0].url
    assert link.get_attribute("rel") == "noopener noreferrer"
    assert link.get_attribute("target") == "_blank"


def test_a_search_is_labelled_as_one(visit: Visit) -> None:
    visit.open()
    reply = visit.ask("What about kidney cancer?")
    expect(reply.get_by_role("link", name="Search for the paper")).to_be_visible()


@pytest.fixture(scope="module")
def spanish(serving: Callable[..., Any]) -> Iterator[str]:
    """A page in Spanish behind a proxy's prefix."""
    with serving("--root-path", "/ask", "--language", "es") as address:
        yield address


def test_the_page_works_under_a_prefix(visit_with: Callable[..., Visit], spanish: str) -> None:
    visit = visit_with(to=spanish)
    page = visit.open()
    reply = visit.ask(EXAMPLES[0])
    expect(reply.locator("blockquote")).to_contain_text("vivid dreams")
    reply.locator("a.read").click()
    expect(page.locator("#beside #s44")).to_have_class("s quoted")


def test_the_page_speaks_its_own_language_and_the_article_its_own(
    visit_with: Callable[..., Visit], spanish: str
) -> None:
    texts = Catalogue.load("es").text
    visit = visit_with(to=spanish, locale="fr-FR")
    page = visit.open()
    expect(page).to_have_title(texts("page.title"))
    reply = visit.ask(EXAMPLES[1])
    expect(page.locator("html")).to_have_attribute("lang", "es")
    expect(page.get_by_role("textbox", name=texts("page.question_label"))).to_be_visible()
    expect(page.get_by_role("button", name=texts("page.ask"), exact=True)).to_be_visible()
    expect(reply.locator("a.read").first).to_have_text(texts("page.read"))
    languages = "all => all.map(one => one.closest('[lang]').lang)"
    quotes = page.locator("blockquote, .article-text .s").evaluate_all(languages)
    assert set(quotes) == {"en"}
    spoken = reply.locator(".message, .reminder, .acts").evaluate_all(languages)
    assert set(spoken) == {"es"}
