"""What a question scores on an article, and where an article's rows stand in an index."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby

import numpy as np

from corpus import BankQuestion
from index.dense import Nearest, Rows, Vectors
from index.passages import Passage


@dataclass(frozen=True, slots=True)
class Scores:
    """What one question scored on one article.

    `dense` and `lexical` have shape (passages,), in the article's order. `questions` are the bank
    questions nearest to it, by their rows in the article's bank; `examples`, shape (examples,),
    are the similarities of the bank's example questions, in its order.
    """

    dense: Vectors
    lexical: Vectors
    questions: Nearest
    examples: Vectors


@dataclass(frozen=True, slots=True)
class Place:
    """The rows of one article in an index: of its passages, bank questions and examples."""

    passages: Rows
    questions: Rows
    examples: Rows


def places_of(
    passages: Sequence[Passage], questions: Sequence[tuple[str, BankQuestion]]
) -> dict[str, Place]:
    """Return where each article stands, by its id; what is an article's own stands together."""
    nothing: Rows = np.zeros(0, dtype=np.int64)
    owned = dict(_rows([passage.article for passage in passages]))
    asked = dict(_rows([owner for owner, _ in questions]))
    places = {}
    for id, rows in owned.items():
        own = asked.get(id, nothing)
        examples = [row for row in own if questions[row][1].example]
        places[id] = Place(rows, own, np.array(examples, dtype=np.int64))
    return places


def _rows(owners: Sequence[str]) -> list[tuple[str, Rows]]:
    groups = [(id, len(list(group))) for id, group in groupby(owners)]
    ends = np.cumsum([size for _, size in groups])
    return [
        (id, np.arange(end - size, end))
        for (id, size), end in zip(groups, map(int, ends), strict=True)
    ]
