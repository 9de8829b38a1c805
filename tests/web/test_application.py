"""The whole application over HTTP."""

import logging
from collections.abc import Callable
from pathlib import Path

import pytest
from fixed_answerer import (
    EXAMPLES,
    FAILING,
    FAIR_PART,
    MIXED,
    UNSHOWABLE,
    WORD,
    FixedAnswerer,
)
from parsed_html import all_of, parse
from starlette.testclient import TestClient

from chatbot.conversation import Conversation
from chatbot.web.middleware.caching import IMMUTABLE
from corpus import load_library

Build = Callable[..., TestClient]


def predict(client: TestClient, question: object, session: str = "s1") -> dict:
    """Ask as the page does, and return what it gets."""
    config = client.get("/config").json()
    (submit,) = [
        dependency["id"]
        for dependency in config["dependencies"]
        for target in dependency["targets"]
        if target[1] == "submit"
    ]
    body = {"data": [question, None], "fn_index": submit, "session_hash": session}
    answer = client.post("/gradio_api/run/predict", json=body)
    return {"status": answer.status_code, **answer.json()}


def test_the_page_answers_through_gradio(client: TestClient, answerer: FixedAnswerer) -> None:
    field, log, *_ = predict(client, EXAMPLES[0])["data"]
    assert field == ""
    html = log[-1]["content"][0]["text"]
    (quote,) = all_of(parse(html), "blockquote")
    assert quote.text == answerer.reply(EXAMPLES[0], Conversation()).quotes[0].text


def test_the_conversation_is_the_servers(client: TestClient) -> None:
    first = predict(client, EXAMPLES[0], "own")["data"][1]
    second = predict(client, EXAMPLES[1], "own")["data"][1]
    assert second[: len(first)] == first
    assert len(second) == len(first) + 2
    assert len(predict(client, EXAMPLES[1], "other")["data"][1]) == 2


def test_a_forged_conversation_is_not_read(client: TestClient) -> None:
    config = client.get("/config").json()
    index = config["dependencies"][0]["id"]
    forged = [{"id": "x", "replies": ["<script>alert(1)</script>"]}]
    body = {"data": [EXAMPLES[0], forged], "fn_index": index, "session_hash": "forged"}
    answer = client.post("/gradio_api/run/predict", json=body)
    assert len(answer.json()["data"][1]) == 2
    assert "alert" not in answer.text


@pytest.mark.parametrize("question", ["", "   ", None])
def test_no_question_changes_nothing(client: TestClient, question: object) -> None:
    assert predict(client, question, f"nothing{question!r}")["status"] == 200
    assert len(predict(client, EXAMPLES[0], f"nothing{question!r}")["data"][1]) == 2


@pytest.mark.parametrize(
    ("question", "place"),
    [(FAILING, "ValueError at fixed_answerer.py"), (UNSHOWABLE, "KeyError at library.py")],
)
def test_a_failure_is_one_sentence_and_the_question_stays(
    client: TestClient,
    answerer: FixedAnswerer,
    question: str,
    place: str,
    caplog: pytest.LogCaptureFixture,
    capfd: pytest.CaptureFixture[str],
) -> None:
    with caplog.at_level(logging.DEBUG):
        before = predict(client, EXAMPLES[0], question)["data"][1]
        field, log, *_ = predict(client, question, question)["data"]
        after = predict(client, EXAMPLES[1], question)["data"][1]
    assert field == question
    assert answerer.catalogue.text("page.failed") in log[-1]["content"][0]["text"]
    assert after[: len(before)] == before
    assert place in caplog.text
    assert WORD not in caplog.text
    assert WORD not in "".join(capfd.readouterr())


def test_a_program_is_told_of_a_failure_in_one_sentence(
    client: TestClient, answerer: FixedAnswerer
) -> None:
    answer = client.post("/api/ask", json={"question": FAILING})
    assert answer.status_code == 500
    assert answer.json() == {"error": answerer.catalogue.text("page.failed")}


def test_the_fair_part_of_a_refused_question_is_offered_in_its_own_words(
    client: TestClient, answerer: FixedAnswerer
) -> None:
    _, log, _, heading, first, *_ = predict(client, MIXED, "mixed")["data"]
    offer = answerer.catalogue.text("personal_advice.fair_part")
    assert (heading["value"], first["value"]) == (offer, FAIR_PART)
    assert offer not in log[-1]["content"][0]["text"]
    _, _, _, heading, *_ = predict(client, "Should I take it?", "mixed")["data"]
    # What stays visible is given by its value alone.
    assert heading == answerer.catalogue.text("page.suggest_asked")


def test_the_chat_of_several_articles_names_them_all(build: Build, two_articles: Path) -> None:
    client = build(FixedAnswerer(articles=two_articles))
    elements = parse(client.get("/").text)
    (listed,) = all_of(elements, "ul", "articles")
    for id, article in load_library(two_articles).items():
        assert article.metadata.title in listed.text
        assert client.get(f"/article/{id}").status_code == 200
    assert len(all_of(elements, "h1")) == 1


def test_programs_get_the_public_form(client: TestClient, answerer: FixedAnswerer) -> None:
    answer = client.post("/api/ask", json={"question": EXAMPLES[1], "id": "a1"})
    assert answer.json() == answerer.reply(EXAMPLES[1], Conversation(), "a1").to_json()
    assert answer.headers["cache-control"] == "no-store"


@pytest.mark.parametrize("body", ["", "[]", '{"question": 5}', '{"id": "a"}', b"\xff\xfe"])
def test_what_is_not_a_question_gets_one_sentence(client: TestClient, body: str | bytes) -> None:
    answer = client.post("/api/ask", content=body, headers={"content-type": "application/json"})
    assert answer.status_code == 422
    assert list(answer.json()) == ["error"]


def test_a_lone_surrogate_is_answered(client: TestClient) -> None:
    body = '{"question": "\\ud800 what?"}'
    answer = client.post("/api/ask", content=body, headers={"content-type": "application/json"})
    assert answer.json()["question"] == "� what?"


def test_health(client: TestClient) -> None:
    assert client.get("/healthz").json() == {"status": "ok"}


@pytest.mark.parametrize(
    "path", ["/gradio_api/upload", "/gradio_api/file=https://example.org", "/monitoring", "/docs"]
)
def test_gradios_other_routes_are_closed(client: TestClient, path: str) -> None:
    assert client.get(path).status_code == client.post(path).status_code == 404


def test_no_other_site_may_read_answers(client: TestClient) -> None:
    for path in ("/", "/config", "/api/ask"):
        answer = client.get(path, headers={"Origin": "https://evil.example"})
        assert "access-control-allow-origin" not in answer.headers


def test_a_claimed_host_is_not_believed(client: TestClient) -> None:
    answer = client.get("/config", headers={"X-Forwarded-Host": "evil.example"})
    assert "evil.example" not in answer.text


def test_files_are_compressed_and_kept(client: TestClient) -> None:
    elements = parse(client.get("/").text)
    own = [
        e.attributes["href"]
        for e in all_of(elements, "link")
        if e.attributes["rel"] == "stylesheet"
    ]
    own += [e.attributes["src"] for e in all_of(elements, "script")]
    for path in own:
        answer = client.get(str(path), headers={"Accept-Encoding": "br"})
        assert answer.status_code == 200
        assert answer.headers["cache-control"] == IMMUTABLE
        assert answer.headers["content-encoding"] == "br"
    assert client.get("/ui/0000/page.css").status_code == 404


@pytest.mark.parametrize("encoding", ["br", "gzip", "identity"])
def test_a_page_is_the_same_in_every_encoding(client: TestClient, encoding: str) -> None:
    plain = client.get("/article/ldn-cancer").text
    answer = client.get("/article/ldn-cancer", headers={"Accept-Encoding": encoding})
    assert answer.text == plain
    assert answer.headers.get("content-encoding", "identity") == encoding


def test_a_page_that_is_known_is_not_sent_again(client: TestClient) -> None:
    first = client.get("/article/ldn-cancer")
    again = client.get("/article/ldn-cancer", headers={"If-None-Match": first.headers["etag"]})
    assert (again.status_code, again.content) == (304, b"")


def test_an_unknown_article_is_not_found(client: TestClient) -> None:
    for path in ("/article/none", "/article/none?q=1", "/article/none/references"):
        assert client.get(path).status_code == 404


def test_the_rate_limit_is_on_every_way_to_ask(answerer: FixedAnswerer, build: Build) -> None:
    client = build(answerer, rates="2/hour")
    codes = [client.post("/api/ask", json={"question": "a"}).status_code for _ in range(3)]
    assert codes == [200, 200, 429]
    answer = predict(client, "a")
    assert (answer["status"], answer["error"]) == (429, answerer.catalogue.text("page.too_many"))
    assert client.post("/sheet", data={"turn": []}).status_code == 429
    assert client.get("/").status_code == 200


def test_a_huge_question_is_refused(client: TestClient) -> None:
    answer = client.post("/api/ask", json={"question": "x" * 40_000})
    assert answer.status_code == 413


def test_the_page_can_be_framed_only_from_where_it_may(
    answerer: FixedAnswerer, build: Build
) -> None:
    headers = build(answerer, embed_from=("https://clinic.example",)).get("/").headers
    assert "frame-ancestors https://clinic.example" in headers["content-security-policy"]
    assert "x-frame-options" not in headers


def test_the_page_works_under_a_prefix(answerer: FixedAnswerer, build: Build) -> None:
    client = build(answerer, root_path="/ask")
    for path in ("/ask/", "/"):
        elements = parse(client.get(path).text)
        elements = [e for e in elements if e.tag in {"a", "link", "script", "form"}]
        names = ("href", "src", "action")
        addresses = [e.attributes.get(name) or "" for e in elements for name in names]
        local = [a for a in addresses if a.startswith("/")]
        assert local
        assert all(a.startswith("/ask/") for a in local)
    assert client.get(local[0]).status_code == 200
