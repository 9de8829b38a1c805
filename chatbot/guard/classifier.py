"""The guard's learned classifier: what the encoder's vector says and what the n-grams say."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

import numpy as np
from numpy.typing import NDArray
from safetensors.numpy import load_file

from chatbot.guard.level import Label
from chatbot.ngrams import NgramHead
from corpus import ModelError
from index import Encoder, Vectors

Probabilities = NDArray[np.float32]

NGRAM_SHARE = 0.3
"""Weight of the n-grams beside the vector; best on sources that neither was trained on."""

SMALL = 1e-6


class Classifier(Protocol):
    """Anything that gives each text a probability for each label."""

    def probabilities(self, texts: Sequence[str]) -> Probabilities:
        """Return an array of shape (texts, labels), in the order of `Label`; rows sum to 1."""


@dataclass(frozen=True, slots=True)
class Thresholds:
    """From which probability on a level is given; fitted on authors that were not trained on.

    `help` is for crisis and emergency together, `crisis` for the share of crisis within them,
    `personal` for a request for advice or anything above it, `about` and `off_topic` for those.
    `part` is for one question among several in a message, read by itself: a request for advice.
    """

    help: float
    crisis: float
    personal: float
    about: float
    off_topic: float
    part: float

    @classmethod
    def load(cls, file: Path) -> Thresholds:
        """Read the thresholds; raises ModelError if the file is missing or wrong."""
        try:
            return cls(**json.loads(file.read_text("utf-8"))["guard"])
        except (OSError, ValueError, KeyError, TypeError) as error:
            raise ModelError(f"{file} holds no guard thresholds; run `make train`.") from error


class GuardClassifier:
    """A linear head with softmax over unit vectors."""

    def __init__(self, encoder: Encoder, weight: Vectors, bias: Vectors) -> None:
        """Take a head of shape (labels, dimensions) and its bias, shape (labels,)."""
        self._encoder = encoder
        self._weight = weight
        self._bias = bias

    @classmethod
    def load(cls, encoder: Encoder, file: Path) -> GuardClassifier:
        """Read a head from safetensors; raises ModelError if it is missing or of another shape."""
        try:
            tensors = load_file(file)
            weight, bias = tensors["head.weight"], tensors["head.bias"]
        except (OSError, KeyError) as error:
            raise ModelError(f"{file} holds no guard head; run `make train`.") from error
        if len(weight) != len(Label):
            raise ModelError(f"{file} was trained for other labels; run `make train`.")
        return cls(encoder, weight.astype(np.float32), bias.astype(np.float32))

    def probabilities(self, texts: Sequence[str]) -> Probabilities:
        """Return an array of shape (texts, labels); rows sum to 1."""
        logits = self._encoder.encode(texts) @ self._weight.T + self._bias
        shifted = np.exp(logits - logits.max(axis=1, keepdims=True))
        return np.asarray(shifted / shifted.sum(axis=1, keepdims=True), dtype=np.float32)


class NgramClassifier:
    """The guard's n-gram head."""

    def __init__(self, head: NgramHead) -> None:
        """Take a head whose classes are those of `Label`, in its order."""
        self._head = head

    @classmethod
    def load(cls, file: Path) -> NgramClassifier:
        """Read a head from safetensors; raises ModelError if it is missing or of other labels."""
        head = NgramHead.load(file)
        if head is None or len(head.bias) != len(Label):
            raise ModelError(f"{file} holds no n-gram head of the guard; run `make train`.")
        return cls(head)

    def probabilities(self, texts: Sequence[str]) -> Probabilities:
        """Return an array of shape (texts, labels); rows sum to 1."""
        return np.stack([self._head.probabilities(text) for text in texts])


@dataclass(frozen=True, slots=True)
class AgreedClassifier:
    """Two classifiers' weighted geometric mean, in which what one excludes stays excluded."""

    vector: Classifier
    ngrams: Classifier
    share: float = NGRAM_SHARE

    def probabilities(self, texts: Sequence[str]) -> Probabilities:
        """Return an array of shape (texts, labels); rows sum to 1."""
        vector = np.log(self.vector.probabilities(texts) + SMALL)
        ngrams = np.log(self.ngrams.probabilities(texts) + SMALL)
        mean = np.exp((1.0 - self.share) * vector + self.share * ngrams)
        return np.asarray(mean / mean.sum(axis=1, keepdims=True), dtype=np.float32)


def load_classifier(encoder: Encoder, head: Path, ngrams: Path) -> Classifier:
    """Return the guard's whole classifier; raises ModelError if a file is missing or wrong."""
    return AgreedClassifier(GuardClassifier.load(encoder, head), NgramClassifier.load(ngrams))
