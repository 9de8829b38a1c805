"""The index in memory and on disk."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Article, BankQuestion
from index.dense import DenseIndex, Vectors
from index.encoder import Encoder
from index.folders import replaced
from index.lexical import LexicalIndex
from index.manifest import Manifest
from index.passages import Passage, passages_of
from index.settings import Settings

PASSAGES = "passages.faiss"
QUESTIONS = "questions.faiss"
LEXICAL = "lexical"


@dataclass(frozen=True, slots=True)
class Scores:
    """What one question scored: every passage's dense and lexical score, every bank question's.

    `dense` and `lexical` have shape (passages,), `questions` (bank questions,).
    """

    dense: Vectors
    lexical: Vectors
    questions: Vectors


@dataclass(frozen=True, slots=True)
class PassageIndex:
    """Passages and bank questions with the structures that search them.

    Row i of every score belongs to `passages[i]` or `questions[i]`; `questions` pairs each bank
    question with its article's id.
    """

    passages: tuple[Passage, ...]
    questions: tuple[tuple[str, BankQuestion], ...]
    manifest: Manifest
    _dense: DenseIndex
    _asked: DenseIndex | None
    _lexical: LexicalIndex

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

    def scores(self, question: str, vector: Vectors) -> Scores:
        """Return the scores of a question whose unit vector has shape (dimensions,)."""
        asked = self._asked.scores(vector) if self._asked else vector[:0]
        return Scores(self._dense.scores(vector), self._lexical.scores(question), asked)

    def _write(self, folder: Path) -> None:
        self._dense.save(folder / PASSAGES)
        if self._asked:
            self._asked.save(folder / QUESTIONS)
        self._lexical.save(folder / LEXICAL)
        self.manifest.sealed(folder).write(folder)


def questions_of(articles: Sequence[Article]) -> tuple[tuple[str, BankQuestion], ...]:
    """Return the bank questions of some articles, each with its article's id."""
    return tuple((article.id, entry) for article in articles for entry in article.bank or ())
