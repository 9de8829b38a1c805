"""Judging the candidates: which sentences answer a question, and the probability that they do."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np

from chatbot.answer.bank_match import BankMatch, Neighbour, match
from chatbot.answer.sentence_head import SentenceHead
from corpus import Article, BankQuestion, ModelError
from index import Scores, Vectors, fuse
from index.fusion import evidence, length_prior

HEAD_SHARE = 0.5
"""Share of the sentence head in a candidate's score; the rest is the bank's."""

SMALL = 1e-6

SAME = 0.85
"""Similarity from which an example asks the same as the question, and is not worth offering."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A sentence by its number, with the scores that placed it; `score` is in [0, 1]."""

    sentence: int
    score: float
    head: float
    bank: float
    dense: float
    lexical: float


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
    candidates: tuple[Candidate, ...]
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

    Without a learned head for this version of the article the bank alone scores candidates.
    """

    article: Article
    head: SentenceHead | None
    calibration: Calibration
    examples: tuple[int, ...] = field(init=False, repr=False)

    def __post_init__(self) -> None:
        """Look up the example rows once, since a bank has thousands of others."""
        bank = self.article.bank.questions if self.article.bank else ()
        rows = tuple(row for row, entry in enumerate(bank) if entry.example)
        object.__setattr__(self, "examples", rows)

    def judge(self, vector: Vectors, scores: Scores) -> Judgement:
        """Return the judgement of a question, given its unit vector and the article's scores."""
        sentences = len(self.article.sentences)
        bank = self.article.bank.questions if self.article.bank else ()
        matched = match(scores.questions, bank, sentences)
        shares = self._head(vector, matched)
        mixed = HEAD_SHARE * shares[:-1] + (1.0 - HEAD_SHARE) * matched.shares
        features = features_of(shares, matched, mixed, scores)
        return Judgement(
            self.article,
            _candidates(mixed, shares[:-1], matched.shares, scores),
            self.calibration.probability(features),
            self.calibration.threshold,
            self.calibration.further,
            features,
            features["nearest"] >= self.calibration.related,
            matched.nearest,
            _examples(bank, self.examples, scores.questions),
            calibrated=True,
        )

    def _head(self, vector: Vectors, matched: BankMatch) -> Vectors:
        if self.head is not None:
            return self.head.probabilities(vector)
        return np.append(matched.shares, np.float32(matched.unanswered))


@dataclass(frozen=True, slots=True)
class BankLessJudge:
    """Judges questions on an article without a bank, from dense and lexical scores alone.

    `weight` and `length` are the numbers of the fusion in the settings of the index.
    """

    article: Article
    weight: float
    calibration: Calibration
    length: float = 0.0

    def judge(self, vector: Vectors, scores: Scores) -> Judgement:
        """Return the judgement of a question; `vector` is not needed beyond its scores."""
        lengths = np.array([len(one.span) for one in self.article.sentences], dtype=np.float32)
        prior = length_prior(lengths, self.length)
        fused = fuse(scores.dense, scores.lexical, self.weight, prior)
        features = evidence(scores.dense, scores.lexical, fused)
        shown = (1.0 / (1.0 + np.exp(-fused))).astype(np.float32)
        empty = np.zeros_like(fused)
        return Judgement(
            self.article,
            _candidates(shown, empty, empty, scores),
            self.calibration.probability(features),
            self.calibration.threshold,
            self.calibration.further,
            features,
            features["dense"] >= self.calibration.related,
            (),
            (),
            calibrated=False,
        )


def features_of(
    shares: Vectors, matched: BankMatch, mixed: Vectors, scores: Scores
) -> dict[str, float]:
    """Return the features that the calibration weighs, by name.

    `shares` is the head's, shape (sentences + 1,); `mixed` the candidates' scores.
    """
    ranked = np.sort(mixed)[::-1]
    answered = [near.similarity for near in matched.nearest if near.entry.answered]
    unanswered = [near.similarity for near in matched.nearest if not near.entry.answered]
    best = int(np.argmax(mixed))
    return {
        "none": float(np.log(shares[-1] + SMALL)),
        "best": float(np.log(ranked[0] + SMALL)),
        "three": float(np.log(ranked[:3].sum() + SMALL)),
        "margin": float(ranked[0] - ranked[1]),
        "unanswered": matched.unanswered,
        "agreement": max(answered, default=0.0) - max(unanswered, default=0.0),
        "nearest": matched.nearest[0].similarity,
        "dense": float(scores.dense[best]),
        "lexical": float(np.log1p(scores.lexical[best])),
    }


def _examples(
    bank: Sequence[BankQuestion], examples: Sequence[int], similarities: Vectors
) -> tuple[str, ...]:
    rows = sorted(examples, key=lambda row: -similarities[row])
    return tuple(bank[row].question for row in rows if similarities[row] < SAME)


def _candidates(
    mixed: Vectors, head: Vectors, bank: Vectors, scores: Scores
) -> tuple[Candidate, ...]:
    rows = np.argsort(-mixed, kind="stable")
    return tuple(
        Candidate(
            int(row) + 1,
            float(mixed[row]),
            float(head[row]),
            float(bank[row]),
            float(scores.dense[row]),
            float(scores.lexical[row]),
        )
        for row in rows
    )
