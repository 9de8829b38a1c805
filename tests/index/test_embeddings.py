from __future__ import annotations

import random
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from corpus import Article
from index import (
    Manifest,
    PassageIndex,
    SentenceEncoder,
    Settings,
    Vectors,
    build,
    open_index,
)
from index.embeddings import CachedEncoder, embeddings_of

PIECES = 256


class Letters:
    """An encoder that counts letters, and keeps what it was given."""

    def __init__(self, fingerprint: str = "a") -> None:
        self.fingerprint = fingerprint
        self.read: list[str] = []

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        self.read += texts
        counted = [[text.count(letter) for letter in "abc"] + [1] for text in texts]
        found = np.array(counted, dtype=np.float32).reshape(len(texts), 4)
        return found / np.linalg.norm(found, axis=1, keepdims=True)


class Counting:
    """The real encoder, which counts what it is given."""

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder
        self.fingerprint = encoder.fingerprint
        self.read: list[str] = []

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        self.read += texts
        return self._encoder.encode(texts, progress)


def run(folder: Path, *calls: Sequence[str], model: str = "a", pieces: int = PIECES) -> list[str]:
    """Encode, check every vector, save; return what had to be encoded."""
    letters = Letters(model)
    cached = CachedEncoder(letters, pieces, folder)
    for texts in calls:
        np.testing.assert_array_equal(cached.encode(texts), Letters().encode(texts))
    cached.save()
    return letters.read


texts_of_any_kind = st.lists(st.text(alphabet="abc ", max_size=4), min_size=1, max_size=8)


@given(st.lists(texts_of_any_kind, min_size=1, max_size=5))
@examples(max_examples=60, deadline=None)
def test_only_what_the_last_run_did_not_have_is_encoded(
    tmp_path_factory: pytest.TempPathFactory, libraries: list[list[str]]
) -> None:
    folder = tmp_path_factory.mktemp("cache") / "embeddings"
    before: set[str] = set()
    for library in libraries:
        assert run(folder, library) == [text for text in library if text not in before]
        before = set(library)


def test_several_calls_are_kept_together(tmp_path: Path) -> None:
    folder = tmp_path / "embeddings"
    assert run(folder, ["a", "b"], ["c"]) == ["a", "b", "c"]
    assert run(folder, ["c", "a", "b"]) == []


def test_what_is_no_longer_used_is_pruned(tmp_path: Path) -> None:
    folder = tmp_path / "embeddings"
    run(folder, ["a", "b"])
    run(folder, ["a"])
    assert run(folder, ["a", "b"]) == ["b"]


@pytest.mark.parametrize("other", [{"model": "b"}, {"pieces": 128}])
def test_another_model_or_length_starts_anew(tmp_path: Path, other: dict[str, str | int]) -> None:
    folder = tmp_path / "embeddings"
    run(folder, ["a"])
    assert run(folder, ["a"], **other) == ["a"]  # type: ignore[arg-type]
    assert run(folder, ["a"]) == ["a"]


@pytest.mark.parametrize("seed", range(24))
def test_a_damaged_cache_is_made_anew(seed: int, tmp_path: Path) -> None:
    folder, rng = tmp_path / "embeddings", random.Random(seed)
    run(folder, ["a", "b"])
    files = sorted(path for path in folder.iterdir())
    file = files[seed % len(files)]
    data = bytearray(file.read_bytes())
    place = rng.randrange(len(data))
    data[place] ^= 1 << rng.randrange(8)
    file.write_bytes(bytes(data[: rng.choice([len(data), place + 1])]))
    assert run(folder, ["a", "b"]) == ["a", "b"]
    assert run(folder, ["a", "b"]) == []


def test_a_lost_file_is_survived(tmp_path: Path) -> None:
    folder = tmp_path / "embeddings"
    run(folder, ["a"])
    (folder / "vectors.npy").unlink()
    assert run(folder, ["a"]) == ["a"]


def test_a_crash_while_writing_keeps_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    folder = tmp_path / "embeddings"
    run(folder, ["a"])
    with monkeypatch.context() as patched:
        patched.setattr("index.manifest.Manifest.write", crash)
        with pytest.raises(KeyboardInterrupt):
            run(folder, ["a", "b"])
    assert [path.name for path in tmp_path.iterdir()] == ["embeddings"]
    assert run(folder, ["a", "b"]) == ["b"]


def test_nothing_is_written_where_nothing_changed(tmp_path: Path) -> None:
    folder = tmp_path / "embeddings"
    run(folder, ["a"])
    before = folder.stat().st_ino
    run(folder, ["a"])
    assert folder.stat().st_ino == before


def test_what_is_added_to_a_library_is_all_that_is_embedded(
    tmp_path: Path, articles: list[Article], encoder: SentenceEncoder, settings: Settings
) -> None:
    counting, folder = Counting(encoder), tmp_path / "deep" / "index"
    build([replace(articles[0], bank=None)], counting, settings, folder)
    sentences = [articles[0].read(one.span) for one in articles[0].sentences]
    assert counting.read == sentences
    counting.read.clear()
    grown = build(articles, counting, settings, folder)
    asked = [entry.question for entry in articles[0].bank or ()]
    assert counting.read == asked
    vector = encoder.encode([asked[0]])[0]
    assert grown.scores("x", vector, 1)["ldn-cancer"].questions.rows.tolist() == [0]
    counting.read.clear()
    shutil.rmtree(folder)
    open_index(articles, counting, settings, folder)
    assert counting.read == []


def test_a_first_build_gives_the_same_index_to_the_byte(
    tmp_path: Path,
    built: PassageIndex,
    articles: list[Article],
    encoder: SentenceEncoder,
    settings: Settings,
) -> None:
    built.save(tmp_path / "plain")
    for name in ("first", "first"):
        build(articles, encoder, settings, tmp_path / name)
        files = Manifest.read(tmp_path / name).files
        assert files == Manifest.read(tmp_path / "plain").files


def test_the_cache_lies_beside_its_index(tmp_path: Path) -> None:
    assert embeddings_of(tmp_path / "bank") == tmp_path / "bank.embeddings"
