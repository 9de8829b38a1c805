"""Errors in the form of who gets them: a page for a person, JSON for a program."""

from __future__ import annotations

import json
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatbot.web.middleware.paths import local_path

PROGRAMS = ("/api/", "/gradio_api/", "/feedback", "/config", "/healthz")
"""Where paths that programs and the page's own scripts call begin."""

ErrorPage = Callable[[int, str], str]
"""Returns the HTML of a status and of the sentence that explains it, which may be empty."""


class ErrorPages:
    """Turns an error that a person would see as JSON or bare text into a page."""

    def __init__(self, app: ASGIApp, page: ErrorPage) -> None:
        """Wrap `app`."""
        self.app = app
        self.page = page

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on; what it answers passes as it is unless it is an error for a person."""
        if scope["type"] != "http" or local_path(scope).startswith(PROGRAMS):
            await self.app(scope, receive, send)
            return
        await self.app(scope, receive, _Rewriting(send, self.page))


class _Rewriting:
    """A `send` that holds back an error until its body is whole."""

    def __init__(self, send: Send, page: ErrorPage) -> None:
        self._send = send
        self._page = page
        self._start: Message | None = None
        self._body = b""

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start" and _is_bare_error(message):
            self._start = message
        elif self._start is None:
            await self._send(message)
        else:
            self._body += message.get("body", b"")
            if not message.get("more_body", False):
                await self._finish(self._start)

    async def _finish(self, start: Message) -> None:
        page = self._page(start["status"], _sentence(self._body)).encode()
        headers = MutableHeaders(scope=start)
        headers["content-type"] = "text/html; charset=utf-8"
        headers["content-length"] = str(len(page))
        await self._send(start)
        await self._send({"type": "http.response.body", "body": page})


def _is_bare_error(start: Message) -> bool:
    kind = Headers(raw=start["headers"]).get("content-type", "")
    return start["status"] >= 400 and not kind.startswith("text/html")


def _sentence(body: bytes) -> str:
    """Return the sentence of `{"error": ...}`, or an empty text."""
    try:
        sent = json.loads(body)
    except ValueError:
        return ""
    return str(sent.get("error", "")) if isinstance(sent, dict) else ""
