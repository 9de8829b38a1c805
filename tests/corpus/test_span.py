"""Spans: their algebra, their reading and their W3C selectors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import Span, SpanError
from corpus.span import text_hash

TEXTS = st.text(st.characters(codec="utf-8"), min_size=1, max_size=200)


@st.composite
def texts_with_spans(draw: st.DrawFn, count: int = 1) -> tuple[str, list[Span]]:
    """A text with spans of it."""
    text = draw(TEXTS)
    bounds = st.tuples(st.integers(0, len(text) - 1), st.integers(1, len(text))).filter(
        lambda pair: pair[0] < pair[1]
    )
    pairs = [draw(bounds) for _ in range(count)]
    return text, [Span("a", start, end, text_hash(text)) for start, end in pairs]


@given(texts_with_spans(count=2))
def test_spans_behave_as_sets_of_characters(drawn: tuple[str, list[Span]]) -> None:
    _, (one, two) = drawn
    first, second = set(range(one.start, one.end)), set(range(two.start, two.end))
    assert one.overlaps(two) == bool(first & second)
    assert one.contains(two) == (second <= first)
    union = one.union(two)
    assert union.contains(one)
    assert union.contains(two)
    assert len(union) == max(first | second) - min(first | second) + 1
    assert len(one) == len(first)


@given(texts_with_spans(), st.integers(0, 40))
def test_selectors_lead_back_to_the_span(drawn: tuple[str, list[Span]], context: int) -> None:
    text, (span,) = drawn
    quote, position = span.to_selectors(text, context)
    assert (position["start"], position["end"]) == (span.start, span.end)
    assert quote["exact"] == span.read(text)
    assert len(quote["prefix"]) <= context
    assert len(quote["suffix"]) <= context
    around = quote["prefix"] + quote["exact"] + quote["suffix"]
    assert text[span.start - len(quote["prefix"]) :].startswith(around)
    if context >= len(text):
        assert around == text


@given(texts_with_spans(), st.text(st.characters(codec="utf-8"), min_size=1))
def test_another_version_of_the_text_is_refused(drawn: tuple[str, list[Span]], added: str) -> None:
    text, (span,) = drawn
    with pytest.raises(SpanError, match="another version"):
        span.read(text + added)


@given(st.integers(-5, 5), st.integers(-5, 5))
def test_a_span_is_never_empty_reversed_or_negative(start: int, end: int) -> None:
    if 0 <= start < end:
        assert len(Span("a", start, end, "")) == end - start
    else:
        with pytest.raises(SpanError):
            Span("a", start, end, "")


def test_spans_of_different_texts_never_meet() -> None:
    one = Span("a", 0, 9, "x")
    for other in (Span("b", 0, 9, "x"), Span("a", 0, 9, "y")):
        assert not one.overlaps(other)
        assert not one.contains(other)
        with pytest.raises(SpanError):
            one.union(other)


def test_a_span_beyond_its_text_is_refused() -> None:
    with pytest.raises(SpanError, match="outside"):
        Span("a", 0, 4, text_hash("abc")).read("abc")
