"""The product as it is started by hand, and a browser before it, for the other scripts."""

from __future__ import annotations

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]

PACE = 2.1
"""Seconds from one question to the next: a reader may ask 30 in a minute."""

PATIENCE = 60_000
"""Milliseconds that one step may take on a busy machine."""


@contextmanager
def serving(*options: str) -> Iterator[str]:
    """Run the page on a free port and yield its address."""
    command = [sys.executable, str(ROOT / "app.py"), "--port", "0", *options]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            line = process.stdout.readline() if process.stdout else ""
            if "http" not in line:
                raise SystemExit("The page did not start; run `python app.py` to see why.")
            yield line.split()[-1].rstrip("/")
        finally:
            process.terminate()


@contextmanager
def browsing() -> Iterator[Browser]:
    """Start Chromium and yield it."""
    path = shutil.which("chromium")
    if path is None:
        raise SystemExit("Chromium is missing; install it, for example: apt-get install chromium")
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=path, args=FLAGS)
        yield browser
        browser.close()


def open_chat(page: Page, url: str) -> None:
    """Open the chat and wait until a question can be asked."""
    page.goto(url)
    page.get_by_role("textbox").wait_for()


class Pace:
    """Keeps questions within the rate that one reader is allowed."""

    def __init__(self) -> None:
        """Begin without a wait."""
        self._next = 0.0

    def wait(self, page: Page) -> None:
        """Wait until the next question may be asked."""
        page.wait_for_timeout(1000 * max(0.0, self._next - time.monotonic()))
        self._next = time.monotonic() + PACE
