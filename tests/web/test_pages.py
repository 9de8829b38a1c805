"""The article and its references as pages."""

from hypothesis import given
from hypothesis import strategies as st
from parsed_html import all_of, by_id, parse

from chatbot.web.pages import quoted_sentences, reference_entries
from chatbot.web.site import Site
from corpus import Article, load_library

ARTICLE = load_library()["ldn-cancer"]


def test_every_sentence_is_a_fragment_with_its_exact_text(site: Site, article: Article) -> None:
    elements = parse(site.article(article).plain.decode())
    for sentence in article.sentences:
        assert by_id(elements, f"s{sentence.number}").text == article.read(sentence.span)


def test_every_paragraph_is_whole_and_numbered(site: Site, article: Article) -> None:
    elements = parse(site.article(article).plain.decode())
    for paragraph in article.paragraphs:
        text = by_id(elements, f"p{paragraph.number}").text
        assert text == f"{paragraph.number}{article.read(paragraph.span)}"


def test_ids_are_unique_and_every_inner_link_has_its_target(site: Site, article: Article) -> None:
    for page in (site.article(article), site.references(article), site.chat()):
        elements = parse(page.plain.decode())
        ids = [element.attributes["id"] for element in elements if "id" in element.attributes]
        assert len(ids) == len(set(ids))
        inner = {
            link.attributes["href"][1:]
            for link in all_of(elements, "a")
            if (link.attributes["href"] or "").startswith("#")
        }
        assert inner <= {*ids, "question"}


def test_no_page_holds_an_inline_script_or_handler(site: Site, article: Article) -> None:
    for page in (site.article(article), site.references(article), site.chat()):
        elements = parse(page.plain.decode())
        assert not any(script.text for script in all_of(elements, "script"))
        assert not any(name.startswith("on") for e in elements for name in e.attributes)


@given(st.integers(1, len(ARTICLE.sentences)), st.integers(0, 5))
def test_a_range_marks_its_sentences_and_no_others(first: int, more: int) -> None:
    last = min(first + more, len(ARTICLE.sentences))
    expected = frozenset(range(first, last + 1))
    assert quoted_sentences(ARTICLE, f"{first}-{last}") == expected
    if first == last:
        assert quoted_sentences(ARTICLE, str(first)) == expected


@given(st.text(max_size=12) | st.from_regex(r"\d{0,9}-?\d{0,9}", fullmatch=True))
def test_any_range_marks_sentences_that_there_are(query: str) -> None:
    assert quoted_sentences(ARTICLE, query) <= {s.number for s in ARTICLE.sentences}


def test_the_marked_sentences_are_marked_on_the_page(site: Site, article: Article) -> None:
    elements = parse(site.article(article, "12-13").plain.decode())
    assert [mark.attributes["id"] for mark in all_of(elements, "mark")] == ["s12", "s13"]


def test_references_are_shown_as_printed_with_their_link(site: Site, article: Article) -> None:
    elements = parse(site.references(article).plain.decode())
    printed = [element.text for element in all_of(elements, "p", "printed")]
    assert printed == [article.read(reference.entry.span) for reference in article.references]
    links = [element.attributes["href"] for element in all_of(elements, "a", "out")]
    assert links == [reference.url for reference in article.references]


def test_passages_and_references_agree_both_ways(article: Article) -> None:
    forward = {
        (passage.number, entry.short.number)
        for entry in reference_entries(article)
        for passage in entry.passages
    }
    rests_on = article.notes.rests_on
    assert forward == {(s, number) for s, numbers in rests_on.items() for number in numbers}
