from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from hypothesis import given
from hypothesis import strategies as st

from corpus import Article
from index import Settings, Weights, parts_of

TUNED = Path("tuned.safetensors")


@given(banks=st.lists(st.booleans(), max_size=6))
def test_only_articles_with_a_bank_are_searched_with_tuned_weights(
    banks: list[bool], articles: list[Article], settings: Settings
) -> None:
    article = articles[0]
    library = [
        replace(article, id=f"a{place}", bank=article.bank if bank else None)
        for place, bank in enumerate(banks)
    ]
    parts = parts_of(library, settings, TUNED)
    assert all(part.articles for part in parts)
    assert sorted(one.id for part in parts for one in part.articles) == [a.id for a in library]
    for part in parts:
        tuned = {article.bank is not None for article in part.articles}
        assert part.weights == Weights(settings, TUNED if tuned == {True} else None)
