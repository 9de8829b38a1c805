"""Short answers that the layers give themselves."""

from __future__ import annotations

import json
from collections.abc import Mapping

from starlette.types import Send


async def send_error(
    send: Send, status: int, message: str, headers: Mapping[str, str] | None = None
) -> None:
    """Send `{"error": message}`, the form in which programs and the page's scripts read it."""
    body = json.dumps({"error": message}, ensure_ascii=False).encode()
    head = {
        "content-type": "application/json; charset=utf-8",
        "content-length": str(len(body)),
        "cache-control": "no-store",
        **(headers or {}),
    }
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in head.items()]
    await send({"type": "http.response.start", "status": status, "headers": raw})
    await send({"type": "http.response.body", "body": body})
