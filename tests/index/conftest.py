from __future__ import annotations

from pathlib import Path

import pytest

from corpus import Article, load_library
from index import PassageIndex, SentenceEncoder, Settings


@pytest.fixture(scope="session")
def settings() -> Settings:
    return Settings.load()


@pytest.fixture(scope="session")
def encoder(settings: Settings) -> SentenceEncoder:
    """The packaged weights as they are: what is learned has tests of its own."""
    return SentenceEncoder(settings)


@pytest.fixture(scope="session")
def articles(tmp_path_factory: pytest.TempPathFactory) -> list[Article]:
    """The real article with a short bank, so that embedding it takes a second."""
    source = Path(__file__).resolve().parents[2] / "corpus" / "articles" / "ldn-cancer"
    folder = tmp_path_factory.mktemp("articles") / "ldn-cancer"
    folder.mkdir()
    for file in source.iterdir():
        if file.name != "questions.jsonl":
            (folder / file.name).write_bytes(file.read_bytes())
    bank = (source / "questions.jsonl").read_text("utf-8").splitlines()[:40]
    (folder / "questions.jsonl").write_text("\n".join(bank) + "\n", "utf-8")
    return list(load_library(folder.parent).values())


@pytest.fixture(scope="session")
def built(articles: list[Article], encoder: SentenceEncoder, settings: Settings) -> PassageIndex:
    return PassageIndex.build(articles, encoder, settings)
