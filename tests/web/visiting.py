"""A visit of the page with a real browser, and what it leaves behind."""

from __future__ import annotations

from typing import Any

from playwright.sync_api import (
    BrowserContext,
    ConsoleMessage,
    Locator,
    Page,
    Request,
    ViewportSize,
    WebError,
)

PATIENCE = 60_000
"""How many milliseconds a machine that is busy with other work may take for one step."""

USUAL = {"color_scheme": "light", "forced_colors": "none", "reduced_motion": "no-preference"}
ASKED = "[...document.querySelectorAll('.asked')].map(one => one.textContent)"
ANSWERED = f"""before => JSON.stringify({ASKED}) !== JSON.stringify(before)
  && document.querySelectorAll('.reply').length === document.querySelectorAll('.asked').length"""


def take_on(
    page: Page,
    viewport: ViewportSize | None = None,
    **media: Any,  # noqa: ANN401
) -> None:
    """Give a page a screen: its viewport, and the media features that are not as usual."""
    if viewport is not None:
        page.set_viewport_size(viewport)
    page.emulate_media(**{**USUAL, **media})


class Visit:
    """One page, and what went over its wire; `screen` is its viewport and media features."""

    def __init__(
        self, context: BrowserContext, address: str, screen: dict[str, Any] | None = None
    ) -> None:
        self.address = address
        self.context = context
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.allowed_errors: tuple[str, ...] = ()
        self.page: Page = context.new_page()
        self.page.set_default_timeout(PATIENCE)
        take_on(self.page, **(screen or {}))
        context.on("request", self._sent)
        context.on("weberror", self._failed)
        self.page.on("console", self._heard)

    def _sent(self, request: Request) -> None:
        self.requests.append(request.url)

    def _failed(self, error: WebError) -> None:
        self.errors.append(str(error.error))

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.errors.append(message.text)

    def open(self, path: str = "/") -> Page:
        self.page.goto(self.address + path)
        if path == "/":
            self.page.get_by_role("textbox").wait_for()
        return self.page

    def ask(self, question: str) -> Locator:
        """Type a question, press Enter, and return the reply once it is there.

        A failure gives way to the next turn, so that the turns need not have become more.
        """
        before = self.page.evaluate(ASKED)
        self.page.get_by_role("textbox").fill(question)
        self.page.keyboard.press("Enter")
        self.page.wait_for_function(ANSWERED, arg=before)
        return self.page.locator(".reply").nth(self.page.locator(".asked").count() - 1)

    def check(self) -> None:
        """Nothing went to another host, nothing stays in the browser, nothing went wrong."""
        foreign = [url for url in self.requests if not url.startswith((self.address, "data:"))]
        assert foreign == []
        stored = "[localStorage.length, sessionStorage.length, document.cookie]"
        assert self.page.evaluate(stored) == [0, 0, ""]
        assert self.context.cookies() == []
        unexpected = [e for e in self.errors if not e.startswith(self.allowed_errors or ("\0",))]
        assert unexpected == []

    def close(self) -> None:
        """Close every page of the context, which a later visit may use."""
        self.context.remove_listener("request", self._sent)
        self.context.remove_listener("weberror", self._failed)
        for page in self.context.pages:
            page.close()
