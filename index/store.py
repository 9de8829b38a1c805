"""The index in memory and on disk."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from corpus import Article, BankQuestion
from index.dense import DenseIndex, Nearest, Vectors
from index.encoder import Encoder
from index.folders import replaced
from index.lexical import LexicalIndex
from index.manifest import Manifest
from index.passages import Passage, passages_of
from index.scores import Place, Scores, places_of
from index.settings import Settings

PASSAGES = "passages.faiss"
QUESTIONS = "questions.faiss"
LEXICAL = "lexical"


@dataclass(frozen=True, slots=True)
class PassageIndex:
    """Passages and bank questions with the structures that search them.

    Row i of a structure holds `passages[i]` or `questions[i]`; `questions` pairs each bank question
    with its article's id, and `places` tells which rows are an article's own.
    """

    passages: tuple[Passage, ...]
    questions: tuple[tuple[str, BankQuestion], ...]
    manifest: Manifest
    _dense: DenseIndex
    _asked: DenseIndex | None
    _lexical: LexicalIndex
    places: Mapping[str, Place] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Look up once which rows are whose."""
        object.__setattr__(self, "places", places_of(self.passages, self.questions))

    @classmethod
    def build(
        cls,
        articles: Sequence[Article],
        encoder: Encoder,
        settings: Settings,
        progress: bool = False,
    ) -> PassageIndex:
        """Embed and index some articles."""
        passages, questions = passages_of(articles), questions_of(articles)
        texts = [passage.text for passage in passages]
        dense = DenseIndex.from_vectors(encoder.encode(texts, progress))
        asked = None
        if questions:
            wordings = [entry.question for _, entry in questions]
            asked = DenseIndex.from_vectors(encoder.encode(wordings, progress))
        lexical = LexicalIndex.from_texts(texts, settings.k1, settings.b)
        manifest = Manifest.describe(encoder.fingerprint, settings, articles)
        return cls(passages, questions, manifest, dense, asked, lexical)

    @classmethod
    def load(cls, folder: Path, articles: Sequence[Article], wanted: Manifest) -> PassageIndex:
        """Read an index; raises IndexStaleError if it is not the wanted one or was altered."""
        manifest = Manifest.checked(folder, wanted)
        passages, questions = passages_of(articles), questions_of(articles)
        return cls(
            passages,
            questions,
            manifest,
            DenseIndex.load(folder / PASSAGES),
            DenseIndex.load(folder / QUESTIONS) if questions else None,
            LexicalIndex.load(folder / LEXICAL, len(passages)),
        )

    def save(self, folder: Path) -> None:
        """Write the index so that a crash at any moment leaves the old folder or none."""
        with replaced(folder) as scratch:
            self._write(scratch)

    def scores(self, question: str, vector: Vectors, nearest: int) -> dict[str, Scores]:
        """Return what a question, whose unit vector has shape (dimensions,), scores by article.

        `nearest` is how many bank questions are found for an article. Of many articles only those
        are scored to which one of so many of the nearest bank questions or best passages belongs.
        """
        lexical = self._lexical.scores(question)
        near = self._near(vector, lexical, nearest)
        return {id: self._scores(self.places[id], vector, lexical, nearest) for id in near}

    def _scores(self, place: Place, vector: Vectors, lexical: Vectors, nearest: int) -> Scores:
        asked, examples = Nearest.nothing(), vector[:0]
        if self._asked:
            asked = self._asked.nearest(vector, nearest, place.questions)
            examples = self._asked.scores_of(vector, place.examples)
        dense = self._dense.scores_of(vector, place.passages)
        return Scores(dense, lexical[place.passages], asked, examples)

    def _near(self, vector: Vectors, lexical: Vectors, nearest: int) -> list[str]:
        """Return the articles that a question may be about."""
        if len(self.places) == 1:
            return list(self.places)
        best = np.argsort(-lexical, kind="stable")[:nearest]
        rows = {*self._dense.nearest(vector, nearest).rows, *best[lexical[best] > 0]}
        owners = {self.passages[row].article for row in rows}
        if self._asked:
            owners |= {self.questions[row][0] for row in self._asked.nearest(vector, nearest).rows}
        return [id for id in self.places if id in owners]

    def _write(self, folder: Path) -> None:
        self._dense.save(folder / PASSAGES)
        if self._asked:
            self._asked.save(folder / QUESTIONS)
        self._lexical.save(folder / LEXICAL)
        self.manifest.sealed(folder).write(folder)


def questions_of(articles: Sequence[Article]) -> tuple[tuple[str, BankQuestion], ...]:
    """Return the bank questions of some articles, each with its article's id."""
    return tuple((article.id, entry) for article in articles for entry in article.bank or ())
