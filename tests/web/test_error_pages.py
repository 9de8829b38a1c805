"""Errors: a calm page for a person, JSON for a program."""

from collections.abc import Callable

import pytest
from fixed_answerer import FixedAnswerer
from hypothesis import given
from hypothesis import strategies as st
from parsed_html import all_of, parse
from starlette.testclient import TestClient
from starlette.types import Receive, Scope, Send

from chatbot.web.middleware.error_pages import PROGRAMS, ErrorPages

Build = Callable[..., TestClient]
LOST = ["/article/none", "/article/none?q=1", "/article/none/references", "/no-such", "/ui/0/x.css"]


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("path", LOST)
def test_a_wrong_address_is_a_page_with_help_and_ways_on(
    build: Build, path: str, language: str
) -> None:
    answerer = FixedAnswerer(language, "gb")
    answer = build(answerer, root_path="/ask").get(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"] == "text/html; charset=utf-8"
    assert answer.headers["cache-control"] == "no-store"
    elements = parse(answer.text)
    assert elements[0].attributes["lang"] == language
    (main,) = all_of(elements, "main")
    assert answerer.catalogue.text("page.not_found") in main.text
    links = [link.attributes["href"] for link in all_of(elements, "a")]
    assert links == ["/ask/", "/ask/article/ldn-cancer", "tel:999", "tel:116123"]


@pytest.mark.parametrize("path", ["/api/none", "/gradio_api/upload", "/feedback"])
def test_a_program_gets_json(client: TestClient, answerer: FixedAnswerer, path: str) -> None:
    answer = client.post(path)
    assert answer.status_code == 404
    assert answer.headers["content-type"].startswith("application/json")


def test_a_form_that_is_refused_gets_a_page(answerer: FixedAnswerer, build: Build) -> None:
    client = build(answerer, rates="1/hour", sheet_limit=100)
    large = client.post("/sheet", data={"turn": ["x" * 200]})
    many = [client.post("/sheet", data={"turn": []}) for _ in range(2)][-1]
    for answer, code, name in ((large, 413, "page.too_large"), (many, 429, "page.too_many")):
        assert answer.status_code == code
        (main,) = all_of(parse(answer.text), "main")
        assert answerer.catalogue.text(name) in main.text
    assert many.headers["retry-after"] == "60"


def test_a_method_that_a_page_does_not_have_is_an_error_page(client: TestClient) -> None:
    answer = client.delete("/article/ldn-cancer")
    assert answer.status_code in {404, 405}
    assert all_of(parse(answer.text), "main")


@given(st.integers(400, 599), st.lists(st.binary(max_size=40), max_size=4))
def test_whatever_an_error_holds_a_person_gets_a_page(status: int, chunks: list[bytes]) -> None:
    async def failing(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": status, "headers": []})
        for chunk in chunks:
            await send({"type": "http.response.body", "body": chunk, "more_body": True})
        await send({"type": "http.response.body", "body": b""})

    client = TestClient(ErrorPages(failing, lambda code, sentence: f"<p>{code}{sentence}</p>"))
    answer = client.get("/anything")
    assert (answer.status_code, answer.text) == (status, f"<p>{status}</p>")
    assert int(answer.headers["content-length"]) == len(answer.content)
    for path in PROGRAMS:
        assert client.get(path).content == b"".join(chunks)


@pytest.mark.parametrize("path", ["/", "/article/ldn-cancer", "/embed", "/healthz", "/config"])
def test_what_is_no_error_is_left_as_it_is(client: TestClient, path: str) -> None:
    answer = client.get(path)
    assert answer.status_code == 200
    assert int(answer.headers["content-length"]) > 0


def test_an_error_page_repeats_nothing_of_the_address(client: TestClient) -> None:
    assert "zanzibar" not in client.get("/zanzibar?zanzibar=zanzibar").text


def test_the_way_back_from_an_error_leads_to_the_chat(client: TestClient) -> None:
    way = all_of(parse(client.get("/lost").text), "a")[0].attributes["href"]
    assert "<gradio-app" in client.get(str(way)).text
