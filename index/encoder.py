"""Text to unit vectors: the one protocol, and the reference implementation of it."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
from safetensors import SafetensorError

from corpus import ModelError
from index.dense import Vectors
from index.settings import Settings
from index.weights import checked_folder, file_hash, weights_hash

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
        self._model = _load(folder, settings.max_pieces)
        self._fingerprint = weights_hash(folder)
        if tuned is not None:
            _adapt(self._model, tuned)
            self._fingerprint += f"+{file_hash(tuned)}"

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


def _load(folder: Path, max_pieces: int) -> SentenceTransformer:
    # Imported here because it takes seconds, and most of the product does not need it.
    from sentence_transformers import SentenceTransformer

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
