"""From a question to the best judgement over all articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from chatbot.answer.judgement import Judgement
from corpus import Article
from index import Encoder, PassageIndex, Scores, Vectors


class ArticleJudge(Protocol):
    """Anything that judges a question on one article."""

    @property
    def article(self) -> Article:
        """The article."""

    def judge(self, vector: Vectors, scores: Scores) -> Judgement:
        """Return the judgement, given the question's unit vector and the article's scores."""


@dataclass(frozen=True, slots=True)
class Answerer:
    """Searches the index once and lets each article's judge decide."""

    index: PassageIndex
    encoder: Encoder
    judges: Sequence[ArticleJudge]

    def judge(self, question: str) -> Judgement:
        """Return the judgement of the article that answers most probably."""
        vector = self.encoder.encode([question])[0]
        scores = self.index.scores(question, vector)
        judged = [judge.judge(vector, self._of(judge.article, scores)) for judge in self.judges]
        return max(judged, key=lambda judgement: judgement.probability)

    def _of(self, article: Article, scores: Scores) -> Scores:
        """Return the rows of the scores that belong to one article."""
        passages = [row for row, one in enumerate(self.index.passages) if one.article == article.id]
        asked = [row for row, (owner, _) in enumerate(self.index.questions) if owner == article.id]
        return Scores(
            scores.dense[_slice(passages)],
            scores.lexical[_slice(passages)],
            scores.questions[_slice(asked)],
        )


def _slice(rows: list[int]) -> slice:
    """Return the rows as a slice: an article's rows stand together."""
    return slice(rows[0], rows[-1] + 1) if rows else slice(0, 0)
