"""How many questions are answered at one time."""

from __future__ import annotations

import asyncio
from collections.abc import Collection

from starlette.types import ASGIApp, Receive, Scope, Send

from chatbot.web.middleware.paths import local_path
from chatbot.web.middleware.plain import send_error


class BusyLimit:
    """Lets a bounded number of calls through; the others wait their turn, then get 503."""

    def __init__(
        self,
        app: ASGIApp,
        paths: Collection[str],
        message: str,
        at_once: int = 4,
        wait: float = 5.0,
    ) -> None:
        """Wrap `app`; `wait` is how many seconds a call waits for its turn."""
        self.app = app
        self.paths = frozenset(paths)
        self.message = message
        self.wait = wait
        self._turns = asyncio.Semaphore(at_once)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on when it is its turn."""
        if scope["type"] != "http" or local_path(scope) not in self.paths:
            await self.app(scope, receive, send)
            return
        try:
            await asyncio.wait_for(self._turns.acquire(), self.wait)
        except TimeoutError:
            await send_error(send, 503, self.message, {"retry-after": "5"})
            return
        try:
            await self.app(scope, receive, send)
        finally:
            self._turns.release()
