from __future__ import annotations

import pytest

from index import PassageIndex, SentenceEncoder, Settings, search


def test_hits_stand_in_order_and_keep_to_the_limit(
    built: PassageIndex, encoder: SentenceEncoder, settings: Settings
) -> None:
    found = search(built, encoder, "How does LDN work?", settings.dense, 7, settings.length)
    scores = [hit.score for hit in found]
    assert len({hit.passage.key for hit in found}) == 7
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("row", [5, 20, 40, 60])
def test_a_sentence_finds_itself(
    row: int, built: PassageIndex, encoder: SentenceEncoder, settings: Settings
) -> None:
    passage = built.passages[row]
    best = search(built, encoder, passage.text, settings.dense, 1, settings.length)[0]
    assert best.passage.text == passage.text
    assert best.dense == pytest.approx(1.0, abs=1e-3)


def test_length_favours_longer_passages(built: PassageIndex, encoder: SentenceEncoder) -> None:
    def longest(length: float) -> int:
        return len(search(built, encoder, "treatment", 1.0, 1, length)[0].passage.text)

    assert longest(10.0) == max(len(passage.text) for passage in built.passages)
    assert longest(10.0) > longest(0.0)
