"""The sheet for the care team: only questions come from outside, quotes from the article."""

import json
from collections.abc import Callable
from datetime import date

import pytest
from fixed_answerer import EXAMPLES, MIXED, FixedAnswerer
from hypothesis import given
from hypothesis import strategies as st
from parsed_html import all_of, parse
from starlette.testclient import TestClient

from chatbot.conversation import Conversation
from chatbot.web.asking import well_formed
from chatbot.web.render import turn_of
from chatbot.web.sheet import MOST_TURNS, Sheet, SheetError, Turn, read_sheet, read_turns
from chatbot.web.site import Site
from corpus import Sentence, load_library

LIBRARY = load_library()
ARTICLE = LIBRARY["ldn-cancer"]


FIXED = FixedAnswerer()
TEXT = FIXED.catalogue.text


def sheet_of(*turns: Turn) -> Sheet:
    return read_sheet(turns, LIBRARY, TEXT)


def posted(answerer: FixedAnswerer, question: str) -> str:
    return json.dumps(turn_of(answerer.reply(question, Conversation())))


def one_turn(**changes: object) -> str:
    turn = {"question": "Why?", "kind": "quotes", "spans": []}
    return json.dumps({**turn, **changes})


@given(st.integers(0, len(ARTICLE.text)), st.integers(1, 400))
def test_only_whole_sentences_are_quoted(start: int, length: int) -> None:
    starts = {sentence.span.start for sentence in ARTICLE.sentences}
    ends = {sentence.span.end for sentence in ARTICLE.sentences}
    turn = Turn(question="Why?", kind="quotes", spans=[(ARTICLE.id, start, start + length)])
    if start in starts and start + length in ends:
        (item,) = sheet_of(turn).answered
        assert item.quotes[0].text == ARTICLE.text[start : start + length]
    else:
        with pytest.raises(SheetError):
            sheet_of(turn)


@given(st.sampled_from(ARTICLE.sentences))
def test_a_whole_sentence_is_read_anew(sentence: Sentence) -> None:
    span = (ARTICLE.id, sentence.span.start, sentence.span.end)
    (item,) = sheet_of(Turn(question="Why?", kind="quotes", spans=[span])).answered
    assert item.quotes[0].text == ARTICLE.read(sentence.span)
    assert item.quotes[0].paragraph == sentence.paragraph


@pytest.mark.parametrize(
    "turn",
    [
        "",
        "[]",
        one_turn(kind="praise"),
        one_turn(text="a quote of mine"),
        one_turn(question="x" * 5000),
        one_turn(spans=[["ldn-cancer", 0]]),
        one_turn(spans=[["ldn-cancer", 2, 95]] * 9),
    ],
)
def test_a_turn_that_the_page_does_not_post_is_refused(turn: str) -> None:
    with pytest.raises(SheetError):
        read_turns([turn], TEXT)


@pytest.mark.parametrize("span", [("other", 2, 95), ("ldn-cancer", 95, 2), ("ldn-cancer", -5, 95)])
def test_a_span_that_is_nowhere_is_refused(span: tuple[str, int, int]) -> None:
    with pytest.raises(SheetError):
        sheet_of(Turn(question="Why?", kind="quotes", spans=[span]))


def test_a_sheet_is_bounded() -> None:
    with pytest.raises(SheetError):
        read_turns([one_turn()] * (MOST_TURNS + 1), TEXT)


def test_the_sheet_has_questions_quotes_and_what_to_ask(
    client: TestClient, answerer: FixedAnswerer
) -> None:
    asked = [*EXAMPLES, "Should I take it?", "Does it help against lupus?", "I want to die"]
    answer = client.post("/sheet", data={"turn": [posted(answerer, q) for q in asked]})
    elements = parse(answer.text)
    questions = [element.text for element in all_of(elements, "h3")]
    assert questions == [*asked[5:7], *EXAMPLES]
    quoted = [element.text for element in all_of(elements, "blockquote")]
    replies = [answerer.reply(question, Conversation()) for question in EXAMPLES]
    shown = [[*r.quotes, *([r.companion] if r.companion else [])] for r in replies]
    assert quoted == [quote.text for quotes in shown for quote in quotes]
    assert answer.headers["cache-control"] == "no-store"


def test_a_refused_question_is_one_to_ask_even_with_quotes_on_safety(
    answerer: FixedAnswerer,
) -> None:
    sheet = sheet_of(*read_turns([posted(answerer, MIXED)], TEXT))
    (item,) = sheet.to_ask
    assert (item.question, sheet.answered) == (MIXED, ())
    assert [quote.text for quote in item.quotes] == [
        quote.text for quote in answerer.reply(MIXED, Conversation()).quotes
    ]


def test_the_text_sheet_has_the_same_words(client: TestClient, answerer: FixedAnswerer) -> None:
    turns = [posted(answerer, question) for question in (EXAMPLES[1], "Should I take it?")]
    answer = client.post("/sheet.txt", data={"turn": turns})
    assert answer.headers["content-disposition"].startswith("attachment")
    reply = answerer.reply(EXAMPLES[1], Conversation())
    for quote in reply.quotes:
        assert quote.text in answer.text
        for reference in quote.references:
            assert reference.url in answer.text
    assert "Should I take it?" in answer.text


@given(st.text(max_size=80))
def test_a_question_on_the_sheet_has_no_effect(text: str) -> None:
    text = well_formed(text)
    sheet = sheet_of(Turn(question=text, kind="not_in_article", spans=[]))
    site = Site(FIXED)
    (heading,) = all_of(parse(site.sheet(sheet)), "h3")
    assert heading.text == text


def test_the_sheet_bears_the_date(answerer: FixedAnswerer) -> None:
    site = Site(answerer, today=lambda: date(2031, 5, 4))
    html = site.sheet(sheet_of(*read_turns([posted(answerer, EXAMPLES[0])], TEXT)))
    assert "May 4, 2031" in html


WRONG = {
    "sheet.not_ours": ["{}"],
    "sheet.too_many": [one_turn()] * (MOST_TURNS + 1),
    "sheet.article_gone": [one_turn(spans=[["gone", 0, 5]])],
    "sheet.altered": [one_turn(spans=[["ldn-cancer", 3, 9]])],
}


@pytest.mark.parametrize("language", ["en", "es"])
@pytest.mark.parametrize("msgid", WRONG)
def test_a_wrong_sheet_is_told_in_the_words_of_the_catalogue(
    build: Callable[..., TestClient], language: str, msgid: str
) -> None:
    answerer = FixedAnswerer(language)
    answer = build(answerer).post("/sheet", data={"turn": WRONG[msgid]})
    assert answer.status_code == 422
    (main,) = all_of(parse(answer.text), "main")
    assert answerer.catalogue.text(msgid, most=MOST_TURNS) in main.text


def test_the_text_sheet_is_plain_text_with_help_and_disclaimer(
    client: TestClient, answerer: FixedAnswerer
) -> None:
    answer = client.post("/sheet.txt", data={"turn": [posted(answerer, EXAMPLES[0])]})
    assert "<" not in answer.text
    assert ARTICLE.metadata.disclaimer in answer.text
    assert answerer.catalogue.call() in answer.text
