"""What is believed of where a request came from."""

from __future__ import annotations

from ipaddress import IPv4Network, IPv6Network, ip_address, ip_network

from starlette.types import ASGIApp, Receive, Scope, Send

from corpus import ConfigError

FORWARDING = frozenset({b"forwarded", b"x-real-ip", b"x-original-url", b"x-rewrite-url"})

Network = IPv4Network | IPv6Network


def read_proxies(written: str) -> tuple[Network, ...]:
    """Return the addresses and networks of a list such as `10.0.0.1, fd00::/8`.

    Raises ConfigError for what is neither.
    """
    parts = [part.strip() for part in written.split(",") if part.strip()]
    try:
        return tuple(ip_network(part) for part in parts)
    except ValueError:
        raise ConfigError(
            f"--trust-proxy {written!r} is not an address; write the proxy's, like 10.0.0.1."
        ) from None


def _is_forwarding(name: bytes) -> bool:
    return name in FORWARDING or name.startswith(b"x-forwarded-")


class StripForwarding:
    """Removes forwarding headers: from anyone but a trusted proxy they are a stranger's claim."""

    def __init__(self, app: ASGIApp, trusted: tuple[Network, ...] = ()) -> None:
        """Wrap `app`; the headers of a request that comes from `trusted` stay."""
        self.app = app
        self.trusted = trusted

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on without forwarding headers that nobody trusted has set."""
        if scope["type"] == "http" and not self._trusts(scope):
            kept = [(name, value) for name, value in scope["headers"] if not _is_forwarding(name)]
            scope = {**scope, "headers": kept}
        await self.app(scope, receive, send)

    def _trusts(self, scope: Scope) -> bool:
        try:
            peer = ip_address((scope.get("client") or ("", 0))[0])
        except ValueError:
            return False
        return any(peer in network for network in self.trusted)
