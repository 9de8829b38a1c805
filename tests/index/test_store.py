from __future__ import annotations

import random
import shutil
from dataclasses import replace
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from corpus import Article, IndexStaleError
from index import Manifest, PassageIndex, SentenceEncoder, Settings, build, open_index

ID = "ldn-cancer"
NEAREST = 7


def wanted(articles: list[Article], encoder: SentenceEncoder, settings: Settings) -> Manifest:
    return Manifest.describe(encoder.fingerprint, settings, articles)


@pytest.fixture
def saved(built: PassageIndex, tmp_path: Path) -> Path:
    built.save(tmp_path / "index")
    return tmp_path / "index"


def test_a_saved_index_gives_the_same_scores(
    built: PassageIndex,
    saved: Path,
    articles: list[Article],
    encoder: SentenceEncoder,
    settings: Settings,
) -> None:
    loaded = PassageIndex.load(saved, articles, wanted(articles, encoder, settings))
    question = "What do vivid dreams have to do with it?"
    vector = encoder.encode([question])[0]
    before = built.scores(question, vector, NEAREST)[ID]
    after = loaded.scores(question, vector, NEAREST)[ID]
    for name in ("dense", "lexical", "examples"):
        np.testing.assert_array_equal(getattr(before, name), getattr(after, name))
    np.testing.assert_array_equal(before.questions.rows, after.questions.rows)
    np.testing.assert_array_equal(before.questions.scores, after.questions.scores)


def test_dense_scores_are_cosines(
    built: PassageIndex, articles: list[Article], encoder: SentenceEncoder
) -> None:
    texts = [passage.text for passage in built.passages]
    vector = encoder.encode(["Is it FDA approved?"])[0]
    expected = encoder.encode(texts) @ vector
    found = built.scores("x", vector, NEAREST)[ID]
    np.testing.assert_allclose(found.dense, expected, atol=1e-5)
    bank = articles[0].bank or ()
    cosines = encoder.encode([entry.question for entry in bank]) @ vector
    marked = [cosine for cosine, entry in zip(cosines, bank, strict=True) if entry.example]
    np.testing.assert_allclose(found.examples, marked, atol=1e-5)
    np.testing.assert_allclose(found.questions.scores, np.sort(cosines)[::-1][:NEAREST], atol=1e-5)
    np.testing.assert_allclose(cosines[found.questions.rows], found.questions.scores, atol=1e-5)


@pytest.mark.parametrize("seed", range(12))
def test_a_flipped_byte_anywhere_is_noticed(
    seed: int,
    saved: Path,
    articles: list[Article],
    encoder: SentenceEncoder,
    settings: Settings,
) -> None:
    rng = random.Random(seed)
    files = sorted(path for path in saved.rglob("*") if path.is_file() and path.stat().st_size)
    file = files[seed % len(files)]
    data = bytearray(file.read_bytes())
    place = rng.randrange(len(data))
    data[place] ^= 1 << rng.randrange(8)
    file.write_bytes(bytes(data))
    with pytest.raises(IndexStaleError, match="index build"):
        PassageIndex.load(saved, articles, wanted(articles, encoder, settings))


def test_every_file_is_covered(saved: Path) -> None:
    present = {path.relative_to(saved).as_posix() for path in saved.rglob("*") if path.is_file()}
    listed = set(Manifest.read(saved).files)
    assert present - listed == {"manifest.json", "manifest.sha256"}


@pytest.mark.parametrize(
    "change",
    [{"model": "other"}, {"articles": {"ldn-cancer": "0"}}, {"libraries": {}}, {"banks": {}}],
)
def test_another_corpus_model_or_version_is_refused(
    change: dict[str, object],
    saved: Path,
    articles: list[Article],
    encoder: SentenceEncoder,
    settings: Settings,
) -> None:
    other = replace(wanted(articles, encoder, settings), **change)
    with pytest.raises(IndexStaleError, match=next(iter(change))):
        PassageIndex.load(saved, articles, other)


def test_a_missing_or_stale_index_is_built_by_itself(
    tmp_path: Path, articles: list[Article], encoder: SentenceEncoder, settings: Settings
) -> None:
    folder = tmp_path / "deep" / "index"
    first = open_index(articles, encoder, settings, folder)
    assert first.manifest == replace(Manifest.read(folder), files={})
    changed = replace(settings, k1=1.2)
    assert open_index(articles, encoder, changed, folder).manifest.settings["k1"] == 1.2
    assert Manifest.read(folder).settings["k1"] == 1.2


def test_a_crash_while_writing_leaves_the_old_index(
    saved: Path,
    built: PassageIndex,
    articles: list[Article],
    encoder: SentenceEncoder,
    settings: Settings,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def crash(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("index.lexical.LexicalIndex.save", crash)
    with pytest.raises(KeyboardInterrupt):
        built.save(saved)
    assert [path.name for path in saved.parent.iterdir()] == [saved.name]
    PassageIndex.load(saved, articles, wanted(articles, encoder, settings))


def test_building_replaces_the_folder_whole(
    saved: Path, articles: list[Article], encoder: SentenceEncoder, settings: Settings
) -> None:
    (saved / "left-over").write_text("x", "utf-8")
    build(articles, encoder, settings, saved)
    assert not (saved / "left-over").exists()
    shutil.rmtree(saved)


@given(st.text(max_size=60))
@examples(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
def test_any_text_can_be_scored(built: PassageIndex, question: str) -> None:
    vector = np.zeros(384, dtype=np.float32)
    scores = built.scores(question, vector, NEAREST)[ID]
    assert scores.lexical.shape == scores.dense.shape == (len(built.passages),)
    assert np.isfinite(scores.lexical).all()
    assert (scores.lexical >= 0).all()
