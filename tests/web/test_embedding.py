"""The page that says how another website shows the chat."""

import html
from collections.abc import Callable

import pytest
from fixed_answerer import FixedAnswerer
from hypothesis import given
from hypothesis import strategies as st
from parsed_html import all_of, parse
from starlette.testclient import TestClient

from chatbot.web.site import Site

Build = Callable[..., TestClient]
SITE = Site(FixedAnswerer())


def lines_of(page: str) -> list[str]:
    """Return the lines to paste, as a person copies them."""
    (code,) = all_of(parse(page), "code")
    return code.text.split("\n")


@given(st.text(min_size=1, max_size=40))
def test_the_two_lines_lead_to_the_address_whatever_it_is(address: str) -> None:
    address = html.unescape(html.escape(address.replace("\r", "").replace("\0", "")))
    frame, link = lines_of(SITE.embed(address, ()))
    (iframe,) = all_of(parse(frame), "iframe")
    (anchor,) = all_of(parse(link), "a")
    assert iframe.attributes["src"] == anchor.attributes["href"] == address
    assert iframe.attributes["title"]


def test_the_address_is_the_one_that_was_asked(answerer: FixedAnswerer, build: Build) -> None:
    client = build(answerer, root_path="/ask", embed_from=("https://clinic.example",))
    page = client.get("/ask/embed", headers={"Host": "chat.example:8443"}).text
    assert 'src="http://chat.example:8443/ask/"' in lines_of(page)[0]
    assert "https://clinic.example" in all_of(parse(page), "main")[0].text


def test_without_an_allowed_website_the_page_says_how_to_allow_one(client: TestClient) -> None:
    assert "--embed-from" in all_of(parse(client.get("/embed").text), "main")[0].text


@pytest.mark.parametrize("path", ["/", "/article/ldn-cancer", "/embed"])
def test_only_allowed_websites_may_frame_it(
    answerer: FixedAnswerer, build: Build, path: str
) -> None:
    policy = "content-security-policy"
    closed, opened = build(answerer), build(answerer, embed_from=("https://clinic.example",))
    assert "frame-ancestors 'none'" in closed.get(path).headers[policy]
    assert "frame-ancestors https://clinic.example" in opened.get(path).headers[policy]
