"""The manifest of an index: what it was built from, and the hash of each of its files."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any

from corpus import Article, IndexStaleError
from index.settings import Settings
from index.weights import file_hash

FORMAT = 3
"""Version of the folder's layout; a folder of another version is built anew."""

FILE = "manifest.json"
SEAL = "manifest.sha256"
LIBRARIES = ("faiss-cpu", "bm25s", "PyStemmer", "numpy")
ENCODER_LIBRARIES = ("onnxruntime", "tokenizers")
REBUILD = "run `python -m index build`"
INDEX_SETTINGS = ("model", "sha256", "max_pieces", "k1", "b")
ENCODER_SETTINGS = ("max_pieces", "precision")
"""What goes into an index and into an exported encoder; other settings change neither."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What an index, or an exported encoder, was built from.

    `model` is the encoder's fingerprint; `articles` and `banks` give a hash for each article's id;
    `counts` the numbers of passages and questions; `files` the SHA-256 of each file by its path.
    Of an encoder there are no articles, banks and counts.
    """

    format: int
    model: str
    settings: Mapping[str, Any]
    articles: Mapping[str, str]
    banks: Mapping[str, str]
    libraries: Mapping[str, str]
    counts: Mapping[str, int]
    files: Mapping[str, str]

    @classmethod
    def describe(cls, model: str, settings: Settings, articles: Iterable[Article]) -> Manifest:
        """Return the manifest that an index of these articles must have, without its files."""
        listed = list(articles)
        return cls(
            format=FORMAT,
            model=model,
            settings={name: asdict(settings)[name] for name in INDEX_SETTINGS},
            articles={article.id: article.sha256 for article in listed},
            banks={article.id: bank_hash(article) for article in listed},
            libraries={name: version(name) for name in LIBRARIES},
            counts={
                "passages": sum(len(article.sentences) for article in listed),
                "questions": sum(len(article.bank or ()) for article in listed),
            },
            files={},
        )

    @classmethod
    def describe_encoder(cls, model: str, settings: Settings) -> Manifest:
        """Return the manifest that an exported encoder must have, without its files."""
        return cls(
            format=FORMAT,
            model=model,
            settings={name: asdict(settings)[name] for name in ENCODER_SETTINGS},
            articles={},
            banks={},
            libraries={name: version(name) for name in ENCODER_LIBRARIES},
            counts={},
            files={},
        )

    def sealed(self, folder: Path) -> Manifest:
        """Return this manifest with the hashes of a folder's files."""
        files = sorted(path for path in folder.rglob("*") if path.is_file())
        hashes = {path.relative_to(folder).as_posix(): file_hash(path) for path in files}
        return replace(self, files=hashes)

    def write(self, folder: Path) -> None:
        """Write the manifest and its own hash into a folder."""
        text = json.dumps(asdict(self), indent=2, sort_keys=True) + "\n"
        (folder / FILE).write_text(text, "utf-8")
        (folder / SEAL).write_text(hashlib.sha256(text.encode()).hexdigest(), "ascii")

    @classmethod
    def read(cls, folder: Path) -> Manifest:
        """Read a folder's manifest; raises IndexStaleError if there is none or it was altered."""
        if not (folder / FILE).is_file() or not (folder / SEAL).is_file():
            raise IndexStaleError(f"There is no index in {folder}; {REBUILD}.")
        text = (folder / FILE).read_bytes()
        if hashlib.sha256(text).hexdigest().encode() != (folder / SEAL).read_bytes():
            raise IndexStaleError(f"The manifest in {folder} is damaged; {REBUILD}.")
        data = json.loads(text)
        if data.get("format") != FORMAT:
            raise IndexStaleError(f"The index in {folder} has another format; {REBUILD}.")
        return cls(**data)

    @classmethod
    def checked(cls, folder: Path, wanted: Manifest) -> Manifest:
        """Read a folder's manifest and hold it against the wanted one and the folder's files.

        Raises IndexStaleError for the first thing that differs.
        """
        manifest = cls.read(folder)
        manifest.check_against(wanted)
        manifest.check_files(folder)
        return manifest

    def check_against(self, wanted: Manifest) -> None:
        """Raise IndexStaleError, naming the first difference, if this is not the wanted index."""
        for field in ("model", "settings", "articles", "banks", "libraries", "counts"):
            if getattr(self, field) != getattr(wanted, field):
                raise IndexStaleError(
                    f"The index was built with other {field} than there are now; {REBUILD}."
                )

    def check_files(self, folder: Path) -> None:
        """Raise IndexStaleError if a file in the folder is missing, extra or altered."""
        found = replace(self).sealed(folder).files
        present = {name: digest for name, digest in found.items() if name not in (FILE, SEAL)}
        for name in sorted(present.keys() | self.files.keys()):
            if present.get(name) != self.files.get(name):
                raise IndexStaleError(f"{folder / name} is damaged or missing; {REBUILD}.")


def bank_hash(article: Article) -> str:
    """Return a hash of an article's question bank; of nothing if it has none."""
    rows = [
        [entry.question, entry.answers, entry.need, entry.missing] for entry in article.bank or ()
    ]
    return hashlib.sha256(json.dumps(rows).encode()).hexdigest()
