"""Text to unit vectors: the one protocol, and the reference implementation of it."""

from __future__ import annotations

import importlib.util
from collections.abc import Sequence
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from safetensors import SafetensorError

from corpus import ModelError
from index.dense import Vectors
from index.settings import Settings
from index.weights import Weights, checked_folder

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

BATCH = 64

DOWN, UP = ".lora_A.weight", ".lora_B.weight"
"""How the names of an adapter's two matrices end, beside `.weight` of what they adapt."""


class Encoder(Protocol):
    """Anything that turns texts into unit vectors."""

    @property
    def fingerprint(self) -> str:
        """A name for the weights: two encoders with one fingerprint give the same vectors."""

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        """Return an array of shape (len(texts), dimensions) whose rows have length 1."""


class SentenceEncoder:
    """The reference encoder: sentence-transformers with the packaged weights.

    `tuned` is a safetensors file with a low-rank adapter that is added to the packaged weights;
    None leaves them as they are. Raises ModelError if weights are missing, wrong or do not fit.
    """

    def __init__(self, settings: Settings, tuned: Path | None = None) -> None:
        """Load the weights by path, from this machine only."""
        folder = checked_folder(settings.model, settings.sha256)
        self.max_pieces = settings.max_pieces
        self._model = _load(folder, settings.max_pieces)
        if tuned is not None:
            _adapt(self._model, tuned)
        self._fingerprint = Weights(settings, tuned).fingerprint

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of the packaged weights, and of the tuned ones after a plus."""
        return self._fingerprint

    @property
    def model(self) -> SentenceTransformer:
        """The model itself, for training and export."""
        return self._model

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        """Return unit vectors, shape (len(texts), dimensions)."""
        if not texts:
            return np.zeros((0, self._model.get_embedding_dimension() or 0), dtype=np.float32)
        vectors = self._model.encode(
            list(texts),
            batch_size=BATCH,
            normalize_embeddings=True,
            convert_to_numpy=True,
            show_progress_bar=progress,
        )
        return np.asarray(vectors, dtype=np.float32).reshape(len(texts), -1)


class Reference:
    """The reference encoder of some weights, loaded when it must encode for the first time.

    What is already built asks it for its fingerprint alone, which takes neither time nor torch.
    """

    def __init__(self, weights: Weights) -> None:
        """Keep which weights are meant."""
        self.weights = weights

    @cached_property
    def fingerprint(self) -> str:
        """The fingerprint of the weights."""
        return self.weights.fingerprint

    @cached_property
    def loaded(self) -> SentenceEncoder:
        """The encoder itself.

        Raises ModelError if the weights or the libraries that read them are missing.
        """
        if not can_build():
            raise ModelError(
                "The index must be built, and only what serves one is installed; "
                "run `pip install '.[build]'`, or copy the folder of an index that fits."
            )
        return SentenceEncoder(self.weights.settings, self.weights.tuned)

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        """Return unit vectors, shape (len(texts), dimensions)."""
        return self.loaded.encode(texts, progress)


def can_build() -> bool:
    """Return whether the libraries of the reference encoder are installed; imports none of them."""
    return importlib.util.find_spec("sentence_transformers") is not None


def _load(folder: Path, max_pieces: int) -> SentenceTransformer:
    # Imported here because it takes seconds, and most of the product does not need it.
    from sentence_transformers import SentenceTransformer
    from transformers.utils.logging import disable_progress_bar

    disable_progress_bar()  # type: ignore[no-untyped-call]
    model = SentenceTransformer(str(folder), device="cpu", local_files_only=True)
    model.max_seq_length = max_pieces
    return model


def _adapt(model: SentenceTransformer, tuned: Path) -> None:
    """Add a low-rank adapter to the weights: W + scale * B A for each adapted W."""
    import torch
    from safetensors import safe_open

    network = model.transformers_model
    if network is None:
        raise ModelError("The model has no transformer to tune; name another in the settings.")
    weights = dict(network.named_parameters())
    try:
        with torch.no_grad(), safe_open(tuned, framework="pt") as tensors:
            scale = float(tensors.metadata()["scale"])
            for name in tensors.keys():  # noqa: SIM118 - it is a method, not a mapping
                if name.endswith(DOWN):
                    down = tensors.get_tensor(name).float()
                    up = tensors.get_tensor(name.replace(DOWN, UP)).float()
                    weights[name.replace(DOWN, ".weight")].add_(up @ down, alpha=scale)
    except (OSError, KeyError, TypeError, RuntimeError, SafetensorError) as error:
        raise ModelError(f"{tuned} does not fit the model; run `make train`.") from error
