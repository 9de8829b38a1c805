"""The article that comes with the product, and copies of it to break."""

import shutil
from pathlib import Path

import pytest

from corpus import ARTICLES, Article, load_article

LDN = ARTICLES / "ldn-cancer"


@pytest.fixture(scope="session")
def article() -> Article:
    """The article that comes with the product."""
    return load_article(LDN)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of its folder, without a question bank."""
    copy = tmp_path / "ldn-copy"
    shutil.copytree(LDN, copy, ignore=shutil.ignore_patterns("questions.jsonl"))
    return copy
