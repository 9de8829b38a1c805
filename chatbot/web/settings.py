"""How the page is served."""

from __future__ import annotations

import re
from dataclasses import dataclass
from pathlib import Path

from chatbot.web.middleware.forwarding import read_proxies
from corpus import ConfigError

_ROOT_PATH = re.compile(r"(/[A-Za-z0-9._~-]+)*")
_ORIGIN = re.compile(r"https?://[a-z0-9.-]+(:\d{1,5})?", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Settings:
    """Where and for whom the page is served.

    `embed_from` are the origins that may show the page in a frame. `trusted_proxy` is the address
    of a proxy whose forwarding headers are believed; an empty text trusts none. `feedback` is the
    file that counts what readers found helpful; without it they are not asked. `rates` are the
    questions one client may ask; `at_once` is how many are answered at one time. `forget_after` is
    how many seconds a conversation is kept after its last question, `conversations` how many are
    kept at most. Raises ConfigError for a root path, origin or proxy that cannot be one.
    """

    host: str = "127.0.0.1"
    port: int = 7860
    root_path: str = ""
    embed_from: tuple[str, ...] = ()
    trusted_proxy: str = ""
    feedback: Path | None = None
    rates: str = "30/minute;300/hour"
    at_once: int = 4
    wait: float = 5.0
    forget_after: float = 7200
    conversations: int = 2000
    body_limit: int = 32_768
    sheet_limit: int = 262_144

    def __post_init__(self) -> None:
        """Refuse settings that would fail later, or let in more than was meant."""
        if not _ROOT_PATH.fullmatch(self.root_path):
            raise ConfigError(
                f"--root-path {self.root_path!r} is not a path; write it like /ask, "
                "without a slash at its end."
            )
        for origin in self.embed_from:
            if not _ORIGIN.fullmatch(origin):
                raise ConfigError(
                    f"--embed-from {origin!r} is not an origin; write it like "
                    "https://clinic.example, without a path."
                )
        read_proxies(self.trusted_proxy)
        if not 0 <= self.port <= 65535:
            raise ConfigError(f"--port {self.port} is not a port; choose one from 1 to 65535.")
