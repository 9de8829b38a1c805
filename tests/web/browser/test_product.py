"""The product as it is started by hand, with its own models."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import expect
from visiting import Visit

from corpus import Article

pytestmark = pytest.mark.browser


def test_an_example_is_answered_with_the_articles_words(
    visit_with: Callable[..., Visit], product: Callable[..., Any], article: Article
) -> None:
    with product() as address:
        visit = visit_with(to=address)
        page = visit.open()
        example = page.locator("#suggestions button").first
        question = example.text_content()
        example.click()
        expect(page.locator(".asked")).to_contain_text(str(question).strip())
        quotes = page.locator("blockquote").evaluate_all("all => all.map(one => one.textContent)")
        assert quotes
        assert all(quote in article.text for quote in quotes)
