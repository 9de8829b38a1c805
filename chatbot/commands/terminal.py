"""A reply as plain text for a terminal."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from chatbot.messages import Catalogue
from chatbot.reply import Quote, Reply, ReplyKind
from corpus import Library

NARROWEST = 20
"""Columns below which wrapping would leave nothing to read."""


def reply_lines(reply: Reply, catalogue: Catalogue, library: Library, width: int) -> Iterator[str]:
    """Yield a reply line by line, `width` columns wide.

    The words of the article are never wrapped: each quote and reference stands as it is printed
    there.
    """
    yield from wrapped(reply.message, width)
    if reply.kind is ReplyKind.PERSONAL_ADVICE and reply.quotes:
        yield ""
        yield from wrapped(catalogue.text("personal_advice.safety"), width)
    for quote in reply.quotes:
        yield from _quote_lines(quote, catalogue, library, width)
    if reply.companion:
        yield ""
        yield from wrapped(catalogue.text("quotes.also"), width)
        yield from _quote_lines(reply.companion, catalogue, library, width)
    if reply.quotes:
        yield ""
        yield from wrapped(catalogue.text("quotes.reminder"), width)
    if reply.kind is ReplyKind.NOT_IN_ARTICLE:
        yield from wrapped(catalogue.text("not_in_article.ask"), width)
    if reply.suggestions:
        yield ""
        yield catalogue.text("page.suggest_asked")
        for suggestion in reply.suggestions:
            yield from wrapped(suggestion, width, "- ")


def wrapped(text: str, width: int, mark: str = "") -> Iterator[str]:
    """Yield a text in lines of at most `width` columns; a longer word stands whole."""
    for line in text.split("\n"):
        yield from textwrap.wrap(
            line,
            max(width, NARROWEST),
            initial_indent=mark,
            subsequent_indent=" " * len(mark),
            break_long_words=False,
            break_on_hyphens=False,
        )


def place_of(quote: Quote, catalogue: Catalogue) -> str:
    """Return a quote's section, paragraph and sentences, `s12` or `s12-13` as on the page."""
    first, last = quote.sentences
    paragraph = catalogue.text("page.paragraph", number=quote.paragraph)
    sentences = f"s{first}" if first == last else f"s{first}-{last}"
    return f"{quote.section}, {paragraph}, {sentences}"


def _quote_lines(quote: Quote, catalogue: Catalogue, library: Library, width: int) -> Iterator[str]:
    yield ""
    yield quote.text
    yield from wrapped(place_of(quote, catalogue), width, "  ")
    if _states_dose(quote, library):
        yield from wrapped(catalogue.text("quotes.dose_note"), width, "  ")
    if quote.references:
        yield from wrapped(catalogue.text("page.rests_on_matched"), width, "  ")
    for reference in quote.references:
        yield f"  {reference.number}. {reference.citation}"
        yield f"     {reference.url}"


def _states_dose(quote: Quote, library: Library) -> bool:
    first, last = quote.sentences
    return any(first <= number <= last for number in library[quote.span.article].notes.doses)
