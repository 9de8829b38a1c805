"""Passages: the sentences of the corpus in the order in which the index numbers them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from corpus import Article, Sentence


@dataclass(frozen=True, slots=True)
class Passage:
    """One sentence as the index knows it; `text` is what is embedded and searched."""

    article: str
    sentence: int
    text: str

    @property
    def key(self) -> tuple[str, int]:
        """The article's id and the sentence's number."""
        return (self.article, self.sentence)


def passage_text(article: Article, sentence: Sentence) -> str:
    """Return what is searched for a sentence: the sentence itself, as stored."""
    return article.read(sentence.span)


def passages_of(articles: Iterable[Article]) -> tuple[Passage, ...]:
    """Return the passages of some articles, article by article, in reading order."""
    return tuple(
        Passage(article.id, sentence.number, passage_text(article, sentence))
        for article in articles
        for sentence in article.sentences
    )
