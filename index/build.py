"""Building the index, opening it, and rebuilding it when the corpus changed."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from pathlib import Path

from filelock import FileLock

from corpus import Article, IndexStaleError
from index.encoder import Encoder
from index.manifest import Manifest
from index.settings import Settings
from index.store import PassageIndex

_log = logging.getLogger(__name__)


def build(
    articles: Sequence[Article],
    encoder: Encoder,
    settings: Settings,
    folder: Path,
    progress: bool = False,
) -> PassageIndex:
    """Build an index of some articles and save it; the folder is replaced as a whole."""
    index = PassageIndex.build(articles, encoder, settings, progress)
    folder.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(folder.with_name(f"{folder.name}.lock")):
        index.save(folder)
    return index


def open_index(
    articles: Sequence[Article],
    encoder: Encoder,
    settings: Settings,
    folder: Path,
    progress: bool = False,
) -> PassageIndex:
    """Load the index of some articles, building it first when the saved one is not theirs."""
    wanted = Manifest.describe(encoder.fingerprint, settings, articles)
    try:
        return PassageIndex.load(folder, articles, wanted)
    except IndexStaleError as reason:
        _log.info("%s Building it now.", reason)
        return build(articles, encoder, settings, folder, progress)
