"""A real browser before the real server process."""

import os
import shutil
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from fixed_answerer import EXAMPLES, FixedAnswerer
from operating import ROOT, Operated, Website, published, served
from playwright.sync_api import Browser, BrowserContext, expect, sync_playwright
from visiting import PATIENCE, Visit

from chatbot.conversation import Conversation
from chatbot.reply import Quote

FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]
SCREEN = ("viewport", "color_scheme", "forced_colors", "reduced_motion")
"""The options that a page can take on by itself."""


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(scope="session")
def serving() -> Callable[..., Any]:
    """Run further servers, each with options of its own."""
    return served


@pytest.fixture(scope="session")
def website(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Website]:
    with published(tmp_path_factory.mktemp("website")) as website:
        yield website


@pytest.fixture(scope="session")
def operated(
    two_articles: Path, website: Website, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Operated]:
    """Run one server with a region, two articles, opinions, and another website around it."""
    opinions = tmp_path_factory.mktemp("opinions") / "counts.json"
    options = ("--region", "gb", "--articles", str(two_articles), "--feedback", str(opinions))
    with served(*options, "--embed-from", website.origin) as address:
        yield Operated(address, opinions)


@pytest.fixture
def product() -> Callable[..., Any]:
    """Run the product itself."""
    return partial(served, script=ROOT / "app.py")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    chromium = shutil.which("chromium")
    if chromium is None:
        if os.environ.get("CI"):
            pytest.fail("CI needs Chromium for the browser tests: apt-get install chromium")
        pytest.skip("Chromium is not installed")
    with sync_playwright() as playwright:
        expect.set_options(timeout=PATIENCE)
        browser = playwright.chromium.launch(executable_path=chromium, args=FLAGS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def contexts(browser: Browser) -> Iterator[Callable[..., BrowserContext]]:
    """Return one context for each set of options: a browser reads the same files only once."""
    known: dict[str, BrowserContext] = {}

    def context(**options: object) -> BrowserContext:
        key = repr(sorted(options.items()))
        if key not in known:
            known[key] = browser.new_context(**options)
        return known[key]

    yield context
    for one in known.values():
        one.close()


@pytest.fixture
def visit_with(
    browser: Browser, contexts: Callable[..., BrowserContext], address: str
) -> Iterator[Callable[..., Visit]]:
    """Open visits with options of their own; each is checked at the end.

    A `fresh` one shares nothing with any other, neither what was loaded nor the clock.
    """
    visits: list[Visit] = []
    alone: list[BrowserContext] = []

    def visit_with(to: str = address, fresh: bool = False, **options: object) -> Visit:
        screen = {name: options.pop(name) for name in SCREEN if name in options}
        if fresh:
            alone.append(browser.new_context(**options))
        visits.append(Visit(alone[-1] if fresh else contexts(**options), to, screen))
        return visits[-1]

    yield visit_with
    for visit in visits:
        visit.check()
        visit.close()
    for context in alone:
        context.close()


@pytest.fixture
def visit(visit_with: Callable[..., Visit]) -> Visit:
    return visit_with(viewport={"width": 1440, "height": 900})


@pytest.fixture
def phone(visit_with: Callable[..., Visit]) -> Visit:
    return visit_with(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)


@pytest.fixture(scope="session")
def pancreatic(answerer: FixedAnswerer) -> tuple[Quote, ...]:
    return answerer.reply(EXAMPLES[1], Conversation()).quotes
