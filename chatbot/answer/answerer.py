"""From a question to the best judgement over all articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from chatbot.answer.judgement import Judgement
from corpus import Article
from index import PassageIndex, Scores, Searcher, Vectors


class ArticleJudge(Protocol):
    """Anything that judges a question on one article."""

    @property
    def article(self) -> Article:
        """The article."""

    def judge(self, question: str, vector: Vectors, scores: Scores) -> Judgement:
        """Return the judgement, given the question's unit vector and its scores on the article."""


class Shelf:
    """Articles that one index holds, with a judge for each; it is searched once a question."""

    def __init__(self, searcher: Searcher, judges: Sequence[ArticleJudge]) -> None:
        """Look up which rows of the index are whose."""
        self._searcher = searcher
        self._judges = [(judge, _rows_of(judge.article, searcher.index)) for judge in judges]

    def judgements(self, question: str) -> list[Judgement]:
        """Return the judgement of each article, by the scores of its own index."""
        vector = self._searcher.encoder.encode([question])[0]
        scores = self._searcher.index.scores(question, vector)
        return [judge.judge(question, vector, rows.of(scores)) for judge, rows in self._judges]


@dataclass(frozen=True, slots=True)
class Answerer:
    """Asks every shelf and takes the article that answers most probably."""

    shelves: Sequence[Shelf]

    def judge(self, question: str) -> Judgement:
        """Return the judgement of the article that answers most probably."""
        judged = [one for shelf in self.shelves for one in shelf.judgements(question)]
        return max(judged, key=lambda judgement: judgement.probability)


@dataclass(frozen=True, slots=True)
class _Rows:
    """Where an article's passages and bank questions stand; they stand together."""

    passages: slice
    questions: slice

    def of(self, scores: Scores) -> Scores:
        """Return the article's own scores."""
        dense, lexical = scores.dense[self.passages], scores.lexical[self.passages]
        return Scores(dense, lexical, scores.questions[self.questions])


def _rows_of(article: Article, index: PassageIndex) -> _Rows:
    passages = [row for row, one in enumerate(index.passages) if one.article == article.id]
    asked = [row for row, (owner, _) in enumerate(index.questions) if owner == article.id]
    return _Rows(_slice(passages), _slice(asked))


def _slice(rows: list[int]) -> slice:
    return slice(rows[0], rows[-1] + 1) if rows else slice(0, 0)
