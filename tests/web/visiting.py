"""A visit of the page with a real browser, and what it leaves behind."""

from __future__ import annotations

from playwright.sync_api import BrowserContext, ConsoleMessage, Locator, Page

PATIENCE = 60_000
"""How many milliseconds a machine that is busy with other work may take for one step."""


class Visit:
    """One page in a context of its own, and what went over its wire."""

    def __init__(self, context: BrowserContext, address: str) -> None:
        self.address = address
        context.set_default_timeout(PATIENCE)
        self.page: Page = context.new_page()
        self.requests: list[str] = []
        self.errors: list[str] = []
        self.allowed_errors: tuple[str, ...] = ()
        context.on("request", lambda request: self.requests.append(request.url))
        context.on("weberror", lambda error: self.errors.append(str(error.error)))
        self.page.on("console", self._heard)

    def _heard(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"}:
            self.errors.append(message.text)

    def open(self, path: str = "/") -> Page:
        self.page.goto(self.address + path)
        if path == "/":
            self.page.get_by_role("textbox").wait_for()
        return self.page

    def ask(self, question: str) -> Locator:
        """Type a question, press Enter, and return the reply once it is there."""
        before = self.page.locator(".asked").count()
        self.page.get_by_role("textbox").fill(question)
        self.page.keyboard.press("Enter")
        self.page.locator(".asked").nth(before).wait_for()
        return self.page.locator(".reply").nth(before)

    def check(self) -> None:
        """Nothing went to another host, nothing stays in the browser, nothing went wrong."""
        foreign = [url for url in self.requests if not url.startswith((self.address, "data:"))]
        assert foreign == []
        stored = "[localStorage.length, sessionStorage.length, document.cookie]"
        assert self.page.evaluate(stored) == [0, 0, ""]
        assert self.page.context.cookies() == []
        unexpected = [e for e in self.errors if not e.startswith(self.allowed_errors or ("\0",))]
        assert unexpected == []
