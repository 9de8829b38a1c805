"""Folders that are replaced as a whole, so that a crash leaves the old one or none."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from filelock import FileLock

FOLDER_MODE, FILE_MODE = 0o755, 0o644
"""What lets another account serve from a folder."""


@contextmanager
def replaced(folder: Path) -> Iterator[Path]:
    """Yield an empty folder that takes the place of `folder` when the block ends well."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    scratch = Path(tempfile.mkdtemp(prefix=f"{folder.name}.new-", dir=folder.parent))
    try:
        yield scratch
        for path in scratch.rglob("*"):
            path.chmod(FOLDER_MODE if path.is_dir() else FILE_MODE)
        scratch.chmod(FOLDER_MODE)
        _swap(scratch, folder)
    finally:
        shutil.rmtree(scratch, ignore_errors=True)


def lock_of(folder: Path) -> FileLock:
    """Return the lock under which a folder is replaced; it lies beside the folder."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    return FileLock(folder.with_name(f"{folder.name}.lock"))


def _swap(new: Path, folder: Path) -> None:
    old = new.with_name(new.name.replace(".new-", ".old-"))
    if folder.exists():
        folder.rename(old)
    new.rename(folder)
    shutil.rmtree(old, ignore_errors=True)
