"""The article that the learned files are for."""

from __future__ import annotations

import pytest

from corpus import Article, load_library
from training.__main__ import ARTICLE


@pytest.fixture(scope="session")
def article() -> Article:
    """Return the article."""
    return load_library()[ARTICLE]
