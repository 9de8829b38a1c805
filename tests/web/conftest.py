"""The page around an answerer with fixed replies."""

import re
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from starlette.testclient import TestClient
from starlette.types import ASGIApp

sys.path.insert(0, str(Path(__file__).parent))

from fixed_answerer import FixedAnswerer
from quiet_gradio import quiet_gradio

from chatbot.web.application import build_app
from chatbot.web.render import Renderer
from chatbot.web.settings import Settings
from chatbot.web.site import Site
from corpus import ARTICLES, Article
from corpus.__main__ import main as seal_article

FORMAT = Path(__file__).parents[2] / "docs" / "ARTICLE_FORMAT.md"


def application(answerer: FixedAnswerer, settings: Settings) -> ASGIApp:
    with quiet_gradio():
        return build_app(answerer, settings)


@pytest.fixture(scope="session")
def answerer() -> FixedAnswerer:
    return FixedAnswerer()


@pytest.fixture(scope="session")
def article(answerer: FixedAnswerer) -> Article:
    return answerer.article


@pytest.fixture(scope="session")
def renderer(answerer: FixedAnswerer) -> Renderer:
    return Renderer(answerer.library, answerer.catalogue)


@pytest.fixture(scope="session")
def site(answerer: FixedAnswerer) -> Site:
    return Site(answerer)


@pytest.fixture(scope="module")
def client(answerer: FixedAnswerer) -> Iterator[TestClient]:
    """A client of the whole application, which may ask as often as it likes."""
    with TestClient(application(answerer, Settings(rates="10000/minute"))) as client:
        yield client


@pytest.fixture(scope="session")
def two_articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the article of the product and the one in the description of the format."""
    folder = tmp_path_factory.mktemp("articles")
    shutil.copytree(ARTICLES / "ldn-cancer", folder / "ldn-cancer")
    (folder / "sleep-light").mkdir()
    blocks = re.findall(r"(?ms)^```\w*\n(.*?)^```$", FORMAT.read_text(encoding="utf-8"))
    names = ["article.txt", "article.toml", "notes.toml", "references.json", "questions.jsonl"]
    for name, text in zip(names, blocks[1:], strict=True):
        (folder / "sleep-light" / name).write_text(text, encoding="utf-8")
    assert seal_article(["seal", str(folder / "sleep-light")]) == 0
    return folder


@pytest.fixture(scope="module")
def build() -> Callable[..., TestClient]:
    """Build a page with settings of its own, and return its client."""

    def build(answerer: FixedAnswerer, **settings: object) -> TestClient:
        return TestClient(application(answerer, replace(Settings(), **settings)))

    return build
