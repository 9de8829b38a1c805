"""The whole page as one ASGI application: Gradio, own routes, and the layers around them."""

from __future__ import annotations

import gradio as gr
from fastapi import FastAPI
from starlette.middleware.cors import CORSMiddleware
from starlette.middleware.gzip import GZipMiddleware
from starlette.types import ASGIApp
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

from chatbot.web.answerer import Answerer
from chatbot.web.blocks import build_blocks
from chatbot.web.middleware.body import BodyLimit
from chatbot.web.middleware.busy import BusyLimit
from chatbot.web.middleware.caching import ImmutableAssets
from chatbot.web.middleware.calls import CALL, WellFormedCalls
from chatbot.web.middleware.error_pages import ErrorPages
from chatbot.web.middleware.forwarding import StripForwarding, read_proxies
from chatbot.web.middleware.headers import SecurityHeaders
from chatbot.web.middleware.paths import AllowedPaths, RootPath
from chatbot.web.middleware.rate import RateLimit
from chatbot.web.render import Renderer
from chatbot.web.routes import build_routes, error_handlers
from chatbot.web.settings import Settings
from chatbot.web.site import Site

ANSWERING = (CALL, "/api/ask", "/sheet", "/sheet.txt")
"""The paths whose calls cost work."""


def build_app(answerer: Answerer, settings: Settings) -> ASGIApp:
    """Return the application that serves the page for `answerer`."""
    app = FastAPI(
        docs_url=None,
        redoc_url=None,
        openapi_url=None,
        exception_handlers=error_handlers(answerer),
    )
    app.add_middleware(CORSMiddleware, allow_origins=[])
    app.add_middleware(GZipMiddleware, minimum_size=1000)
    site = Site(answerer, settings.root_path)
    app.include_router(build_routes(answerer, site, settings))
    asks = settings.feedback is not None
    renderer = Renderer(answerer.library, answerer.catalogue, settings.root_path, asks)
    blocks = build_blocks(answerer, renderer, settings)
    _mount_gradio(app, blocks, settings.root_path)
    unreadable = answerer.catalogue.text("page.unreadable", example="…")
    calls = WellFormedCalls(ImmutableAssets(app), unreadable, blocks.fns.keys())
    return _known_clients(_guarded(calls, answerer, settings, site), settings)


def _mount_gradio(app: FastAPI, blocks: gr.Blocks, root_path: str) -> None:
    """Mount the conversation behind the page's own routes, keeping nothing and showing no extra."""
    gr.mount_gradio_app(
        app,
        blocks,
        path="/",
        root_path=root_path or None,
        run_history=False,
        footer_links=[],
        show_error=False,
        max_file_size="1kb",
        enable_monitoring=False,
        pwa=False,
        mcp_server=False,
        ssr_mode=False,
        theme=gr.themes.Base(font=["system-ui", "sans-serif"], font_mono=["monospace"]),
    )


def _known_clients(app: ASGIApp, settings: Settings) -> ASGIApp:
    """Return `app` told who asks: the client that a trusted proxy names, else the peer itself."""
    trusted = read_proxies(settings.trusted_proxy)
    if trusted:
        app = ProxyHeadersMiddleware(app, [str(network) for network in trusted])  # type: ignore[arg-type, assignment]
    return StripForwarding(app, trusted)


def _guarded(app: ASGIApp, answerer: Answerer, settings: Settings, site: Site) -> ASGIApp:
    """Return `app` behind its layers, the innermost first."""
    text = answerer.catalogue.text
    app = BusyLimit(app, ANSWERING, text("page.busy"), settings.at_once, settings.wait)
    app = RateLimit(app, settings.rates, ANSWERING, text("page.too_many"))
    app = RateLimit(app, settings.rates, ("/feedback",), text("page.too_many"))
    sheets = dict.fromkeys(("/sheet", "/sheet.txt"), settings.sheet_limit)
    app = BodyLimit(app, settings.body_limit, text("page.too_large"), sheets)
    app = AllowedPaths(app, text("page.not_found"))
    app = RootPath(ErrorPages(app, site.error), settings.root_path)
    return SecurityHeaders(app, settings.embed_from)
