"""N-gram heads: what they read, and that they always give probabilities."""

from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from safetensors.numpy import save_file

from chatbot.guard.classifier import AgreedClassifier, Probabilities
from chatbot.guard.level import Label
from chatbot.ngrams import NgramHead, buckets_of, ngrams

BUCKETS = 512
CLASSES = len(Label)


def head_of(seed: int) -> NgramHead:
    chance = np.random.default_rng(seed)
    return NgramHead(
        chance.normal(size=(BUCKETS, CLASSES)).astype(np.float16),
        chance.uniform(1.0, 9.0, size=BUCKETS).astype(np.float32),
        chance.normal(size=CLASSES).astype(np.float32),
    )


@given(st.text(max_size=300), st.integers(0, 99))
def test_any_text_has_probabilities_that_sum_to_one(text: str, seed: int) -> None:
    shares = head_of(seed).probabilities(text)
    assert shares.shape == (CLASSES,)
    assert (shares >= 0).all()
    assert shares.sum() == pytest.approx(1.0, abs=1e-5)


@given(st.text(max_size=300))
def test_buckets_are_within_bounds_and_each_once(text: str) -> None:
    rows = buckets_of(text, BUCKETS)
    assert len(rows) == len(set(rows.tolist())) > 0
    assert 0 <= rows.min() <= rows.max() < BUCKETS


def test_a_slip_of_the_finger_leaves_most_of_what_is_read() -> None:
    right, wrong = ngrams("naltrexone dose"), ngrams("naltrexnoe dose")
    assert len(right & wrong) > 0.5 * len(right)
    assert len(right & ngrams("weather today")) < 0.1 * len(right)


def test_pairs_of_words_keep_a_negation_with_its_verb() -> None:
    assert " not approved" in ngrams("It is NOT approved.")


class _Fixed:
    def __init__(self, rows: Probabilities) -> None:
        self.rows = rows

    def probabilities(self, texts: list[str]) -> Probabilities:
        return self.rows[: len(texts)]


@given(st.integers(0, 999), st.floats(0.0, 1.0))
def test_what_two_agree_on_stays(seed: int, share: float) -> None:
    chance = np.random.default_rng(seed)
    rows = [chance.dirichlet(np.ones(CLASSES), size=3).astype(np.float32) for _ in range(2)]
    agreed = AgreedClassifier(_Fixed(rows[0]), _Fixed(rows[1]), share).probabilities([""] * 3)
    assert np.allclose(agreed.sum(axis=1), 1.0, atol=1e-5)
    same = rows[0].argmax(axis=1) == rows[1].argmax(axis=1)
    assert (agreed.argmax(axis=1) == rows[0].argmax(axis=1))[same].all()


def test_a_head_for_another_text_is_not_used(tmp_path: Path) -> None:
    one, file = head_of(1), tmp_path / "head.safetensors"
    tensors = {"weight": one.weight, "rarity": one.rarity, "bias": one.bias}
    save_file(tensors, file, metadata={"article": "this text"})
    loaded = NgramHead.load(file, "this text")
    assert loaded is not None
    assert np.allclose(loaded.probabilities("dose"), one.probabilities("dose"))
    assert NgramHead.load(file, "that text") is None
    assert NgramHead.load(tmp_path / "none.safetensors") is None
