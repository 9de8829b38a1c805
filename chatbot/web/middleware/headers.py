"""Security headers on every response."""

from __future__ import annotations

from collections.abc import Sequence

from starlette.datastructures import MutableHeaders
from starlette.types import ASGIApp, Message, Receive, Scope, Send

PERMISSIONS = ", ".join(
    f"{feature}=()"
    for feature in (
        "accelerometer",
        "camera",
        "display-capture",
        "geolocation",
        "gyroscope",
        "magnetometer",
        "microphone",
        "midi",
        "payment",
        "usb",
    )
)


def content_security_policy(embed_from: Sequence[str] = ()) -> str:
    """Return the policy: everything from this origin alone, framed by `embed_from` alone.

    Styles may be inline because Gradio's components set them; scripts may not.
    """
    ancestors = " ".join(embed_from) if embed_from else "'none'"
    directives = (
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data:",
        "font-src 'self'",
        "connect-src 'self'",
        "manifest-src 'self'",
        "base-uri 'self'",
        "form-action 'self'",
        f"frame-ancestors {ancestors}",
        "object-src 'none'",
    )
    return "; ".join(directives)


class SecurityHeaders:
    """Adds the security headers, and `no-store` where a route set no caching of its own."""

    def __init__(self, app: ASGIApp, embed_from: Sequence[str] = ()) -> None:
        """Wrap `app`; `embed_from` are the origins that may show the page in a frame."""
        self.app = app
        self._headers = {
            "content-security-policy": content_security_policy(embed_from),
            "referrer-policy": "no-referrer",
            "x-content-type-options": "nosniff",
            "permissions-policy": PERMISSIONS,
            "cross-origin-opener-policy": "same-origin",
            "cross-origin-resource-policy": "same-origin",
        }
        if not embed_from:
            self._headers["x-frame-options"] = "DENY"

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on, with the headers put on its response."""
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return

        async def send_with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                headers = MutableHeaders(scope=message)
                headers.update(self._headers)
                headers.setdefault("cache-control", "no-store")
            await send(message)

        await self.app(scope, receive, send_with_headers)
