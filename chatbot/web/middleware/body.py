"""A limit on the size of what is sent in."""

from __future__ import annotations

from collections.abc import Mapping

from starlette.datastructures import Headers
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from chatbot.web.middleware.paths import local_path
from chatbot.web.middleware.plain import send_error


class BodyLimit:
    """Answers 413 to a body over the limit, whether its length is announced or not.

    A body within the limit is read whole before the call goes on: the limits are small.
    """

    def __init__(
        self, app: ASGIApp, limit: int, message: str, larger: Mapping[str, int] | None = None
    ) -> None:
        """Wrap `app`; `limit` is in bytes, and `larger` holds other limits by exact path."""
        self.app = app
        self.limit = limit
        self.message = message
        self.larger = dict(larger or {})

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on if its body is within the limit."""
        if scope["type"] != "http" or scope["method"] in {"GET", "HEAD", "OPTIONS"}:
            await self.app(scope, receive, send)
            return
        limit = self.larger.get(local_path(scope), self.limit)
        body = None if _announces_more(scope, limit) else await read_body(receive, limit)
        if body is None:
            await send_error(send, 413, self.message, {"connection": "close"})
            return
        await self.app(scope, replay(body, receive), send)


def _announces_more(scope: Scope, limit: int) -> bool:
    announced = Headers(scope=scope).get("content-length", "0")
    return not announced.isdecimal() or int(announced) > limit


async def read_body(receive: Receive, limit: int) -> bytes | None:
    """Return the whole body, or None once it is longer than `limit` or its sender has gone."""
    body = bytearray()
    more = True
    while more:
        message = await receive()
        if message["type"] == "http.disconnect":
            return None
        body += message.get("body", b"")
        more = message.get("more_body", False)
        if len(body) > limit:
            return None
    return bytes(body)


def replay(body: bytes, receive: Receive) -> Receive:
    """Return a `receive` that gives the body at once, then what comes after it."""
    first: Message | None = {"type": "http.request", "body": body, "more_body": False}

    async def again() -> Message:
        nonlocal first
        if first is not None:
            message, first = first, None
            return message
        return await receive()

    return again
