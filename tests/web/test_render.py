"""Replies as HTML: the article's words byte for byte, everybody else's words without effect."""

import inspect
import json
from dataclasses import replace

from fixed_answerer import ANSWERS, EXAMPLES, KINDS, OUTSIDE, FixedAnswerer, make_quote
from hypothesis import given
from hypothesis import strategies as st
from parsed_html import all_of, parse

from chatbot.conversation import Conversation
from chatbot.reply import Quote, Reply, ReplyKind
from chatbot.web.asking import well_formed
from chatbot.web.render import Renderer
from corpus import Article

ANSWERER = FixedAnswerer()
ARTICLE = ANSWERER.article
RENDERER = Renderer(ANSWERER.library, ANSWERER.catalogue)
TAGS = {"div", "p", "figure", "blockquote", "mark", "figcaption", "span", "a", "button", "ol", "li"}

sentences = st.integers(1, len(ARTICLE.sentences))
hostile = st.text(min_size=1, max_size=60) | st.sampled_from(
    [
        "<script>alert(1)</script>",
        "a\n\n\tb\r\n  c",
        "$$x$$ *b* `c` [d](http://e)",
        "&lt;&#10;&amp;",
    ]
)


@st.composite
def quotes(draw: st.DrawFn) -> Quote:
    """Real quotes: one to three sentences of one paragraph, one of them the key."""
    first = draw(sentences)
    paragraph = ARTICLE.sentence(first).paragraph
    last = first
    while last < len(ARTICLE.sentences) and last < first + draw(st.integers(0, 2)):
        if ARTICLE.sentence(last + 1).paragraph != paragraph:
            break
        last += 1
    return make_quote(ARTICLE, first, last, draw(st.integers(first, last)))


def reply_with(*quotes: Quote, question: str = "Why?") -> Reply:
    return Reply("", question, ReplyKind.QUOTES, "From the article:", tuple(quotes))


@given(st.lists(quotes(), min_size=1, max_size=3))
def test_a_quote_is_the_articles_text_and_its_key_is_marked(chosen: list[Quote]) -> None:
    elements = parse(RENDERER.reply(reply_with(*chosen)))
    blocks = all_of(elements, "blockquote")
    assert [block.text for block in blocks] == [ARTICLE.read(quote.span) for quote in chosen]
    assert all(block.attributes["lang"] == "en" for block in blocks)
    marked = [ARTICLE.read(quote.key) for quote in chosen if quote.key != quote.span]
    assert [mark.text for mark in all_of(elements, "mark")] == marked


@given(quotes())
def test_a_citation_leads_to_the_sentence_that_answers(quote: Quote) -> None:
    (link,) = all_of(parse(RENDERER.reply(reply_with(quote))), "a", "read")
    key = next(s for s in ARTICLE.sentences if s.span == quote.key)
    first, last = quote.sentences
    assert link.attributes["href"] == f"/article/ldn-cancer?q={first}-{last}#s{key.number}"


@given(hostile)
def test_any_text_survives_to_the_screen_and_does_nothing(text: str) -> None:
    text = well_formed(text)
    quote = replace(
        make_quote(ARTICLE, 44, 44, 44),
        span=ARTICLE.span(0, len(text)),
        key=ARTICLE.span(0, len(text)),
        text=text,
        section=text,
    )
    reply = replace(reply_with(quote, question=text), companion=quote)
    html = RENDERER.reply(reply)
    elements = parse(html)
    assert {block.text for block in all_of(elements, "blockquote")} == {text}
    assert {element.tag for element in elements} <= TAGS
    turn = next(e for e in elements if e.has_class("reply")).attributes["data-turn"]
    assert json.loads(turn or "")["question"] == text
    assert not any(name.startswith("on") for e in elements for name in e.attributes)


@given(hostile)
def test_a_question_is_repeated_as_it_was_asked(text: str) -> None:
    text = well_formed(text)
    (heading,) = all_of(parse(RENDERER.question(text)), "h2")
    assert heading.text.endswith(text)


@given(hostile)
def test_what_gradio_and_markdown_do_to_a_message_does_nothing(text: str) -> None:
    text = well_formed(text)
    for html in (RENDERER.question(text), RENDERER.reply(reply_with(question=text))):
        assert inspect.cleandoc(html) == html
        assert "\n" not in html
        assert html.startswith(("<h2", "<div"))


def test_every_reference_has_its_link_and_a_search_says_so(answerer: FixedAnswerer) -> None:
    seen = set()
    for question in (*ANSWERS, "no"):
        reply = answerer.reply(question, Conversation())
        elements = parse(RENDERER.reply(reply))
        links = [e for e in all_of(elements, "a", "out")]
        cited = [reference for quote in reply.quotes for reference in quote.references]
        assert [link.attributes["href"] for link in links] == [c.url for c in cited]
        for link, reference in zip(links, cited, strict=True):
            search = ARTICLE.references[reference.number - 1].link == "search"
            label = answerer.catalogue.text("page.search_paper" if search else "page.read_paper")
            assert link.text.startswith(label)
            seen.add(search)
    assert seen == {True, False}


def test_a_dose_note_stands_with_quotes_that_state_a_dose_and_no_others(article: Article) -> None:
    for sentence in article.sentences:
        quote = make_quote(article, sentence.number, sentence.number, sentence.number)
        notes = all_of(parse(RENDERER.reply(reply_with(quote))), "p", "dose")
        assert bool(notes) == (sentence.number in article.notes.doses)


def test_words_that_confine_a_reference_are_shown() -> None:
    html = RENDERER.reply(reply_with(make_quote(ARTICLE, 49, 49, 49)))
    assert "renal cell carcinoma" in "".join(e.text for e in all_of(parse(html), "li"))


def test_a_companion_is_introduced_and_quoted(answerer: FixedAnswerer) -> None:
    reply = answerer.reply(EXAMPLES[1], Conversation())
    assert reply.companion is not None
    elements = parse(RENDERER.reply(reply))
    assert all_of(elements, "blockquote")[-1].text == reply.companion.text
    (lead,) = all_of(elements, "p", "lead")
    assert lead.text == answerer.catalogue.text("quotes.also")


def test_without_a_section_near_the_message_is_not_said_twice(answerer: FixedAnswerer) -> None:
    ask = answerer.catalogue.text("not_in_article.ask")
    near = all_of(parse(RENDERER.reply(answerer.reply("Why?", Conversation()))), "p")
    far = parse(RENDERER.reply(answerer.reply(OUTSIDE, Conversation())))
    assert ask in [element.text for element in near]
    assert ask not in [element.text for element in all_of(far, "p")]
    (way,) = all_of(far, "a", "read")
    assert way.attributes["href"] == f"/article/{ARTICLE.id}"


def test_only_urgent_replies_are_red(answerer: FixedAnswerer) -> None:
    for question, kind in KINDS.items():
        html = RENDERER.reply(answerer.reply(question, Conversation()))
        urgent = kind in {ReplyKind.EMERGENCY, ReplyKind.CRISIS}
        assert bool(all_of(parse(html), "div", "urgent")) == urgent
