"""Judging the candidates: which sentences answer a question, and the probability that they do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import overload

import numpy as np
from numpy.typing import NDArray

from chatbot.answer.bank_match import BankMatch, Neighbour, match
from chatbot.answer.sentence_head import SentenceHead
from chatbot.answer.shares import Shares, features_of
from chatbot.ngrams import NgramHead
from corpus import Article, BankQuestion, ModelError
from index import Scores, Vectors, fuse
from index.fusion import evidence, length_prior

SAME = 0.85
"""Similarity from which an example asks the same as the question, and is not worth offering."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence by its number, with the scores that placed it; `score` is in [0, 1]."""

    sentence: int
    score: float
    head: float
    bank: float
    ngrams: float
    dense: float
    lexical: float


class Candidates(Sequence[Candidate]):
    """All sentences of an article as candidates; one is made when it is looked at."""

    def __init__(self, sentences: NDArray[np.int64], scores: Vectors) -> None:
        """Take their numbers, and the scores of each in the order of `Candidate`'s fields."""
        self._sentences = sentences
        self._scores = scores

    def __len__(self) -> int:
        return len(self._sentences)

    @overload
    def __getitem__(self, place: int) -> Candidate: ...

    @overload
    def __getitem__(self, place: slice) -> Sequence[Candidate]: ...

    def __getitem__(self, place: int | slice) -> Candidate | Sequence[Candidate]:
        if isinstance(place, slice):
            return Candidates(self._sentences[place], self._scores[place])
        return Candidate(int(self._sentences[place]), *self._scores[place].tolist())


@dataclass(frozen=True, slots=True)
class Judgement:
    """What an article has for a question.

    `candidates` are in order, best first; `probability` is the calibrated probability that the
    best of them answers, `threshold` the one from which quotes are shown and `further` the score
    that a second and third quote must have; `features` is what it was computed from. `related`
    tells whether the article is about this at all. `examples` are the bank's example questions that
    ask something else, the one most like the question first. `calibrated` is False for an article
    without a question bank.
    """

    article: Article
    candidates: Sequence[Candidate]
    probability: float
    threshold: float
    further: float
    features: Mapping[str, float]
    related: bool
    neighbours: tuple[Neighbour, ...]
    examples: tuple[str, ...]
    calibrated: bool

    @property
    def sure(self) -> bool:
        """Return whether quotes may be shown."""
        return self.probability >= self.threshold


@dataclass(frozen=True, slots=True)
class Calibration:
    """A logistic regression from features to the probability that the best candidate answers.

    `weights` are per unit of each named feature; `threshold` is the probability from which quotes
    are shown, `further` the score that a second and third quote must have. `related` is the
    similarity to the nearest bank question, or sentence, below which a question lies outside the
    article.
    """

    weights: Mapping[str, float]
    intercept: float
    threshold: float
    further: float
    related: float

    @classmethod
    def load(cls, file: Path, name: str) -> Calibration:
        """Read one calibration by its name; raises ModelError if it is missing or wrong."""
        try:
            return cls(**json.loads(file.read_text("utf-8"))[name])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{file} holds no calibration {name!r}; run `make train`.") from error

    def probability(self, features: Mapping[str, float]) -> float:
        """Return the probability for some features; a feature it does not weigh is ignored."""
        logit = self.intercept + sum(
            weight * features[name] for name, weight in self.weights.items()
        )
        return float(1.0 / (1.0 + np.exp(-logit)))


@dataclass(frozen=True, slots=True)
class Judge:
    """Judges questions on one article that has a question bank.

    Where no heads were learned for this version of the article the bank speaks in their place.
    """

    article: Article
    head: SentenceHead | None
    ngrams: NgramHead | None
    calibration: Calibration
    examples: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Look up the example rows once, since a bank has thousands of others."""
        bank = self.article.bank.questions if self.article.bank else ()
        rows = tuple(row for row, entry in enumerate(bank) if entry.example)
        object.__setattr__(self, "examples", rows)

    def judge(self, question: str, vector: Vectors, scores: Scores) -> Judgement:
        """Return the judgement of a question, given its unit vector and the article's scores."""
        sentences = len(self.article.sentences)
        bank = self.article.bank.questions if self.article.bank else ()
        matched = match(scores.questions, bank, sentences)
        shares = self._shares(question, vector, matched)
        features = features_of(shares, scores)
        return Judgement(
            self.article,
            _ranked(shares.mixed, shares, scores),
            self.calibration.probability(features),
            self.calibration.threshold,
            self.calibration.further,
            features,
            features["nearest"] >= self.calibration.related,
            matched.nearest,
            _examples(bank, self.examples, scores.examples),
            calibrated=True,
        )

    def _shares(self, question: str, vector: Vectors, matched: BankMatch) -> Shares:
        head = self.head.probabilities(vector) if self.head else None
        ngrams = self.ngrams.probabilities(question) if self.ngrams else None
        return Shares.of(head, ngrams, matched)


@dataclass(frozen=True, slots=True)
class BankLessJudge:
    """Judges questions on an article without a bank, from dense and lexical scores alone.

    `weight` and `length` are the numbers of the fusion in the settings of the index.
    """

    article: Article
    weight: float
    calibration: Calibration
    length: float = 0.0

    def judge(self, question: str, vector: Vectors, scores: Scores) -> Judgement:
        """Return the judgement of a question, of which nothing is needed beyond its scores."""
        lengths = np.array([len(one.span) for one in self.article.sentences], dtype=np.float32)
        prior = length_prior(lengths, self.length)
        fused = fuse(scores.dense, scores.lexical, self.weight, prior)
        features = evidence(scores.dense, scores.lexical, fused)
        shown = (1.0 / (1.0 + np.exp(-fused))).astype(np.float32)
        return Judgement(
            self.article,
            _ranked(shown, None, scores),
            self.calibration.probability(features),
            self.calibration.threshold,
            self.calibration.further,
            features,
            features["dense"] >= self.calibration.related,
            (),
            (),
            calibrated=False,
        )


def _examples(
    bank: Sequence[BankQuestion], examples: Sequence[int], similarities: Vectors
) -> tuple[str, ...]:
    places = np.argsort(-similarities, kind="stable")
    return tuple(bank[examples[place]].question for place in places if similarities[place] < SAME)


def _ranked(mixed: Vectors, shares: Shares | None, scores: Scores) -> Candidates:
    """Return the article's sentences as candidates, best first."""
    none = np.zeros_like(mixed)
    said = (shares.head[:-1], shares.matched.shares, shares.ngrams[:-1]) if shares else (none,) * 3
    rows = np.argsort(-mixed, kind="stable")
    columns = np.stack((mixed, *said, scores.dense, scores.lexical))
    return Candidates(rows + 1, columns[:, rows].T)
