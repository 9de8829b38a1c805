"""A real browser before the real server process."""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright
from visiting import PATIENCE, Visit

WEB = Path(__file__).parents[1]
ROOT = WEB.parents[1]
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
]


@contextmanager
def served(*options: str, script: Path = WEB / "serve_fixed.py") -> Iterator[str]:
    """Run the server on a free port and yield its address."""
    command = [sys.executable, str(script), "--port", "0", *options]
    path = os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": path}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert "http://" in line, f"the server did not start: {line}"
            yield line.split()[-1].rstrip("/")
        finally:
            process.terminate()


@pytest.fixture(scope="session")
def address() -> Iterator[str]:
    with served() as address:
        yield address


@pytest.fixture(scope="session")
def serving() -> Callable[..., Any]:
    """Run further servers, each with options of its own."""
    return served


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


@pytest.fixture
def visit_with(browser: Browser, address: str) -> Iterator[Callable[..., Visit]]:
    """Open visits with options of their own; each is checked at the end."""
    visits: list[Visit] = []

    def visit_with(to: str = address, **options: object) -> Visit:
        visits.append(Visit(browser.new_context(**options), to))
        return visits[-1]

    yield visit_with
    for visit in visits:
        visit.check()
        visit.page.context.close()


@pytest.fixture
def visit(visit_with: Callable[..., Visit]) -> Visit:
    return visit_with(viewport={"width": 1440, "height": 900})


@pytest.fixture
def phone(visit_with: Callable[..., Visit]) -> Visit:
    return visit_with(viewport={"width": 390, "height": 844}, has_touch=True, is_mobile=True)
