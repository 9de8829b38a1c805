from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from corpus import Article, load_library
from index import OnnxEncoder, PassageIndex, Reference, SentenceEncoder, Settings, Weights
from index.build import open_encoder
from index.onnx_encoder import GRAPH
from index.settings import Precision


@pytest.fixture(scope="session")
def settings() -> Settings:
    """The settings as they are, but for an encoder exported in full precision."""
    return replace(Settings.load(), precision=Precision.FLOAT32)


@pytest.fixture(scope="session")
def reference(settings: Settings) -> Reference:
    """The packaged weights as they are: what is learned has tests of its own."""
    return Reference(Weights(settings))


@pytest.fixture(scope="session")
def encoder(reference: Reference) -> SentenceEncoder:
    return reference.loaded


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


@pytest.fixture(scope="session")
def exported_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with what is no encoder, which `exported` must replace."""
    folder = tmp_path_factory.mktemp("encoders") / "packaged"
    folder.mkdir()
    (folder / GRAPH).write_text("no graph", "utf-8")
    return folder


@pytest.fixture(scope="session")
def exported(
    reference: Reference, articles: list[Article], exported_folder: Path, settings: Settings
) -> OnnxEncoder:
    sentences = [articles[0].read(sentence.span) for sentence in articles[0].sentences]
    return open_encoder(reference, [*sentences[:20], " ".join(sentences)], exported_folder)
