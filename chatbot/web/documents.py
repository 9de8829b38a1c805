"""Documents served from memory, compressed once."""

from __future__ import annotations

import gzip
import hashlib
from dataclasses import dataclass

import brotli  # type: ignore[import-untyped]
from starlette.requests import Request
from starlette.responses import Response

REVALIDATE = "no-cache"
"""Keep a copy, but ask each time whether it is still the newest."""

BEST = 10
"""Brotli's quality for what is compressed once: 11 takes twice as long for three per cent less."""


@dataclass(frozen=True, slots=True)
class Document:
    """A body in the encodings that browsers take; `digest` is the hash of the plain body."""

    media_type: str
    plain: bytes
    brotli: bytes
    gzip: bytes
    digest: str

    @classmethod
    def of(cls, text: str, media_type: str, quality: int = BEST) -> Document:
        """Return the document of a text; `quality` is brotli's, from 0 to 11."""
        plain = text.encode("utf-8")
        return cls(
            media_type,
            plain,
            brotli.compress(plain, quality=quality),
            gzip.compress(plain, compresslevel=9, mtime=0),
            hashlib.sha256(plain).hexdigest()[:16],
        )

    def response(self, request: Request, cache_control: str = REVALIDATE) -> Response:
        """Return the answer to `request`: 304 where the browser has this very document."""
        headers = {
            "Cache-Control": cache_control,
            "ETag": f'"{self.digest}"',
            "Vary": "Accept-Encoding",
        }
        if self.digest in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=headers)
        body, encoding = self._encoded(request.headers.get("accept-encoding", ""))
        if encoding:
            headers["Content-Encoding"] = encoding
        return Response(body, media_type=self.media_type, headers=headers)

    def _encoded(self, accepted: str) -> tuple[bytes, str]:
        offered = {part.split(";")[0].strip() for part in accepted.split(",")}
        if "br" in offered:
            return self.brotli, "br"
        if "gzip" in offered:
            return self.gzip, "gzip"
        return self.plain, ""
