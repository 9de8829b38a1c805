"""Measuring one structure: each step in a process of its own, so that its memory is its own."""

from __future__ import annotations

import multiprocessing
import time
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import faiss
import numpy as np

from benchmarks.growth.grown import nearest
from benchmarks.growth.kinds import SHIPPED, Kind
from index import Vectors
from index.dense import DenseIndex, Rows
from index.structures import StructureSettings, built

NEAREST = 10
RECALL = 0.98
"""The share of the ten nearest that must be found."""

MEGABYTE = 1e6
_MEMORY = Path("/proc/self/status")

ROUNDS = 3
"""How often a search is timed; its least time counts, so that other programs count little."""

Result = TypeVar("Result")
Search = Callable[[Vectors], Rows]


@dataclass(frozen=True, slots=True)
class Asked:
    """Questions' vectors and the rows of the nearest vectors of each, by comparing all.

    A search is set by the `fitted` first questions and measured on the others.
    """

    vectors: Vectors
    truth: Rows
    fitted: int


@dataclass(frozen=True, slots=True)
class Cost:
    """What one structure costs at one size.

    `seconds` to build; megabytes on `disk`, in `memory` and, read so far, `mapped` from the file,
    which are not numbers where the system does not tell; `middle` and `high` milliseconds of a
    search, median and 95th percentile; `recall` of the ten nearest; `search` says how it was
    searched.
    """

    kind: str
    size: int
    search: str
    seconds: float
    disk: float
    memory: float
    mapped: float
    middle: float
    high: float
    recall: float


@dataclass(frozen=True, slots=True)
class _Built:
    """A structure in a file, and the seconds that building it took."""

    file: Path
    seconds: float


@dataclass(frozen=True, slots=True)
class _Searched:
    """How a structure was searched, the megabytes it took, and the milliseconds of each search."""

    setting: str
    memory: float
    mapped: float
    times: Sequence[float]
    recall: float


def costs(kinds: Sequence[Kind], vectors: Path, asked: Asked, scratch: Path) -> Iterator[Cost]:
    """Yield what structures cost over the vectors in a file; no factory is built twice."""
    size = len(np.load(vectors, mmap_mode="r"))
    files: dict[str, _Built] = {}
    for kind in kinds:
        factory = factory_of(kind, size)
        if factory not in files:
            file = scratch / f"{len(files)}.faiss"
            files[factory] = _Built(file, _apart(_build, factory, vectors, file))
        made = files[factory]
        found = _apart(_search, kind, made.file, asked)
        disk = made.file.stat().st_size / MEGABYTE
        middle, high = (float(one) for one in np.percentile(found.times, [50, 95]))
        yield Cost(
            kind.name,
            size,
            found.setting,
            made.seconds,
            disk,
            found.memory,
            found.mapped,
            middle,
            high,
            found.recall,
        )


def factory_of(kind: Kind, size: int) -> str:
    """Return a kind's structure for so many vectors, in the language of FAISS's factory."""
    settings = StructureSettings.load()
    if kind.name == SHIPPED:
        return settings.factory_of(size)
    return kind.factory.format(lists=settings.lists_of(size))


def asked_of(questions: Vectors, vectors: Vectors) -> Asked:
    """Return questions with the rows that answer them best; half of them set a search."""
    rows = nearest(questions, vectors, min(NEAREST, len(vectors)))[1]
    return Asked(questions, rows, len(questions) // 2)


def _apart(call: Callable[..., Result], *args: object) -> Result:
    """Return what a call returns in a new process."""
    fresh = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(max_workers=1, mp_context=fresh) as process:
        return process.submit(call, *args).result()


def _build(factory: str, vectors: Path, file: Path) -> float:
    """Build and write a structure; return the seconds it took."""
    held = np.load(vectors)
    start = time.perf_counter()
    faiss.write_index(built(held, factory, StructureSettings.load().sample), str(file))
    return time.perf_counter() - start


def _search(kind: Kind, file: Path, asked: Asked) -> _Searched:
    own, shared = _memory("RssAnon"), _memory("RssFile")
    setting, search = _shipped(file) if kind.name == SHIPPED else _fitted(kind, file, asked)
    queries, truth = asked.vectors[asked.fitted :], asked.truth[asked.fitted :]
    recall = _recall(search, queries, truth)
    own, shared = _memory("RssAnon") - own, _memory("RssFile") - shared
    return _Searched(setting, own, shared, _times(search, queries), recall)


def _shipped(file: Path) -> tuple[str, Search]:
    settings = StructureSettings.load()
    index = DenseIndex.load(file, settings)
    chosen = settings.factory_of(len(index))
    probes = f",nprobe={settings.probes_of(len(index))}" if "IVF" in chosen else ""
    return f"{chosen}{probes}", lambda query: index.nearest(query, NEAREST).rows


def _fitted(kind: Kind, file: Path, asked: Asked) -> tuple[str, Search]:
    """Return the cheapest setting that finds enough for the first questions, or the last one."""
    index = faiss.read_index(str(file), faiss.IO_FLAG_MMAP_IFC)
    # As the product does it: the vectors of flat indexes are in memory, not in the file.
    index = faiss.read_index(str(file)) if isinstance(index, faiss.IndexFlat) else index

    def search(query: Vectors) -> Rows:
        return np.asarray(index.search(query.reshape(1, -1), NEAREST)[1][0])

    for setting in kind.searches:
        if setting:
            faiss.ParameterSpace().set_index_parameters(index, setting)  # type: ignore[arg-type]
        if len(kind.searches) == 1:
            break
        if _recall(search, asked.vectors[: asked.fitted], asked.truth[: asked.fitted]) >= RECALL:
            break
    return setting, search


def _recall(search: Search, queries: Vectors, truth: Rows) -> float:
    """Return the share of the nearest that is found."""
    pairs = zip(queries, truth, strict=True)
    found = sum(len(set(search(query).tolist()) & set(known.tolist())) for query, known in pairs)
    return found / truth.size


def _times(search: Search, queries: Vectors) -> list[float]:
    """Return the milliseconds of each search, one at a time."""
    times = np.empty((ROUNDS, len(queries)))
    for taken in times:
        for row, query in enumerate(queries):
            start = time.perf_counter()
            search(query)
            taken[row] = 1000 * (time.perf_counter() - start)
    return [float(one) for one in times.min(axis=0)]


def _memory(name: str) -> float:
    """Return megabytes of this process in memory: its own, RssAnon, or of files, RssFile."""
    if not _MEMORY.is_file():
        return float("nan")
    lines = dict(line.split(":", 1) for line in _MEMORY.read_text("ascii").splitlines())
    return int(lines[name].split()[0]) * 1024 / MEGABYTE
