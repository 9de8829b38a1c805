"""Where the weights of a model lie, and whether they are the right ones."""

from __future__ import annotations

import hashlib
import importlib.util
from functools import lru_cache
from pathlib import Path

from corpus import ModelError

WEIGHTS = "model.safetensors"
TUNED = Path(__file__).resolve().parents[1] / "models" / "encoder.safetensors"


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
