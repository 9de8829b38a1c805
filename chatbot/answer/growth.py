"""Growing a sentence into a quote that keeps its meaning, and merging quotes that overlap."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from corpus import Article, Sentence, Span

LONGEST = 3
"""The most sentences in one quote."""

_LEANS = re.compile(
    r"""(?x)^["“‘'(]*(?:
        this | that(?!\s+said) | these | those | it | its | it's | they | their | them | he | his
      | she | her | such | both | neither | another | one | either
      | but | and | or | so | yet | however | therefore | thus | hence | moreover | furthermore
      | additionally | also | instead | otherwise | nevertheless | nonetheless | consequently
      | still | second(?:ly)? | third(?:ly)? | fourth | finally | next | then | similarly
      | likewise | in\s+(?:addition|contrast|turn|other\s+words|short|these|this|such)
      | as\s+a\s+result | for\s+(?:example|instance|this|these|that) | on\s+the\s+other\s+hand
      | by\s+(?:contrast|doing|this) | even\s+so | if\s+(?:so|not|this|they|it)
      | when\s+(?:this|they|it)
      | the\s+(?:latter|former|same|other|second|third|others)
    )\b""",
    re.IGNORECASE,
)
_LEADS_IN = re.compile(r":\s*$")


@dataclass(frozen=True, slots=True)
class Grown:
    """A run of neighbouring sentences to quote; `key` is the sentence that answers."""

    key: Sentence
    sentences: tuple[Sentence, ...]

    @property
    def span(self) -> Span:
        """The characters from the first sentence's start to the last one's end."""
        return self.sentences[0].span.union(self.sentences[-1].span)


def leans(text: str) -> bool:
    """Return whether a sentence points back at the one before it by its opening words."""
    return bool(_LEANS.match(text))


def grow(article: Article, sentence: Sentence) -> Grown:
    """Return a sentence with the neighbours that it cannot be read without.

    The editors' notes decide where they speak of the sentence; elsewhere it takes the sentence
    before it for as long as its first sentence leans on one, within its paragraph.
    """
    noted = article.notes.leans_on.get(sentence.number)
    if noted is not None:
        numbers = sorted({sentence.number, *noted})
    else:
        numbers = list(range(_first(article, sentence), sentence.number + 1))
    return Grown(sentence, tuple(article.sentence(number) for number in numbers))


def merge(grown: Iterable[Grown]) -> list[Grown]:
    """Return quotes in their order, each joined to the better one that it overlaps or touches.

    Quotes that share a sentence are always joined, so that none is shown twice; those that only
    touch are joined within `LONGEST` sentences.
    """
    before: list[Grown] = []
    after = list(grown)
    while after != before:
        before, after = after, _merged_once(after)
    return after


def _merged_once(grown: Iterable[Grown]) -> list[Grown]:
    merged: list[Grown] = []
    for quote in grown:
        for place, better in enumerate(merged):
            joined = _joined(better, quote)
            if joined is not None:
                merged[place] = joined
                break
        else:
            merged.append(quote)
    return merged


def _joined(better: Grown, quote: Grown) -> Grown | None:
    by_number = {sentence.number: sentence for sentence in (*better.sentences, *quote.sentences)}
    numbers = sorted(by_number)
    joined = Grown(better.key, tuple(by_number[number] for number in numbers))
    if len(numbers) < len(better.sentences) + len(quote.sentences):
        return joined
    apart = better.sentences[0].paragraph != quote.sentences[0].paragraph
    broken = numbers != list(range(numbers[0], numbers[-1] + 1))
    if apart or broken or len(numbers) > LONGEST or better.key.kind == "reference":
        return None
    return joined


def _first(article: Article, sentence: Sentence) -> int:
    """Return the number of the sentence that a quote of this one starts with."""
    first = sentence.number
    while sentence.number - first + 1 < LONGEST and _leans_back(article, first):
        first -= 1
    return first


def _leans_back(article: Article, number: int) -> bool:
    sentence = article.sentence(number)
    if sentence.kind != "body" or number == 1:
        return False
    before = article.sentence(number - 1)
    if before.kind != "body" or before.section != sentence.section:
        return False
    if before.paragraph != sentence.paragraph:
        return bool(_LEADS_IN.search(article.read(before.span)))
    return leans(article.read(sentence.span)) or bool(_LEADS_IN.search(article.read(before.span)))
