from __future__ import annotations

import threading
from pathlib import Path

import faiss
import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from corpus import ConfigError, IndexStaleError
from index.dense import DenseIndex, Vectors
from index.structures import SETTINGS, StructureSettings

SMALL = StructureSettings(exact_up_to=100, lists=4.0, sample=64, probes=90, refine=4.0)
DIMENSIONS = 24


def unit_vectors(count: int, seed: int = 0, dimensions: int = DIMENSIONS) -> Vectors:
    found = np.random.default_rng(seed).normal(size=(count, dimensions)).astype(np.float32)
    return np.asarray(found / np.linalg.norm(found, axis=1, keepdims=True))


@pytest.fixture(scope="module")
def large() -> tuple[Vectors, DenseIndex]:
    """More vectors than are compared one by one, in the structure that is made for that."""
    vectors = unit_vectors(2000)
    return vectors, DenseIndex.from_vectors(vectors, SMALL)


@given(count=st.integers(1, 60), seed=st.integers(0, 9), limit=st.integers(1, 80))
@examples(max_examples=60, deadline=None)
def test_few_vectors_are_all_compared(count: int, seed: int, limit: int) -> None:
    vectors, query = unit_vectors(count, seed), unit_vectors(1, seed + 100)[0]
    index = DenseIndex.from_vectors(vectors, SMALL)
    scores, near = index.scores(query), index.nearest(query, limit)
    np.testing.assert_allclose(scores, vectors @ query, atol=1e-6)
    np.testing.assert_array_equal(near.scores, np.sort(scores)[::-1][:limit])
    np.testing.assert_array_equal(near.scores, scores[near.rows])


@given(seed=st.integers(1, 1000), limit=st.integers(1, 50))
@examples(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_scores_are_exact_to_the_bit_however_vectors_are_held(
    large: tuple[Vectors, DenseIndex], seed: int, limit: int
) -> None:
    vectors, index = large
    query = unit_vectors(1, seed)[0]
    flat = faiss.IndexFlatIP(DIMENSIONS)
    flat.add(vectors)
    plain = DenseIndex(flat, SMALL).scores(query)
    near = index.nearest(query, limit)
    np.testing.assert_array_equal(index.scores(query), plain)
    np.testing.assert_array_equal(near.scores, plain[near.rows])
    np.testing.assert_array_equal(index.scores_of(query, near.rows), plain[near.rows])
    assert len(set(near.rows.tolist())) == len(near.rows) <= limit
    assert (np.diff(near.scores) <= 0).all()


def test_a_large_index_finds_nearly_all_of_the_nearest(large: tuple[Vectors, DenseIndex]) -> None:
    vectors, index = large
    rng = np.random.default_rng(5)
    found = 0
    for row in range(0, 2000, 20):
        query = vectors[row] + rng.normal(scale=0.02, size=DIMENSIONS).astype(np.float32)
        wanted = set(np.argsort(-index.scores(query))[:10].tolist())
        found += len(wanted & set(index.nearest(query, 10).rows.tolist()))
    assert found >= 0.85 * 1000


def test_reading_every_list_finds_all_of_the_nearest() -> None:
    vectors = unit_vectors(500)
    everything = StructureSettings(exact_up_to=0, lists=2.0, sample=64, probes=1000, refine=50.0)
    index = DenseIndex.from_vectors(vectors, everything)
    for query in unit_vectors(20, 3):
        near = index.nearest(query, 10)
        np.testing.assert_array_equal(near.scores, np.sort(index.scores(query))[::-1][:10])


@pytest.mark.parametrize("count", [1, 100, 101, 2000])
def test_a_saved_index_is_the_same(count: int, tmp_path: Path) -> None:
    vectors, query = unit_vectors(count), unit_vectors(1, 8)[0]
    before = DenseIndex.from_vectors(vectors, SMALL)
    before.save(tmp_path / "index")
    after = DenseIndex.load(tmp_path / "index", SMALL)
    assert len(after) == count
    np.testing.assert_array_equal(before.scores(query), after.scores(query))
    np.testing.assert_array_equal(before.nearest(query, 9).rows, after.nearest(query, 9).rows)


def test_a_small_library_is_stored_as_plain_vectors(tmp_path: Path) -> None:
    vectors = unit_vectors(97, dimensions=384)
    DenseIndex.from_vectors(vectors).save(tmp_path / "index")
    flat = faiss.IndexFlatIP(384)
    flat.add(vectors)
    assert (tmp_path / "index").read_bytes() == faiss.serialize_index(flat).tobytes()


@pytest.mark.parametrize(
    "other",
    [
        {"exact_up_to": 5000},
        {"exact_up_to": 100, "lists": 2.0},
    ],
)
def test_an_index_of_another_structure_is_refused(
    other: dict[str, float], large: tuple[Vectors, DenseIndex], tmp_path: Path
) -> None:
    large[1].save(tmp_path / "index")
    fields = {"exact_up_to": 100, "lists": 4.0, "sample": 64, "probes": 90}
    changed = StructureSettings(**{**fields, "refine": 4.0, **other})  # type: ignore[arg-type]
    with pytest.raises(IndexStaleError, match="another kind"):
        DenseIndex.load(tmp_path / "index", changed)


@pytest.mark.parametrize("data", [b"", b"IxFI", b"IxFIxxxx", b"IxRF1234", b"nothing of FAISS"])
def test_what_is_no_index_is_refused(data: bytes, tmp_path: Path) -> None:
    (tmp_path / "index").write_bytes(data)
    with pytest.raises(IndexStaleError, match="index build"):
        DenseIndex.load(tmp_path / "index", SMALL)


def test_rows_that_are_not_there_are_refused(large: tuple[Vectors, DenseIndex]) -> None:
    for row in (-1, 2000):
        with pytest.raises(IndexError, match="2000"):
            large[1].scores_of(unit_vectors(1)[0], np.array([0, row]))


@given(seed=st.integers(0, 99), start=st.integers(0, 1999), size=st.integers(0, 80))
@examples(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_among_some_rows_each_is_compared(
    large: tuple[Vectors, DenseIndex], seed: int, start: int, size: int
) -> None:
    vectors, index = large
    rows = np.arange(start, min(start + size, len(vectors)))
    query = unit_vectors(1, seed)[0]
    own, near = vectors[rows] @ query, index.nearest(query, 10, rows)
    assert len(near.rows) == min(10, len(rows))
    np.testing.assert_allclose(near.scores, np.sort(own)[::-1][:10], atol=1e-6)
    np.testing.assert_allclose(own[near.rows], near.scores, atol=1e-6)


def test_among_all_rows_the_whole_is_searched(large: tuple[Vectors, DenseIndex]) -> None:
    query = unit_vectors(1, 12)[0]
    among = large[1].nearest(query, 10, np.arange(2000))
    np.testing.assert_array_equal(among.rows, large[1].nearest(query, 10).rows)


def test_a_search_starts_no_threads_whoever_asks(large: tuple[Vectors, DenseIndex]) -> None:
    found, counts = [], []
    query = unit_vectors(1, 4)[0]

    def ask() -> None:
        before = len(list(Path("/proc/self/task").iterdir()))
        found.append(large[1].nearest(query, 10).rows.tolist())
        counts.append(len(list(Path("/proc/self/task").iterdir())) - before)

    if not Path("/proc/self/task").is_dir():
        pytest.skip("this system does not list its threads")
    thread = threading.Thread(target=ask)
    thread.start()
    thread.join()
    assert counts == [0]
    assert found == [large[1].nearest(query, 10).rows.tolist()]


@given(count=st.integers(1, 3_000_000))
def test_no_search_reads_more_lists_than_there_are(count: int) -> None:
    shipped = StructureSettings.load()
    assert 1 <= shipped.probes_of(count) <= shipped.lists_of(count)
    assert (shipped.factory_of(count) == "Flat") == (count <= shipped.exact_up_to)


@pytest.mark.parametrize("name", ["exact_up_to", "lists", "probes", "refine", "sample"])
def test_a_missing_setting_is_named(name: str, tmp_path: Path) -> None:
    lines = SETTINGS.read_text("utf-8").splitlines()
    kept = [line for line in lines if not line.startswith(f"{name} =")]
    (tmp_path / "settings.toml").write_text("\n".join(kept), "utf-8")
    with pytest.raises(ConfigError, match=name):
        StructureSettings.load(tmp_path / "settings.toml")
