"""The parts of a library: which articles are searched together, and by which encoder."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus import Article
from index.settings import Settings
from index.weights import Weights

BANK = "bank"
BANK_LESS = "no_bank"


@dataclass(frozen=True, slots=True)
class Part:
    """Articles that have one index, and the weights of the encoder that searches it."""

    name: str
    articles: tuple[Article, ...]
    weights: Weights


def parts_of(
    articles: Sequence[Article], settings: Settings, tuned: Path | None
) -> tuple[Part, ...]:
    """Return the parts of a library that have articles.

    The tuned weights learned from the questions of banks, and serve articles that have one. An
    article without is searched by the packaged weights, which know no article better than another.
    """
    asked = tuple(article for article in articles if article.bank is not None)
    others = tuple(article for article in articles if article.bank is None)
    parts = (
        Part(BANK, asked, Weights(settings, tuned)),
        Part(BANK_LESS, others, Weights(settings)),
    )
    return tuple(part for part in parts if part.articles)
