"""How many questions one client may ask in a while."""

from __future__ import annotations

import ipaddress
from collections.abc import Collection

from limits import RateLimitItem, parse_many
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.types import ASGIApp, Receive, Scope, Send

from chatbot.web.middleware.paths import local_path
from chatbot.web.middleware.plain import send_error

HOME_NETWORK = 64
"""Length of the IPv6 prefix that one household gets: its addresses count as one client."""


def client_of(scope: Scope) -> str:
    """Return the client's address, or its network where one client has many addresses."""
    host = (scope.get("client") or ("", 0))[0]
    try:
        address = ipaddress.ip_address(host)
    except ValueError:
        return str(host)
    if address.version == 4:
        return str(address)
    return str(ipaddress.ip_network((address, HOME_NETWORK), strict=False))


class RateLimit:
    """Answers 429 once a client has sent more questions than `rates` allow.

    Addresses are held in memory for the length of the longest window, and nowhere else.
    """

    def __init__(self, app: ASGIApp, rates: str, paths: Collection[str], message: str) -> None:
        """Wrap `app`; `rates` is written like `30/minute;300/hour`, `paths` are exact."""
        self.app = app
        self.rates: list[RateLimitItem] = parse_many(rates)
        self.paths = frozenset(paths)
        self.message = message
        self._limiter = MovingWindowRateLimiter(MemoryStorage())

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on while its client stays within the rates."""
        limited = scope["type"] == "http" and local_path(scope) in self.paths
        if limited and not self._hit(client_of(scope)):
            await send_error(send, 429, self.message, {"retry-after": "60"})
            return
        await self.app(scope, receive, send)

    def _hit(self, client: str) -> bool:
        # The first rate that refuses leaves those after it uncounted.
        return all(self._limiter.hit(rate, client) for rate in self.rates)
