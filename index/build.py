"""Building an index or an exported encoder, and opening one that may first have to be built."""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar

from corpus import Article, IndexStaleError
from index.embeddings import CachedEncoder, embeddings_of
from index.encoder import Encoder, Reference, can_build
from index.folders import lock_of, replaced
from index.manifest import Manifest
from index.onnx_encoder import OnnxEncoder
from index.settings import Settings
from index.store import PassageIndex

_log = logging.getLogger(__name__)

Opened = TypeVar("Opened")


def build(
    articles: Sequence[Article],
    encoder: Encoder,
    settings: Settings,
    folder: Path,
    progress: bool = False,
) -> PassageIndex:
    """Build an index of some articles and save it; the folder is replaced as a whole.

    Texts that were embedded when it was last built are not embedded again.
    """
    with lock_of(folder):
        return _build(articles, encoder, settings, folder, progress)


def open_index(
    articles: Sequence[Article],
    encoder: Encoder,
    settings: Settings,
    folder: Path,
    progress: bool = False,
) -> PassageIndex:
    """Load the index of some articles, building it first when the saved one is not theirs.

    Raises IndexStaleError if it must be built where the libraries for that are not installed.
    """
    wanted = Manifest.describe(encoder.fingerprint, settings, articles)
    return _opened(
        folder,
        lambda: PassageIndex.load(folder, articles, wanted),
        lambda: _build(articles, encoder, settings, folder, progress),
    )


def build_encoder(reference: Reference, samples: Sequence[str], folder: Path) -> OnnxEncoder:
    """Export an encoder, held against the reference on samples; the folder is replaced as a whole.

    Raises ModelError if the two do not agree.
    """
    with lock_of(folder):
        return _export(reference, samples, folder)


def open_encoder(reference: Reference, samples: Sequence[str], folder: Path) -> OnnxEncoder:
    """Load an exported encoder, exporting it first when the saved one has other weights.

    Raises IndexStaleError if it must be exported where the libraries for that are not installed.
    """
    wanted = Manifest.describe_encoder(reference.fingerprint, reference.weights.settings)
    return _opened(
        folder,
        lambda: _load_encoder(folder, wanted),
        lambda: _export(reference, samples, folder),
    )


def _opened(folder: Path, load: Callable[[], Opened], make: Callable[[], Opened]) -> Opened:
    """Return what a folder holds, made first if it is stale and nobody else has just made it."""
    try:
        return load()
    except IndexStaleError as reason:
        if not can_build():
            raise
        _log.info("%s Building it now.", reason)
    with lock_of(folder):
        try:
            return load()
        except IndexStaleError:
            return make()


def _build(
    articles: Sequence[Article], encoder: Encoder, settings: Settings, folder: Path, progress: bool
) -> PassageIndex:
    cached = CachedEncoder(encoder, settings.max_pieces, embeddings_of(folder))
    index = PassageIndex.build(articles, cached, settings, progress)
    # Kept first: what took longest is not lost if the index cannot be written.
    cached.save()
    index.save(folder)
    return index


def _load_encoder(folder: Path, wanted: Manifest) -> OnnxEncoder:
    return OnnxEncoder(folder, Manifest.checked(folder, wanted).model)


def _export(reference: Reference, samples: Sequence[str], folder: Path) -> OnnxEncoder:
    # Imported here because serving does without it.
    from index.export import export

    settings = reference.weights.settings
    manifest = Manifest.describe_encoder(reference.fingerprint, settings)
    with replaced(folder) as scratch:
        export(reference.loaded, settings.precision, samples, scratch)
        manifest.sealed(scratch).write(scratch)
    return OnnxEncoder(folder, manifest.model)
