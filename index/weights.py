"""Where the weights of a model lie, and whether they are the right ones."""

from __future__ import annotations

import hashlib
import importlib.util
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from corpus import ModelError
from index.settings import Settings

WEIGHTS = "model.safetensors"
TUNED = Path(__file__).resolve().parents[1] / "models" / "encoder.safetensors"

PACKAGED = "packaged"
"""The name of the weights that nothing was added to."""


@dataclass(frozen=True, slots=True)
class Weights:
    """The weights of one encoder: the packaged ones, and an adapter that is added to them.

    `tuned` is the adapter's file; None leaves the packaged weights as they are.
    """

    settings: Settings
    tuned: Path | None = None

    @property
    def name(self) -> str:
        """A name for people and folders, after the adapter's file."""
        return self.tuned.stem if self.tuned else PACKAGED

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the packaged weights, and of the tuned ones after a plus.

        The first is the settings' own, so that serving neither needs nor reads those weights; they
        are held against it when they are loaded. Settings that accept any weights have them read.
        """
        settings = self.settings
        packaged = settings.sha256 or weights_hash(model_folder(settings.model))
        return f"{packaged}+{file_hash(self.tuned)}" if self.tuned else packaged


def file_hash(file: Path) -> str:
    """Return the SHA-256 of a file in hexadecimal."""
    with file.open("rb") as stream:
        return hashlib.file_digest(stream, "sha256").hexdigest()


def model_folder(model: str) -> Path:
    """Return the folder of a model named by path or by the package that carries it.

    Raises ModelError if there is neither, since nothing is fetched from a hub.
    """
    if Path(model).is_dir():
        return Path(model)
    spec = importlib.util.find_spec(model) if model.isidentifier() else None
    for place in (spec.submodule_search_locations or []) if spec else []:
        if (Path(place) / "model" / WEIGHTS).is_file():
            return Path(place) / "model"
    raise ModelError(
        f"The model {model} is neither a folder nor an installed package with weights; "
        "install it or name another in index/settings.toml."
    )


@lru_cache(maxsize=4)
def weights_hash(folder: Path) -> str:
    """Return the SHA-256 of a model's weights; raises ModelError if there are none."""
    if not (folder / WEIGHTS).is_file():
        raise ModelError(f"{folder} has no {WEIGHTS}; reinstall the model.")
    return file_hash(folder / WEIGHTS)


def checked_folder(model: str, sha256: str) -> Path:
    """Return the folder of a model whose weights have the given hash.

    An empty `sha256` accepts any weights. Raises ModelError if the hash differs.
    """
    folder = model_folder(model)
    found = weights_hash(folder)
    if sha256 and found != sha256:
        raise ModelError(
            f"The weights in {folder} have the SHA-256 {found}, not {sha256}; "
            "reinstall the model or correct index/settings.toml."
        )
    return folder


def tuned_weights() -> Path | None:
    """Return the tuned parameters of the encoder, or None where none were learned."""
    return TUNED if TUNED.is_file() else None
