"""The report on many readers: one table in a frame of words."""

from __future__ import annotations

import statistics
from collections.abc import Sequence
from pathlib import Path

from benchmarks.load.endpoints import PAGE, PROGRAMS
from benchmarks.load.readers import ANSWERED, BUSY, FAILED, LIMITED, Seen
from benchmarks.machine import machine
from benchmarks.writing import write_report

FRAME = Path(__file__).with_name("report.md")
REPORT = "BENCH_LOAD.md"
LIBRARIES = ("gradio", "fastapi", "uvicorn", "uvloop", "httptools", "onnxruntime", "aiohttp")
HEAD = (
    "| asked at | clients | replies a second | p50 ms | p95 ms | p99 ms | told to wait a minute "
    "| told that many ask | failed |\n|---|---:|---:|---:|---:|---:|---:|---:|---:|"
)


def row(path: str, size: int, seen: Seen, seconds: float) -> str:
    """Return the row of one crowd."""
    counts, times = seen.counts, seen.seconds
    high = [0.0] * 99
    if len(times) > 1:
        high = [1000 * one for one in statistics.quantiles(times, n=100, method="inclusive")]
    return (
        f"| `{path}` | {size} | {counts[ANSWERED] / seconds:.0f} | {high[49]:.0f} | {high[94]:.0f} "
        f"| {high[98]:.0f} | {counts[LIMITED]} | {counts[BUSY]} | {counts[FAILED]} |"
    )


def written(rows: Sequence[str], folder: Path) -> Path:
    """Write the report into a folder and return its file; raises ConfigError if that fails."""
    parts = {
        "machine": machine(LIBRARIES),
        "rows": "\n".join([HEAD, *rows]),
        "page": PAGE,
        "programs": PROGRAMS,
    }
    write_report(FRAME, parts, folder / REPORT)
    return folder / REPORT
