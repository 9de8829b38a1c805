"""Composing quotes from judged candidates."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from chatbot.answer.growth import Grown, grow, merge
from chatbot.answer.judgement import Candidate, Judgement
from chatbot.reply import CitedReference, Quote
from corpus import Article

MOST_QUOTES = 3
"""The most quotes in one reply."""


def quotes_for(judgement: Judgement) -> tuple[Quote, ...]:
    """Return one to three quotes, best first.

    The best candidate is always quoted; the next ones if their score reaches the calibration's
    `further` and they are of its kind, so that no title or citation stands beside a statement.
    """
    article = judgement.article
    best, *rest = judgement.candidates[: MOST_QUOTES + 2]
    kind = article.sentence(best.sentence).kind
    fit = (one for one in rest if article.sentence(one.sentence).kind in (kind, "body"))
    kept = [best, *(one for one in fit if one.score >= judgement.further)]
    scores = {candidate.sentence: candidate.score for candidate in kept}
    grown = [grow(article, article.sentence(number)) for number in scores]
    return tuple(
        quote(article, part, min(1.0, scores[part.key.number]))
        for part in merge(grown)[:MOST_QUOTES]
    )


def quote(article: Article, grown: Grown, score: float) -> Quote:
    """Return the quote of some neighbouring sentences, with its place and references."""
    first, last = grown.sentences[0], grown.sentences[-1]
    return Quote(
        span=grown.span,
        key=grown.key.span,
        text=article.read(grown.span),
        section=article.section(first.section).title,
        paragraph=first.paragraph,
        sentences=(first.number, last.number),
        score=score,
        references=references_of(article, range(first.number, last.number + 1)),
    )


def references_of(article: Article, sentences: Iterable[int]) -> tuple[CitedReference, ...]:
    """Return the references that the editors matched to some sentences, in their order.

    An entry of the references list cites itself.
    """
    numbers: set[int] = set()
    listed = {reference.entry.number: reference.number for reference in article.references}
    for sentence in sentences:
        numbers.update(article.notes.rests_on.get(sentence, ()))
        if sentence in listed:
            numbers.add(listed[sentence])
    return tuple(
        CitedReference(entry.number, article.read(entry.entry.span), entry.url)
        for entry in article.references
        if entry.number in numbers
    )


def companion_for(article: Article, quotes: Sequence[Quote]) -> Quote | None:
    """Return the article's own statement of its limits for quotes that speak of benefit.

    None if no quote does, or if one of the quotes already states a limit.
    """
    quoted = {
        number for each in quotes for number in range(each.sentences[0], each.sentences[1] + 1)
    }
    if not quoted & article.notes.benefit or quoted & set(article.notes.limits):
        return None
    limit = article.sentence(article.notes.limits[0])
    return quote(article, grow(article, limit), 1.0)


def safety_quotes(
    article: Article, candidates: Sequence[Candidate], most: int = 2
) -> tuple[Quote, ...]:
    """Return safety passages without a dose or a benefit, those nearest to the question first."""
    safety = {note.sentence for note in article.notes.safety}
    barred = article.notes.benefit | article.notes.doses
    order = sorted(candidates, key=lambda candidate: -candidate.dense)
    grown = [
        grow(article, article.sentence(candidate.sentence))
        for candidate in order
        if candidate.sentence in safety
    ]
    fit = [part for part in grown if not {one.number for one in part.sentences} & barred]
    return tuple(quote(article, part, 1.0) for part in merge(fit)[:most])
