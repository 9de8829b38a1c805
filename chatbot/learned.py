"""The learned files: small, kept in `models/`, and used only if their hashes are as recorded."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path

from corpus import ModelError
from index import file_hash

MODELS = Path(__file__).resolve().parents[1] / "models"
MANIFEST = "manifest.json"
ENCODER = "encoder.safetensors"
GUARD = "guard.safetensors"
GUARD_NGRAMS = "guard-ngrams.safetensors"
CALIBRATION = "calibration.json"


def head_name(article: str) -> str:
    """Return the name of the file with the sentence head of an article, by its id."""
    return f"sentences-{article}.safetensors"


def ngrams_name(article: str) -> str:
    """Return the name of the file with the n-gram head of an article's sentences, by its id."""
    return f"sentences-{article}-ngrams.safetensors"


@dataclass(frozen=True, slots=True)
class Learned:
    """The folder of learned files, checked against its manifest."""

    folder: Path

    @classmethod
    def load(cls, folder: Path = MODELS) -> Learned:
        """Check every file of the manifest; raises ModelError if one is missing or altered."""
        try:
            files = json.loads((folder / MANIFEST).read_text("utf-8"))["files"]
        except (OSError, ValueError, KeyError) as error:
            raise ModelError(f"{folder / MANIFEST} cannot be read; run `make train`.") from error
        for name, digest in files.items():
            if not (folder / name).is_file() or file_hash(folder / name) != digest:
                raise ModelError(f"{folder / name} is missing or altered; run `make train`.")
        return cls(folder)

    @property
    def encoder(self) -> Path:
        """The tuned parameters of the encoder that guard and search share."""
        return self.folder / ENCODER

    @property
    def guard(self) -> Path:
        """The guard's head."""
        return self.folder / GUARD

    @property
    def guard_ngrams(self) -> Path:
        """The guard's n-gram head."""
        return self.folder / GUARD_NGRAMS

    @property
    def calibration(self) -> Path:
        """The thresholds and calibrations."""
        return self.folder / CALIBRATION

    def sentence_head(self, article: str) -> Path:
        """The sentence head of an article, by its id; the file need not exist."""
        return self.folder / head_name(article)

    def sentence_ngrams(self, article: str) -> Path:
        """The n-gram head of an article's sentences, by its id; the file need not exist."""
        return self.folder / ngrams_name(article)
