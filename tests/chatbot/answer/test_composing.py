"""Whatever the scores, what is quoted is whole, of the right kind and beside its limits."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from chatbot.answer.composing import MOST_QUOTES, companion_for, quotes_for
from chatbot.answer.judgement import Candidate, Judgement
from chatbot.reply import Quote
from corpus import Article, load_library

ARTICLE: Article = load_library()["ldn-cancer"]
NUMBERS = [sentence.number for sentence in ARTICLE.sentences]
DOSE = re.compile(r"\b\d[\d.,]*(?:[–-]\d[\d.,]*)?\s*(?:mg|mcg|milligrams?|micrograms?)\b")

RANKINGS = st.tuples(
    st.lists(st.sampled_from(NUMBERS), min_size=6, max_size=6, unique=True),
    st.lists(st.floats(0.0, 1.0), min_size=6, max_size=6),
    st.floats(0.0, 1.0),
)


def judged(ranking: tuple[list[int], list[float], float]) -> Judgement:
    numbers, scores, further = ranking
    ordered = sorted(scores, reverse=True)
    candidates = tuple(
        Candidate(number, score, score, score, score, score, score)
        for number, score in zip(numbers, ordered, strict=True)
    )
    return Judgement(ARTICLE, candidates, 1.0, 0.0, further, {}, True, (), (), True)


def numbers_of(quote: Quote) -> set[int]:
    return set(range(quote.sentences[0], quote.sentences[1] + 1))


@given(RANKINGS)
def test_quotes_are_few_whole_and_led_by_the_best(
    ranking: tuple[list[int], list[float], float],
) -> None:
    quotes = quotes_for(judged(ranking))
    assert 1 <= len(quotes) <= MOST_QUOTES
    assert ranking[0][0] in numbers_of(quotes[0])
    for quote in quotes:
        sentences = ARTICLE.sentences_in(quote.span)
        assert (quote.span.start, quote.span.end) == (
            sentences[0].span.start,
            sentences[-1].span.end,
        )
        assert quote.text == ARTICLE.text[quote.span.start : quote.span.end]
    assert sum(len(numbers_of(quote)) for quote in quotes) == len(
        set().union(*map(numbers_of, quotes))
    )


@given(RANKINGS)
def test_a_title_or_a_citation_never_stands_beside_a_statement(
    ranking: tuple[list[int], list[float], float],
) -> None:
    best = ARTICLE.sentence(ranking[0][0]).kind
    kinds = {
        ARTICLE.sentence(number).kind
        for quote in quotes_for(judged(ranking))
        for number in numbers_of(quote)
    }
    assert kinds <= {best, "body"}


@given(RANKINGS)
def test_no_quote_holds_a_heading(ranking: tuple[list[int], list[float], float]) -> None:
    headings = [section.heading for section in ARTICLE.sections if section.heading]
    for quote in quotes_for(judged(ranking)):
        assert not any(quote.span.overlaps(heading) for heading in headings[1:])


@given(RANKINGS)
def test_a_benefit_is_never_quoted_without_a_limit(
    ranking: tuple[list[int], list[float], float],
) -> None:
    quotes = quotes_for(judged(ranking))
    companion = companion_for(ARTICLE, quotes)
    shown = [*quotes, *([companion] if companion else [])]
    numbers = set().union(*map(numbers_of, shown))
    if numbers & ARTICLE.notes.benefit:
        assert numbers & set(ARTICLE.notes.limits)


def test_every_sentence_with_a_dose_is_known_to_the_editors() -> None:
    dosed = {
        sentence.number
        for sentence in ARTICLE.sentences
        if sentence.kind == "body" and DOSE.search(ARTICLE.read(sentence.span))
    }
    assert dosed
    assert dosed <= ARTICLE.notes.doses


@given(RANKINGS)
def test_a_dose_is_quoted_with_all_that_its_sentence_leans_on(
    ranking: tuple[list[int], list[float], float],
) -> None:
    for quote in quotes_for(judged(ranking)):
        for number in numbers_of(quote) & ARTICLE.notes.doses & {ranking[0][0]}:
            assert set(ARTICLE.notes.leans_on.get(number, ())) <= numbers_of(quote)
            assert ARTICLE.read(ARTICLE.sentence(number).span) in quote.text
