"""What the measurements were taken on, for the reports."""

from __future__ import annotations

import os
import platform
from collections.abc import Sequence
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path

PROCESSORS = Path("/proc/cpuinfo")


def machine(libraries: Sequence[str]) -> str:
    """Return the processor, the cores, the load and the versions of some libraries."""
    versions = ", ".join(f"{name} {_version(name)}" for name in libraries)
    return (
        f"{processor()}, {cores()} cores, {platform.system()}, Python {platform.python_version()}, "
        f"load average {os.getloadavg()[0]:.1f}; {versions}"
    )


def processor() -> str:
    """Return the name of the processor's model, as far as the system tells it."""
    if PROCESSORS.is_file():
        for line in PROCESSORS.read_text("utf-8").splitlines():
            if line.startswith("model name"):
                return line.partition(":")[2].strip()
    return platform.processor() or platform.machine()


def cores() -> int:
    """Return how many cores this process may use."""
    if hasattr(os, "sched_getaffinity"):
        return len(os.sched_getaffinity(0))
    return os.cpu_count() or 1


def _version(library: str) -> str:
    try:
        return version(library)
    except PackageNotFoundError:
        return "not installed"
