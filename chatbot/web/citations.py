"""What stands beside a quote: its place, its address, and the references it rests on."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from chatbot.reply import Quote
from corpus import Article, Reference

MOST_NAMES = 3
"""Authors named in a short reference before the rest become "et al."."""


@dataclass(frozen=True, slots=True)
class ShortReference:
    """A reference in a few words; `only` are the words of the quote to which it is confined."""

    number: int
    authors: str
    year: str
    paper: str
    url: str
    is_search: bool
    only: str


def authors_of(reference: Reference) -> str:
    """Return the family names: "Berkson, Rubin, Berkson" or "Yan et al."."""
    names = [str(name["family"]) for name in reference.csl.get("author", ())]
    others = "et al" in reference.csl.get("note", "") or len(names) > MOST_NAMES
    return f"{names[0]} et al." if others and names else ", ".join(names)


def year_of(reference: Reference) -> str:
    """Return the year of publication, or an empty text if the entry has none."""
    parts = reference.csl.get("issued", {}).get("date-parts", [[]])
    return str(parts[0][0]) if parts and parts[0] else ""


def short_reference(reference: Reference, only: str = "") -> ShortReference:
    """Return a reference in a few words."""
    return ShortReference(
        reference.number,
        authors_of(reference),
        year_of(reference),
        reference.paper,
        reference.url,
        reference.link == "search",
        only,
    )


def references_of(
    article: Article, sentences: tuple[int, int], numbers: Iterable[int]
) -> tuple[ShortReference, ...]:
    """Return the references of these numbers, as the sentences from first to last rest on them."""
    by_number = {reference.number: reference for reference in article.references}
    return tuple(
        short_reference(by_number[number], _confined_to(article, sentences, number))
        for number in numbers
        if number in by_number
    )


def resting_on(article: Article, sentences: tuple[int, int]) -> tuple[int, ...]:
    """Return the numbers of the references that the sentences from first to last rest on."""
    first, last = sentences
    rests_on = article.notes.rests_on
    return tuple(sorted({n for number in range(first, last + 1) for n in rests_on.get(number, ())}))


def _confined_to(article: Article, sentences: tuple[int, int], number: int) -> str:
    """Return the words to which a reference is confined, unless a sentence rests on it whole."""
    first, last = sentences
    notes = article.notes
    words = [
        notes.rests_on_only.get(sentence, "")
        for sentence in range(first, last + 1)
        if number in notes.rests_on.get(sentence, ())
    ]
    return words[0] if words and all(words) else ""


def states_dose(article: Article, sentences: tuple[int, int]) -> bool:
    """Return whether one of the sentences from first to last states a dose or an amount."""
    first, last = sentences
    return any(number in article.notes.doses for number in range(first, last + 1))


def address(root_path: str, article: Article, quote: Quote) -> str:
    """Return the address of a quote in its article; the fragment is the sentence that answers."""
    first, last = quote.sentences
    key = article.sentence_at(quote.key.start)
    return f"{root_path}/article/{article.id}?q={first}-{last}#s{key.number if key else first}"
