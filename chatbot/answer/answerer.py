"""From a question to the best judgement over all articles."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from chatbot.answer.bank_match import NEAREST
from chatbot.answer.judgement import Judgement
from corpus import Article
from index import Scores, Searcher, Vectors


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
        """Take the judges of all articles of the index."""
        self._searcher = searcher
        self._judges = {judge.article.id: judge for judge in judges}

    def judgements(self, question: str) -> list[Judgement]:
        """Return the judgement of each article that the question may be about, at least one."""
        vector = self._searcher.encoder.encode([question])[0]
        found = self._searcher.index.scores(question, vector, NEAREST)
        return [self._judges[id].judge(question, vector, scores) for id, scores in found.items()]


@dataclass(frozen=True, slots=True)
class Answerer:
    """Asks every shelf and takes the article that answers most probably."""

    shelves: Sequence[Shelf]

    def judge(self, question: str) -> Judgement:
        """Return the judgement of the article that answers most probably."""
        judged = [one for shelf in self.shelves for one in shelf.judgements(question)]
        return max(judged, key=lambda judgement: judgement.probability)
