"""Take the screenshots of the documentation: `make screenshots`.

It starts the page on a free port and takes every state of it, on a desktop and a phone, in light
and in dark. `--url` takes the pictures of a page that runs already, `--only` those of some states.
Needs Chromium and the `dev` dependencies.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from typing import Any

from PIL import Image
from playwright.sync_api import Browser, Page, Route

from chatbot.messages import Catalogue
from scripts.product import PATIENCE, ROOT, Pace, browsing, open_chat, serving

FOLDER = ROOT / "docs" / "screenshots"
REGION = ("--region", "gb")
COLOURS = 48
"""Colours of a picture: text on a few plain grounds needs no more, and files stay small."""

ASKED: dict[str, tuple[str, ...]] = {
    "quotes": ("What are the side effects of LDN?",),
    "companion": ("How did the patient with pancreatic cancer do?",),
    "dose": ("What dose did the patients in the article take?",),
    "personal-advice": ("Should I take it?",),
    "fair-part": ("Should I take LDN? And what are the side effects of LDN?",),
    "not-in-article": ("Does it help against lupus?",),
    "outside": ("How do I change the oil in my car?",),
    "off-topic": ("Who won the football match yesterday?",),
    "about": ("Are you a doctor?",),
    "other-language": ("¿Cuáles son los efectos secundarios de este medicamento?",),
    "invalid": ("???",),
    "emergency": ("I cannot breathe",),
    "crisis": ("I want to die",),
    "after-crisis": ("I want to die", "What are the side effects of LDN?"),
}
"""The questions that lead to each state of the chat."""

PAGES = {
    "article": "/article/ldn-cancer?q=45-46#s45",
    "references": "/article/ldn-cancer/references",
    "not-found": "/article/no-such-article",
    "embed": "/embed",
}
"""The pages that stand on their own."""

TROUBLE = {"busy": 503, "error": 0}
"""Answers that do not come: the status the page gets, 0 where it gets none."""

SIZES: dict[str, dict[str, Any]] = {
    "desktop": {"viewport": {"width": 1440, "height": 900}},
    "phone": {"viewport": {"width": 390, "height": 844}, "is_mobile": True, "has_touch": True},
}


class Studio:
    """One kind of screen in one colour scheme, and the states to take."""

    def __init__(self, page: Page, url: str, name: str, only: Sequence[str], pace: Pace) -> None:
        """Take pictures of `page` under file names that end in `name`."""
        self.page = page
        self.url = url
        self.name = name
        self.only = only
        self.pace = pace

    def wants(self, *states: str) -> bool:
        """Return whether one of these states is to be taken."""
        return not self.only or bool(set(states) & set(self.only))

    def take(self, state: str, page: Page | None = None) -> None:
        """Take one picture."""
        if not self.wants(state):
            return
        path = FOLDER / f"{state}-{self.name}.png"
        (page or self.page).wait_for_timeout(300)
        (page or self.page).screenshot(path=path)
        with Image.open(path) as picture:
            few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
            few.save(path, optimize=True)

    def send(self, question: str) -> None:
        """Write a question and send it, in time."""
        self.pace.wait(self.page)
        self.page.get_by_role("textbox").fill(question)
        self.page.keyboard.press("Enter")

    def ask(self, question: str) -> None:
        """Ask a question and wait for the reply."""
        before = self.page.locator(".reply").count()
        self.send(question)
        self.page.locator(".reply").nth(before).wait_for()


def shoot_chat(studio: Studio) -> None:
    """Take the chat in each of its states, each in a conversation of its own."""
    open_chat(studio.page, studio.url)
    studio.take("empty")
    for state, questions in ASKED.items():
        if studio.wants(state, *(["opened", "sheet"] if state == "companion" else [])):
            open_chat(studio.page, studio.url)
            for question in questions:
                studio.ask(question)
            studio.take(state)
            if state == "companion":
                shoot_from_answer(studio)


def shoot_from_answer(studio: Studio) -> None:
    """Take what an answer leads to: the sheet for the care team, and the article."""
    with studio.page.context.expect_page() as opened:
        studio.page.locator("#sheet-form button").click()
    opened.value.wait_for_load_state()
    studio.take("sheet", opened.value)
    opened.value.close()
    link = studio.page.locator("a.read").first
    if link.count():
        link.click()
        studio.take("opened")


def refusal(status: int, body: str) -> Callable[[Route], None]:
    """Return what answers a question with a status, or with nothing where it is 0."""

    def refuse(route: Route) -> None:
        if status:
            route.fulfill(status=status, body=body, content_type="application/json")
        else:
            route.abort()

    return refuse


def shoot_trouble(studio: Studio) -> None:
    """Take the chat where no answer comes; the page gets what a busy or a lost server gives."""
    busy = json.dumps({"error": Catalogue.load().text("page.busy")})
    for state, status in TROUBLE.items():
        if not studio.wants(state):
            continue

        open_chat(studio.page, studio.url)
        studio.page.route("**/gradio_api/run/**", refusal(status, busy))
        studio.send("Is it safe with opioid painkillers?")
        studio.page.locator("#trouble:not(:empty)").wait_for()
        studio.take(state)
        studio.page.unroute("**/gradio_api/run/**")


def shoot(browser: Browser, url: str, only: Sequence[str]) -> None:
    """Take every state on a desktop and a phone, in light and in dark."""
    pace = Pace()
    for size, screen in SIZES.items():
        for scheme in ("light", "dark"):
            context = browser.new_context(**screen, color_scheme=scheme)  # type: ignore[arg-type]
            context.set_default_timeout(PATIENCE)
            studio = Studio(context.new_page(), url, f"{size}-{scheme}", only, pace)
            shoot_chat(studio)
            shoot_trouble(studio)
            for state, path in PAGES.items():
                studio.page.goto(url + path)
                studio.take(state)
            context.close()


def main() -> None:
    """Take the screenshots."""
    parser = argparse.ArgumentParser(description="Take the screenshots of the documentation.")
    parser.add_argument("--url", help="address of a page that runs already")
    parser.add_argument("--only", nargs="+", default=[], metavar="STATE", help="states to take")
    options = parser.parse_args()
    FOLDER.mkdir(parents=True, exist_ok=True)
    with browsing() as browser:
        if options.url:
            shoot(browser, options.url.rstrip("/"), options.only)
        else:
            with serving(*REGION) as address:
                shoot(browser, address, options.only)


if __name__ == "__main__":
    main()
