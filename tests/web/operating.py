"""The page as an operator runs it: a process of its own, and another website that shows it."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

WEB = Path(__file__).parent
ROOT = WEB.parents[1]


@contextmanager
def served(*options: str, script: Path = WEB / "serve_fixed.py") -> Iterator[str]:
    """Run the server on a free port and yield its address."""
    command = [sys.executable, str(script), "--port", "0", *options]
    path = os.pathsep.join([os.environ.get("PYTHONPATH", ""), str(ROOT)])
    environment = {**os.environ, "PYTHONPATH": path}
    with subprocess.Popen(command, stdout=subprocess.PIPE, text=True, env=environment) as process:
        assert process.stdout is not None
        try:
            line = process.stdout.readline()
            assert "http://" in line, f"the server did not start: {line}"
            yield line.split()[-1].rstrip("/")
        finally:
            process.terminate()


@dataclass(frozen=True)
class Operated:
    """A server with everything that an operator may set, and the file of readers' opinions."""

    address: str
    opinions: Path


@dataclass(frozen=True)
class Website:
    """Another website on this machine: where its pages lie, and where they are seen."""

    folder: Path
    port: int

    @property
    def origin(self) -> str:
        return f"http://localhost:{self.port}"


class _Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *_: object) -> None:
        pass


@contextmanager
def published(folder: Path) -> Iterator[Website]:
    """Show the files of a folder to browsers on this machine."""
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(_Quiet, directory=folder)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Website(folder, server.server_port)
        server.shutdown()
