"""What each part says of an article's sentences, and the features that follow from it."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from chatbot.answer.bank_match import BankMatch
from index import Scores, Vectors

HEAD_SHARE = 0.5
"""Share of the sentence head in what the question's vector says; the rest is the bank's."""

NGRAM_SHARE = 0.5
"""Share of the n-gram head in a candidate's score; the rest is the vector's."""

SMALL = 1e-6


@dataclass(frozen=True, slots=True)
class Shares:
    """How a question is shared out over sentences by the heads and by the bank.

    `head` and `ngrams` have shape (sentences + 1,), the last being "no sentence answers this";
    `matched` is what the nearest bank questions say.
    """

    head: Vectors
    ngrams: Vectors
    matched: BankMatch

    @classmethod
    def of(cls, head: Vectors | None, ngrams: Vectors | None, matched: BankMatch) -> Shares:
        """Return the shares; what was not learned for this text agrees with what there is."""
        bank = np.append(matched.shares, np.float32(matched.unanswered))
        head = bank if head is None else head
        by_vector = HEAD_SHARE * head + (1.0 - HEAD_SHARE) * bank
        return cls(head, by_vector if ngrams is None else ngrams, matched)

    @property
    def mixed(self) -> Vectors:
        """The candidates' scores, shape (sentences,), in [0, 1]."""
        by_vector = HEAD_SHARE * self.head[:-1] + (1.0 - HEAD_SHARE) * self.matched.shares
        return np.asarray((1.0 - NGRAM_SHARE) * by_vector + NGRAM_SHARE * self.ngrams[:-1])


def features_of(shares: Shares, scores: Scores) -> dict[str, float]:
    """Return the features that the calibration weighs, by name."""
    mixed, matched = shares.mixed, shares.matched
    ranked = np.sort(mixed)[::-1]
    answered = [near.similarity for near in matched.nearest if near.entry.answered]
    unanswered = [near.similarity for near in matched.nearest if not near.entry.answered]
    best = int(np.argmax(mixed))
    return {
        "none": _log(shares.head[-1]),
        "best": _log(ranked[0]),
        "three": _log(ranked[:3].sum()),
        "margin": float(ranked[0] - ranked[1]),
        "unanswered": matched.unanswered,
        "agreement": max(answered, default=0.0) - max(unanswered, default=0.0),
        "nearest": matched.nearest[0].similarity,
        "dense": float(scores.dense[best]),
        "lexical": float(np.log1p(scores.lexical[best])),
        "ngrams_none": _log(shares.ngrams[-1]),
        "ngrams_best": _log(shares.ngrams[best]),
    }


def _log(share: float) -> float:
    return float(np.log(share + SMALL))
