"""Drop what a client says about where its request came from."""

from __future__ import annotations

from starlette.types import ASGIApp, Receive, Scope, Send

FORWARDING = frozenset({b"forwarded", b"x-real-ip", b"x-original-url", b"x-rewrite-url"})


def _is_forwarding(name: bytes) -> bool:
    return name in FORWARDING or name.startswith(b"x-forwarded-")


class StripForwarding:
    """Removes forwarding headers: without a trusted proxy they are a stranger's claim."""

    def __init__(self, app: ASGIApp) -> None:
        """Wrap `app`."""
        self.app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on without its forwarding headers."""
        if scope["type"] == "http":
            kept = [(name, value) for name, value in scope["headers"] if not _is_forwarding(name)]
            scope = {**scope, "headers": kept}
        await self.app(scope, receive, send)
