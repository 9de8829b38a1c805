"""The article that comes with the product: nothing lost, nothing added, every offset exact."""

import re
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import ARTICLES, Article, SpanError, load_article

SOURCE = Path(__file__).parent / "data" / "ldn-cancer-source.txt"
FURNITURE = "LDN Alpha Lipoic Acid Integrative Medicine"
FURNITURE_LINES = {FURNITURE, "- John Kim", "- 6 days ago", "- 7 min read", "Comments", ""}
ARTICLE = load_article(ARTICLES / "ldn-cancer")
OFFSETS = st.integers(0, len(ARTICLE.text) - 1)


def test_every_line_of_the_source_but_page_furniture_is_stored_in_order(article: Article) -> None:
    title, *lines = SOURCE.read_text(encoding="utf-8").split("\n")
    content = [title.removesuffix(f" {FURNITURE}")]
    content += [line for line in lines if line not in FURNITURE_LINES]
    stored = [re.sub(r"^#{1,3} ", "", line) for line in article.text.split("\n")]
    assert [line for line in stored if line not in {"", "---"}] == content


def test_sentences_and_headings_hold_every_word_once(article: Article) -> None:
    headings = [section.heading for section in article.sections[1:] if section.heading]
    spans = sorted([*headings, *(sentence.span for sentence in article.sentences)])
    left, reached = "", 0
    for span in spans:
        assert span.start >= reached
        left += article.text[reached : span.start]
        reached = span.end
    left += article.text[reached:]
    assert set(left.split()) == {"#", "##", "###", "---", "—"}


def test_every_sentence_reads_back_and_is_found(article: Article) -> None:
    for sentence in article.sentences:
        text = article.read(sentence.span)
        assert text == article.text[sentence.span.start : sentence.span.end] == text.strip()
        assert article.sentence(sentence.number) is sentence
        assert article.sentences_in(sentence.span) == (sentence,)
        assert article.span(sentence.span.start, sentence.span.end) == sentence.span
        assert article.section(sentence.section).span.contains(sentence.span)


def test_sections_are_the_printed_headings_and_two_without_one(article: Article) -> None:
    assert [section.title for section in article.sections if section.heading is None] == [
        "Introduction",
        "Disclaimer",
    ]
    for section in article.sections:
        if section.heading:
            assert article.read(section.heading) == section.title
    subsections = [section.title for section in article.sections if section.level == 3]
    assert subsections == [
        "Pancreatic Cancer",
        "Renal Cell Carcinoma, Prostate Cancer, and Other Malignancies",
    ]


def test_a_misspelt_site_links_to_the_right_one(article: Article) -> None:
    urls = {site.printed: site.url for site in article.metadata.sites}
    printed = set(re.findall(r"www\.[\w.]+\w", article.text))
    assert set(urls) == printed
    assert urls["www.directinegrativecare.com"] == urls["www.directintegrativecare.com"]


@given(OFFSETS)
def test_sentence_at_is_the_sentence_that_holds_the_character(offset: int) -> None:
    holding = [s for s in ARTICLE.sentences if s.span.start <= offset < s.span.end]
    assert ARTICLE.sentence_at(offset) == (holding[0] if holding else None)


@given(OFFSETS, st.integers(1, 400))
def test_find_gives_the_place_of_a_text_that_stands_once(start: int, length: int) -> None:
    text = ARTICLE.text[start : start + length]
    first, last = ARTICLE.text.find(text), ARTICLE.text.rfind(text)
    if first == last:
        assert ARTICLE.find(text) == ARTICLE.span(start, start + len(text))
    else:
        with pytest.raises(SpanError, match="more than once"):
            ARTICLE.find(text)


def test_what_is_not_there_is_refused(article: Article) -> None:
    for words in ("", "words that the article does not have"):
        with pytest.raises(SpanError):
            article.find(words)
    for number in (0, len(article.sentences) + 1):
        with pytest.raises(SpanError):
            article.sentence(number)
    with pytest.raises(SpanError):
        article.span(0, len(article.text) + 1)
