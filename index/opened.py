"""The index folder: exported encoders and what they search, made anew where it is stale."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Article
from index.build import build, build_encoder, open_encoder, open_index
from index.encoder import Encoder, Reference
from index.memory import Remembering
from index.parts import Part
from index.passages import passages_of
from index.store import PassageIndex
from index.weights import Weights

ENCODERS = "encoders"
PASSAGES = "passages"

SAMPLES = 64
"""Sentences that an exported encoder is compared on; a last sample is all of them as one text."""


@dataclass(frozen=True, slots=True)
class Searcher:
    """An index, and the encoder of questions whose vectors fit it."""

    index: PassageIndex
    encoder: Encoder


class IndexFolder:
    """The folder of a library's index.

    What it lacks, or holds for other articles, weights or settings, is made when it is opened;
    with `anew`, everything is. An encoder is loaded once for all that share its weights. It is the
    exported one, or the slower reference encoder itself if `exported` is False.
    """

    def __init__(
        self,
        folder: Path,
        articles: Sequence[Article],
        progress: bool = False,
        anew: bool = False,
        exported: bool = True,
    ) -> None:
        """Take the folder and the articles of the library; nothing is read yet."""
        self._folder = folder
        self._samples = _samples(articles)
        self._progress = progress
        self._anew = anew
        self._exported = exported
        self._references: dict[Weights, Reference] = {}
        self._encoders: dict[Weights, Encoder] = {}

    def encoder(self, weights: Weights) -> Encoder:
        """Return the encoder of some weights."""
        if weights not in self._encoders:
            self._encoders[weights] = Remembering(self._opened(weights))
        return self._encoders[weights]

    def searcher(self, part: Part) -> Searcher:
        """Return the index of a part with its encoder."""
        make = build if self._anew else open_index
        index = make(
            part.articles,
            self._reference(part.weights),
            part.weights.settings,
            self._folder / PASSAGES / part.name,
            self._progress,
        )
        return Searcher(index, self.encoder(part.weights))

    def _opened(self, weights: Weights) -> Encoder:
        reference = self._reference(weights)
        if not self._exported:
            return reference
        make = build_encoder if self._anew else open_encoder
        return make(reference, self._samples, self._folder / ENCODERS / weights.name)

    def _reference(self, weights: Weights) -> Reference:
        return self._references.setdefault(weights, Reference(weights))


def _samples(articles: Sequence[Article]) -> list[str]:
    texts = [passage.text for passage in passages_of(articles)][:SAMPLES]
    return [*texts, " ".join(texts)]
