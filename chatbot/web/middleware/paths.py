"""Which paths exist, and under which prefix the page is served."""

from __future__ import annotations

from collections.abc import Collection

from starlette.types import ASGIApp, Receive, Scope, Send

from chatbot.web.middleware.plain import send_error

PAGE_PATHS = frozenset({"/", "/sheet", "/sheet.txt", "/embed", "/feedback", "/healthz", "/api/ask"})
GRADIO_PATHS = frozenset(
    {
        "/config",
        "/favicon.ico",
        "/gradio_api/info",
        "/gradio_api/reset",
        "/gradio_api/run/predict",
        "/gradio_api/startup-events",
        "/manifest.json",
        "/robots.txt",
        "/theme.css",
    }
)
PREFIXES = ("/article/", "/ui/", "/assets/", "/static/", "/gradio_api/heartbeat/")


class RootPath:
    """Serves the page under a prefix, whether or not the proxy in front strips it."""

    def __init__(self, app: ASGIApp, root_path: str) -> None:
        """Wrap `app`; `root_path` is empty or begins with a slash and ends without one."""
        self.app = app
        self.root_path = root_path

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on with `path` and `root_path` as the ASGI specification has them."""
        if scope["type"] == "http" and self.root_path:
            path = scope["path"]
            if path != self.root_path and not path.startswith(self.root_path + "/"):
                path = self.root_path + path
            scope = {**scope, "path": path, "root_path": self.root_path}
        await self.app(scope, receive, send)


def local_path(scope: Scope) -> str:
    """Return the path without the prefix that the page is served under."""
    path: str = scope["path"]
    return path.removeprefix(scope.get("root_path", "")) or "/"


class AllowedPaths:
    """Answers 404 to every path that the page does not need, Gradio's file routes among them."""

    def __init__(
        self,
        app: ASGIApp,
        message: str,
        paths: Collection[str] = PAGE_PATHS | GRADIO_PATHS,
        prefixes: tuple[str, ...] = PREFIXES,
    ) -> None:
        """Wrap `app`; `paths` are allowed exactly, `prefixes` with what follows them."""
        self.app = app
        self.message = message
        self.paths = frozenset(paths)
        self.prefixes = prefixes

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Pass the call on if its path is allowed."""
        if scope["type"] == "http" and not self._allows(local_path(scope)):
            await send_error(send, 404, self.message)
            return
        await self.app(scope, receive, send)

    def _allows(self, path: str) -> bool:
        return path in self.paths or (path.startswith(self.prefixes) and ".." not in path)
