from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import settings as examples
from hypothesis import strategies as st

from benchmarks.growth.__main__ import main, surroundings
from benchmarks.growth.adding import added
from benchmarks.growth.grown import Growing, nearest, unit
from benchmarks.growth.kinds import FLAT, SHIPPED, read_kinds
from benchmarks.growth.measuring import asked_of, costs, factory_of
from benchmarks.growth.texts import own_texts, read_texts
from corpus import CorpusError
from index import Vectors


def unit_vectors(count: int, seed: int = 0, dimensions: int = 384) -> Vectors:
    found = np.random.default_rng(seed).normal(size=(count, dimensions))
    return unit(np.asarray(found, dtype=np.float32))


def themed(count: int, seed: int = 0) -> Vectors:
    """Vectors that lie near a surface of few dimensions, as those of texts do."""
    rng = np.random.default_rng(seed)
    surface = np.random.default_rng(99).normal(size=(12, 384))
    found = rng.normal(size=(count, 12)) @ surface + rng.normal(scale=0.3, size=(count, 384))
    return unit(np.asarray(found, dtype=np.float32))


@given(real=st.integers(20, 80), count=st.integers(1, 200))
@examples(max_examples=30, deadline=None)
def test_a_library_grows_from_real_vectors_to_unit_ones(
    tmp_path_factory: pytest.TempPathFactory, real: int, count: int
) -> None:
    vectors = unit_vectors(real)
    file = tmp_path_factory.mktemp("grown") / "vectors.npy"
    grown = Growing(vectors).grown(count, file)
    assert grown.shape == (count, 384)
    np.testing.assert_allclose(np.linalg.norm(grown, axis=1), 1.0, atol=1e-5)
    kept = {row.tobytes() for row in grown} & {row.tobytes() for row in vectors}
    assert len(kept) == min(real, count)
    assert len({row.tobytes() for row in grown}) == count
    np.testing.assert_array_equal(grown, np.load(file))


def test_made_vectors_have_surroundings_like_real_ones() -> None:
    found = surroundings(themed(4000), themed(200, 1))
    real, made = found.values()
    assert made.tenth == pytest.approx(real.tenth, abs=0.1)
    assert made.asked == pytest.approx(real.asked, abs=0.1)
    assert made.dimension == pytest.approx(real.dimension, rel=0.4)


def test_vectors_shaken_in_place_would_be_told_from_real_ones() -> None:
    real = themed(4000)
    rng = np.random.default_rng(2)
    noise = rng.normal(scale=0.005, size=(2000, 384))
    shaken = unit(np.asarray(real[:20].repeat(100, axis=0) + noise, dtype=np.float32))
    alone = nearest(real[:50], real, 11)[0][:, 10]
    clustered = nearest(shaken[::40], shaken, 11)[0][:, 10]
    assert np.median(clustered) > np.median(alone) + 0.2


def test_every_structure_is_built_and_searched(tmp_path: Path) -> None:
    vectors, kinds = themed(600), read_kinds()
    np.save(tmp_path / "vectors.npy", vectors)
    asked = asked_of(themed(40, 3), vectors)
    found = list(costs(kinds, tmp_path / "vectors.npy", asked, tmp_path))
    assert [one.kind for one in found] == [kind.name for kind in kinds]
    for one in found:
        assert one.size == 600
        assert one.recall >= 0.9
        assert 0 < one.middle <= one.high
        assert one.disk >= 600 * 384 * 4 / 1e6
        if one.kind in (FLAT, SHIPPED):
            assert one.recall == 1.0


@given(size=st.integers(1, 2_000_000))
def test_what_is_shipped_is_among_what_is_compared(size: int) -> None:
    *compared, shipped = read_kinds()
    assert factory_of(shipped, size) in [factory_of(kind, size) for kind in compared]


def test_the_truth_is_what_comparing_all_gives() -> None:
    vectors, questions = unit_vectors(300), unit_vectors(8, 4)
    asked = asked_of(questions, vectors)
    wanted = np.argsort(-(questions @ vectors.T), axis=1)[:, :10]
    np.testing.assert_array_equal(asked.truth, wanted)


class Named:
    """An encoder that counts what it is given."""

    fingerprint = "named"

    def __init__(self) -> None:
        self.read: list[str] = []

    def encode(self, texts: list[str], progress: bool = False) -> Vectors:
        self.read += texts
        return np.array([[len(text), 1.0] for text in texts], dtype=np.float32)


def articles(folder: Path) -> Path:
    rows = [
        {"paragraphs": ["Naps help.", "Light helps."], "questions": [{"q": "What helps?"}]},
        {"paragraphs": ["Light helps.", "Tea warms.", ""], "questions": [{"q": "Tea warms."}]},
    ]
    folder.mkdir()
    (folder / "data.jsonl").write_text("".join(f"{json.dumps(row)}\n" for row in rows), "utf-8")
    return folder


def test_no_text_is_read_twice_or_both_asked_and_searched(tmp_path: Path) -> None:
    texts = read_texts(articles(tmp_path / "set"))
    assert texts.articles == (("Naps help.", "Light helps."), ("Tea warms.",))
    assert texts.questions == ("What helps?",)
    own = own_texts()
    assert len(set(own.passages)) == len(own.passages)
    assert not set(own.questions) & set(own.passages)
    assert len(own.questions) >= 500


def test_adding_an_article_embeds_it_alone(tmp_path: Path) -> None:
    known, encoder = Named(), Named()
    found = added(read_texts(articles(tmp_path / "set")), known, encoder, 256)
    assert (found.before, found.new) == (2, 1)
    assert encoder.read[1:] == ["Tea warms."]


@pytest.mark.parametrize("line", ["{", '{"paragraphs": []}', "[]", '{"questions": [1]}'])
def test_a_line_that_is_no_article_is_named(line: str, tmp_path: Path) -> None:
    folder = articles(tmp_path / "set")
    with (folder / "data.jsonl").open("a", encoding="utf-8") as file:
        file.write(line + "\n")
    with pytest.raises(CorpusError, match=r"data\.jsonl:3: is not an article"):
        read_texts(folder)


def test_a_missing_folder_is_one_sentence(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["--articles", str(tmp_path / "none")]) == 1
    assert "none/data.jsonl: cannot be read" in capsys.readouterr().err


@pytest.mark.parametrize("size", ["-5", "9", "many"])
def test_a_size_that_cannot_be_is_refused(size: str, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        main(["--size", size])
    assert "not a number from 10 on" in capsys.readouterr().err
