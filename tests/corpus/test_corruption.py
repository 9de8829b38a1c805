"""Damaged files: an article loads or gives its one error, and nothing else happens."""

import shutil
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus import ARTICLES, CorpusError, load_article
from corpus.__main__ import main

FILES = ("article.txt", "article.toml", "notes.toml", "references.json")
DAMAGE = st.one_of(st.binary(max_size=3), st.sampled_from([b"\n", b'"', b"[[", b"{", b"#", b"\r"]))


@given(
    st.sampled_from(FILES),
    st.floats(0, 1, exclude_max=True),
    st.integers(0, 40),
    DAMAGE,
    st.booleans(),
)
@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_damage_is_found_or_harmless(
    tmp_path: Path, name: str, place: float, removed: int, added: bytes, sealed: bool
) -> None:
    folder = tmp_path / "damaged"
    shutil.copytree(ARTICLES / "ldn-cancer", folder, dirs_exist_ok=True)
    before = (folder / name).read_bytes()
    start = int(place * len(before))
    (folder / name).write_bytes(before[:start] + added + before[start + removed :])
    if sealed:
        main(["seal", str(folder)])
    try:
        article = load_article(folder)
    except CorpusError as error:
        assert error.file.parent == folder
        assert "\n" not in str(error)
        if error.line is not None:
            assert 1 <= error.line <= error.file.read_bytes().count(b"\n") + 2
    else:
        assert [article.read(s.span).strip() for s in article.sentences]


@pytest.mark.parametrize("name", FILES)
def test_a_file_cut_in_the_middle_is_refused(folder: Path, name: str) -> None:
    before = (folder / name).read_bytes()
    (folder / name).write_bytes(before[: len(before) // 2])
    with pytest.raises(CorpusError):
        load_article(folder)
