"""Take the screenshots of the documentation: `python -m scripts.screenshots`.

It starts the page on a free port and asks it one question for each state. `--url` takes the
pictures of a page that runs already. Needs Chromium and the `dev` dependencies.
"""

from __future__ import annotations

import argparse
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "screenshots"

QUESTIONS = {
    "quotes": "What are the side effects of LDN?",
    "companion": "How did the patient with pancreatic cancer do?",
    "dose": "What dose did the patients in the article take?",
    "personal-advice": "Should I take it?",
    "not-in-article": "Does it help against lupus?",
    "emergency": "I cannot breathe",
    "crisis": "I want to die",
}
"""One question for each state of the chat."""

PAGES = {
    "article": "/article/ldn-cancer?q=45-46#s45",
    "references": "/article/ldn-cancer/references",
}

SIZES = {"desktop": (1440, 900), "phone": (390, 844)}
FLAGS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-sync"]


@contextmanager
def serving() -> Iterator[str]:
    """Run the page on a free port and yield its address."""
    command = [sys.executable, str(ROOT / "app.py"), "--port", "0", "--region", "gb"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:  # noqa: S603
        try:
            line = process.stdout.readline() if process.stdout else ""
            if "http" not in line:
                raise SystemExit("The page did not start; run `python app.py` to see why.")
            yield line.split()[-1].rstrip("/")
        finally:
            process.terminate()


def take(page: Page, state: str, name: str) -> None:
    """Take one picture, with few colours so that it stays small."""
    path = FOLDER / f"{state}-{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as picture:
        picture.convert("RGB").quantize(96).save(path, optimize=True)


def open_chat(page: Page, url: str) -> None:
    """Open the chat and wait until a question can be asked."""
    page.goto(url)
    page.get_by_role("textbox").wait_for()
    page.wait_for_timeout(300)


def ask(page: Page, question: str) -> None:
    """Ask a question and wait for the reply."""
    page.get_by_role("textbox").fill(question)
    page.keyboard.press("Enter")
    page.locator(".reply").first.wait_for()
    page.wait_for_timeout(300)


def shoot_chat(page: Page, url: str, name: str) -> None:
    """Take the chat in each of its states, each in a conversation of its own."""
    open_chat(page, url)
    take(page, "empty", name)
    for state, question in QUESTIONS.items():
        open_chat(page, url)
        ask(page, question)
        take(page, state, name)
        link = page.locator("a.read").first
        if state == "companion" and link.count():
            link.click()
            take(page, "opened", name)


def shoot_pages(page: Page, url: str, name: str) -> None:
    """Take the pages that stand on their own, and the sheet."""
    for state, path in PAGES.items():
        page.goto(url + path)
        take(page, state, name)
    open_chat(page, url)
    ask(page, QUESTIONS["companion"])
    with page.context.expect_page() as opened:
        page.locator("#sheet-form button").click()
    opened.value.wait_for_load_state()
    take(opened.value, "sheet", name)


def shoot(browser: Browser, url: str) -> None:
    """Take every state on a desktop and a phone, in light and in dark."""
    for size, (width, height) in SIZES.items():
        for scheme in ("light", "dark"):
            viewport = {"width": width, "height": height}
            context = browser.new_context(viewport=viewport, color_scheme=scheme)  # type: ignore[arg-type]
            page = context.new_page()
            shoot_chat(page, url, f"{size}-{scheme}")
            shoot_pages(page, url, f"{size}-{scheme}")
            context.close()


def main() -> None:
    """Take the screenshots."""
    parser = argparse.ArgumentParser(description="Take the screenshots of the documentation.")
    parser.add_argument("--url", help="address of a page that runs already")
    url = parser.parse_args().url
    FOLDER.mkdir(parents=True, exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=shutil.which("chromium"), args=FLAGS)
        if url:
            shoot(browser, url.rstrip("/"))
        else:
            with serving() as address:
                shoot(browser, address)
        browser.close()


if __name__ == "__main__":
    main()
