from __future__ import annotations

import weakref
from collections.abc import Sequence
from threading import Thread

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from index import Remembering, Vectors, remembering

TEXTS = st.lists(st.sampled_from("abcdef"), max_size=8)


class Counting:
    """Notes every text that it reads, and watches what it made of them."""

    fingerprint = "counting"

    def __init__(self) -> None:
        self.read: list[str] = []
        self.made: list[weakref.ref[Vectors]] = []

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        self.read += texts
        vectors = np.zeros((len(texts), 2), dtype=np.float32)
        vectors[:, 0] = [ord(text) for text in texts]
        self.made.append(weakref.ref(vectors))
        return vectors


@given(st.lists(TEXTS, max_size=5))
def test_within_a_block_each_text_is_read_once(batches: list[list[str]]) -> None:
    counting = Counting()
    encoder = Remembering(counting)
    with remembering():
        for texts in batches:
            np.testing.assert_array_equal(encoder.encode(texts), Counting().encode(texts))
    assert sorted(counting.read) == sorted({text for texts in batches for text in texts})


@given(st.lists(TEXTS, max_size=5))
def test_without_a_block_it_is_the_encoder_itself(batches: list[list[str]]) -> None:
    counting = Counting()
    for texts in batches:
        Remembering(counting).encode(texts)
    assert counting.read == [text for texts in batches for text in texts]


def test_no_vector_outlives_its_block() -> None:
    counting = Counting()
    encoder = Remembering(counting)
    for _ in range(2):
        with remembering():
            encoder.encode(["a"])
            assert counting.made[-1]() is not None
        assert counting.made[-1]() is None
    assert counting.read == ["a", "a"]


def test_a_block_is_of_one_thread_alone() -> None:
    counting = Counting()
    encoder = Remembering(counting)
    with remembering():
        encoder.encode(["a"])
        other = Thread(target=encoder.encode, args=(["a"],))
        other.start()
        other.join()
    assert counting.read == ["a", "a"]


def test_two_encoders_do_not_share_what_they_read() -> None:
    first, second = Counting(), Counting()
    with remembering():
        Remembering(first).encode(["a"])
        Remembering(second).encode(["a"])
    assert (first.read, second.read) == (["a"], ["a"])
