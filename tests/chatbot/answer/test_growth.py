from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from chatbot.answer.growth import LONGEST, grow, leans, merge
from corpus import Article, load_library

ARTICLE: Article = load_library()["ldn-cancer"]
NUMBERS = st.integers(1, len(ARTICLE.sentences))


@given(NUMBERS)
def test_a_quote_is_whole_neighbouring_sentences(number: int) -> None:
    grown = grow(ARTICLE, ARTICLE.sentence(number))
    numbers = [sentence.number for sentence in grown.sentences]
    assert number in numbers
    assert numbers == list(range(numbers[0], numbers[-1] + 1))
    assert len(numbers) <= LONGEST
    assert ARTICLE.read(grown.span).startswith(ARTICLE.read(grown.sentences[0].span))
    assert ARTICLE.read(grown.span).endswith(ARTICLE.read(grown.sentences[-1].span))


@given(NUMBERS)
def test_no_quote_holds_a_heading(number: int) -> None:
    grown = grow(ARTICLE, ARTICLE.sentence(number))
    for section in ARTICLE.sections:
        if section.heading is not None and section.level > 1:
            assert not grown.span.overlaps(section.heading)


@given(st.lists(NUMBERS, min_size=1, max_size=5, unique=True))
def test_merged_quotes_keep_every_key_and_the_order_of_rank(numbers: list[int]) -> None:
    grown = [grow(ARTICLE, ARTICLE.sentence(number)) for number in numbers]
    merged = merge(grown)
    assert merged[0].key.number == numbers[0]
    covered = {sentence.number for quote in merged for sentence in quote.sentences}
    assert covered == {sentence.number for quote in grown for sentence in quote.sentences}
    assert sum(len(quote.sentences) for quote in merged) == len(covered)


@pytest.mark.parametrize(
    "opening",
    ["This temporary blockade triggers", "Second, LDN enhances", "It can protect healthy",
     "But proper patient selection", "They were", "In addition, it", "These results"],
)  # fmt: skip
def test_sentences_that_lean_are_known_by_their_opening(opening: str) -> None:
    assert leans(opening)


@pytest.mark.parametrize(
    "opening",
    ["Italy has", "Patients should discuss", "Alpha-lipoic acid is", "Toxicity was limited"],
)  # fmt: skip
def test_others_do_not_lean(opening: str) -> None:
    assert not leans(opening)


def test_the_blockade_is_quoted_with_what_causes_it() -> None:
    number = ARTICLE.sentence_at(ARTICLE.find("This temporary blockade").start)
    assert number is not None
    text = ARTICLE.read(grow(ARTICLE, number).span)
    assert "3.0–4.5 mg at bedtime" in text
    assert "This temporary blockade" in text
