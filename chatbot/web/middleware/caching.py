"""Long caching for files whose names change with their content."""

from __future__ import annotations

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatbot.web.middleware.paths import local_path

IMMUTABLE = "public, max-age=31536000, immutable"


class ImmutableAssets:
    """Lets browsers keep the files under `prefixes` for a year: a new file has a new name."""

    def __init__(self, app: ASGIApp, prefixes: tuple[str, ...] = ("/assets/",)) -> None:
        """Wrap `app`."""
        self.app = app
        self.prefixes = prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, with the caching header on a found file."""
        if scope["type"] != "http" or not local_path(scope).startswith(self.prefixes):
            await self.app(scope, receive, send)
            return

        async def send_cached(message: Message) -> None:
            if message["type"] == "http.response.start" and message["status"] == 200:
                MutableHeaders(scope=message)["cache-control"] = IMMUTABLE
            await send(message)

        await self.app(scope, receive, send_cached)
