"""Fresh processes: how long they take, and how much memory they take at most."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from corpus import AskError

ROOT = Path(__file__).resolve().parents[1]
_UNIT = 1 if sys.platform == "darwin" else 1024
MEGABYTE = 1e6


class MeasuringError(AskError):
    """A process that was to be measured did not do its work."""


@dataclass(frozen=True, slots=True)
class Ran:
    """What a process did: its seconds to the first line and to its end, and its `lines`.

    `peak` is the most memory that it held, in megabytes.
    """

    first: float
    whole: float
    lines: tuple[str, ...]
    peak: float


class Process:
    """A running process; `peak` is the most memory, in megabytes, that it was last seen to hold."""

    def __init__(self, arguments: Sequence[str], given: str = "") -> None:
        """Start Python with some arguments in the repository; `given` is its standard input."""
        self.start = time.perf_counter()
        self._process = subprocess.Popen(  # noqa: S603 - this interpreter, arguments of our own
            [sys.executable, *arguments],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            text=True,
            cwd=ROOT,
        )
        self.peak = 0.0
        if self._process.stdin:
            self._process.stdin.write(given)
            self._process.stdin.close()

    def line(self) -> str:
        """Return its next line of standard output, or nothing at the end."""
        line = self._process.stdout.readline() if self._process.stdout else ""
        self.look()
        return line

    def look(self) -> None:
        """Note its memory, while it still has some."""
        try:
            status = Path(f"/proc/{self._process.pid}/status").read_text("utf-8")
        except OSError:
            return
        for line in status.splitlines():
            if line.startswith("VmHWM:"):
                self.peak = max(self.peak, int(line.split()[1]) * 1024 / MEGABYTE)

    def seconds(self) -> float:
        """Return the seconds since it was started."""
        return time.perf_counter() - self.start

    def stop(self) -> None:
        """Ask it to end."""
        self._process.terminate()

    def ended(self) -> int:
        """Wait for its end and return its exit status."""
        # Not `Popen.wait`: only this tells what a single process took.
        _, status, usage = os.wait4(self._process.pid, 0)
        self._process.returncode = os.waitstatus_to_exitcode(status)
        if self._process.stdout:
            self._process.stdout.close()
        # Second best, since it may be the memory of the process that started this one.
        self.peak = self.peak or usage.ru_maxrss * _UNIT / MEGABYTE
        return self._process.returncode


def ran(arguments: Sequence[str], given: str = "") -> Ran:
    """Return what a process did from its start to its end; raises MeasuringError if it failed."""
    process = Process(arguments, given)
    lines = [process.line()]
    first = process.seconds()
    while lines[-1]:
        lines.append(process.line())
    whole = process.seconds()
    status = process.ended()
    if status:
        raise MeasuringError(f"`python {' '.join(arguments)}` ended with the status {status}.")
    return Ran(first, whole, tuple(lines[:-1]), process.peak)


@dataclass(frozen=True, slots=True)
class Server:
    """The page as a process of its own."""

    address: str
    process: Process


@contextmanager
def serving(*options: str) -> Iterator[Server]:
    """Run the page with its real models on a free port; raises MeasuringError if it cannot."""
    process = Process(["app.py", "--port", "0", *options])
    try:
        line = process.line()
        if "http" not in line:
            raise MeasuringError("The page did not start; run `python app.py` to see why.")
        yield Server(line.split()[-1].rstrip("/"), process)
    finally:
        process.stop()
        process.ended()
