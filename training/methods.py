"""Ways to score an article's sentences for a question, from plain search to all of it together."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from chatbot.answer.bank_match import NEAREST, BankMatch, match
from chatbot.answer.judgement import Calibration, Judge
from chatbot.answer.sentence_head import SentenceHead
from chatbot.answer.shares import HEAD_SHARE, NGRAM_SHARE, SMALL
from chatbot.ngrams import NgramHead
from corpus import Article
from index import Encoder, Scores, Settings, Vectors, fuse
from index.dense import DenseIndex
from index.fusion import length_prior
from index.lexical import LexicalIndex
from training.pairs import PairJudge, best_dozen

LEXICAL_SHARES = (0.1, 0.3)
"""Shares of the lexical scores that are tried beside the sentence head and the bank."""


@dataclass(frozen=True, slots=True)
class Scored:
    """What a method gives each sentence, shape (sentences,), and what it judges its best by.

    Without `features` the best score itself is judged by.
    """

    scores: Vectors
    features: Mapping[str, float] = field(default_factory=dict)


Method = Callable[[str], Scored]
"""From a question to the scores; it encodes the question itself, so that it can be timed."""


class Remembered:
    """An encoder that keeps the vectors it made, since many methods ask for the same ones."""

    def __init__(self, base: Encoder) -> None:
        """Take the encoder that makes them."""
        self._base = base
        self._kept: dict[str, Vectors] = {}

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the encoder that makes them."""
        return self._base.fingerprint

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        """Return unit vectors, shape (len(texts), dimensions)."""
        new = [text for text in dict.fromkeys(texts) if text not in self._kept]
        self._kept |= zip(new, self._base.encode(new, progress), strict=True)
        return np.array([self._kept[text] for text in texts])

    def forget(self) -> None:
        """Forget them, so that the next question costs what it costs the product."""
        self._kept.clear()


class Searched:
    """An article's sentences and bank questions, embedded by one encoder."""

    def __init__(self, article: Article, encoder: Encoder) -> None:
        """Embed them; the bank must hold a question."""
        self.bank = article.bank.questions if article.bank else ()
        self.encoder = encoder
        self._count = len(article.sentences)
        texts = [article.read(sentence.span) for sentence in article.sentences]
        self.sentences = DenseIndex.from_vectors(encoder.encode(texts))
        wordings = [entry.question for entry in self.bank]
        self.questions = DenseIndex.from_vectors(encoder.encode(wordings))

    def vector(self, question: str) -> Vectors:
        """Return a question's unit vector, shape (dimensions,)."""
        vector: Vectors = self.encoder.encode([question])[0]
        return vector

    def matched(self, vector: Vectors) -> BankMatch:
        """Return what the bank says."""
        return match(self.questions.nearest(vector, NEAREST), self.bank, self._count)

    def to_sentences(self, question: str) -> Scored:
        """Score by the similarity of question and sentence."""
        return Scored(self.sentences.scores(self.vector(question)))

    def to_questions(self, question: str) -> Scored:
        """Score by the answers of the bank questions most like the question."""
        return Scored(self.matched(self.vector(question)).shares)


class Headed:
    """A sentence head over the vectors of its encoder."""

    def __init__(self, searched: Searched, head: SentenceHead) -> None:
        """Take a head that was trained together with the encoder."""
        self.searched = searched
        self.head = head

    def alone(self, question: str) -> Scored:
        """Score by the head alone."""
        return Scored(self.head.probabilities(self.searched.vector(question))[:-1])

    def with_bank(self, question: str) -> Scored:
        """Score by the head and the bank, as the product orders candidates."""
        vector = self.searched.vector(question)
        head, bank = self.head.probabilities(vector)[:-1], self.searched.matched(vector).shares
        return Scored(HEAD_SHARE * head + (1.0 - HEAD_SHARE) * bank)


@dataclass(frozen=True, slots=True)
class Models:
    """What was learned without the author whose questions are asked, and the packaged encoder."""

    packaged: Encoder
    tuned: Encoder
    head: SentenceHead
    ngrams: NgramHead
    pair: PairJudge | None
    projected: Encoder
    projected_head: SentenceHead

    def forget(self) -> None:
        """Forget the vectors of every encoder that remembers them."""
        pair = [self.pair.encoder] if self.pair else []
        for encoder in (self.packaged, self.tuned, *pair):
            if isinstance(encoder, Remembered):
                encoder.forget()


def methods(article: Article, models: Models, settings: Settings) -> dict[str, Method]:
    """Return the methods by name, in the order of the table.

    The bank of `article` must hold a question, and none that will be asked.
    """
    texts = [article.read(sentence.span) for sentence in article.sentences]
    lexical = LexicalIndex.from_texts(texts, settings.k1, settings.b)
    packaged = Searched(article, models.packaged)
    tuned = Headed(Searched(article, models.tuned), models.head)
    projected = Headed(Searched(article, models.projected), models.projected_head)
    return {
        "BM25, question to sentence": lambda asked: Scored(lexical.scores(asked)),
        "packaged MiniLM, question to sentence": packaged.to_sentences,
        "BM25 and packaged MiniLM, fused": _fused(packaged, lexical, settings, texts),
        "packaged MiniLM, question to question": packaged.to_questions,
        "tuned encoder, question to sentence": tuned.searched.to_sentences,
        "tuned encoder, question to question": tuned.searched.to_questions,
        "sentence head alone": tuned.alone,
        "sentence head and question to question": tuned.with_bank,
        **{
            f"the two and BM25, {share:.0%} of the score": _with_lexical(tuned, lexical, share)
            for share in LEXICAL_SHARES
        },
        "n-gram head alone": lambda asked: Scored(models.ngrams.probabilities(asked)[:-1]),
        "the two and the n-gram head": _with_ngrams(tuned, models.ngrams),
        "the two, calibrated features": _judged(article, tuned, lexical, None, None),
        "the three, calibrated features": _judged(article, tuned, lexical, models.ngrams, None),
        **_with_pair(article, tuned, lexical, models),
        "projection in place of LoRA, sentence head alone": projected.alone,
        "projection in place of LoRA, question to question": projected.searched.to_questions,
        "projection in place of LoRA, the two": projected.with_bank,
    }


def _fused(
    searched: Searched, lexical: LexicalIndex, settings: Settings, texts: Sequence[str]
) -> Method:
    lengths = np.array([len(text) for text in texts], dtype=np.float32)
    prior = length_prior(lengths, settings.length)

    def score(question: str) -> Scored:
        dense = searched.to_sentences(question).scores
        return Scored(fuse(dense, lexical.scores(question), settings.dense, prior))

    return score


def _with_lexical(headed: Headed, lexical: LexicalIndex, share: float) -> Method:
    """Add each sentence's part of the sum of BM25 scores: a share, as the other two are."""

    def score(question: str) -> Scored:
        found = lexical.scores(question)
        part = found / max(float(found.sum()), SMALL)
        return Scored((1.0 - share) * headed.with_bank(question).scores + share * part)

    return score


def _with_ngrams(headed: Headed, ngrams: NgramHead) -> Method:
    """Give the n-gram head its share of the score, as the product orders candidates."""

    def score(question: str) -> Scored:
        by_vector, spelt = headed.with_bank(question).scores, ngrams.probabilities(question)[:-1]
        return Scored((1.0 - NGRAM_SHARE) * by_vector + NGRAM_SHARE * spelt)

    return score


def _with_pair(
    article: Article, tuned: Headed, lexical: LexicalIndex, models: Models
) -> dict[str, Method]:
    pair, ngrams = models.pair, models.ngrams
    if pair is None:
        return {}
    return {
        "pair model orders the best dozen of the two": _paired(tuned, pair, 1.0),
        "pair model and the two, half each": _paired(tuned, pair, 0.5),
        "the three, calibrated features and the pair model's": _judged(
            article, tuned, lexical, ngrams, pair
        ),
    }


def _paired(headed: Headed, pair: PairJudge, share: float) -> Method:
    """Let the pair model order the best dozen; its share of their scores is `share`."""

    def score(question: str) -> Scored:
        scores = headed.with_bank(question).scores
        dozen = best_dozen(scores)
        rows = np.array(dozen) - 1
        ordered = scores - 1.0
        read = pair.probabilities(question, dozen)
        ordered[rows] = share * read + (1.0 - share) * scores[rows]
        return Scored(ordered)

    return score


def _judged(
    article: Article,
    headed: Headed,
    lexical: LexicalIndex,
    ngrams: NgramHead | None,
    pair: PairJudge | None,
) -> Method:
    """Judge as the product does, with the pair model's probability for the best as a feature."""
    judge = Judge(article, headed.head, ngrams, Calibration({}, 0.0, 0.0, 0.0, 0.0))
    searched = headed.searched

    def score(question: str) -> Scored:
        vector = searched.vector(question)
        near = searched.questions.nearest(vector, NEAREST)
        examples = searched.questions.scores_of(vector, np.array(judge.examples))
        found = Scores(searched.sentences.scores(vector), lexical.scores(question), near, examples)
        judgement = judge.judge(question, vector, found)
        scores = np.zeros(len(found.dense), dtype=np.float32)
        for candidate in judgement.candidates:
            scores[candidate.sentence - 1] = candidate.score
        features = dict(judgement.features)
        if pair is not None:
            read = pair.probabilities(question, best_dozen(scores))
            features["pair"] = float(np.log((read[0] + SMALL) / (1.0 - read[0] + SMALL)))
        return Scored(scores, features)

    return score
