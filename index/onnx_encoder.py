"""The encoder that serves: an exported graph run by onnxruntime, without torch."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import Tokenizer
from tqdm import tqdm

from index.dense import Vectors

GRAPH = "encoder.onnx"
TOKENIZER = "tokenizer.json"

PIECES, MASK, VECTORS = "input_ids", "attention_mask", "vectors"
"""The graph's two inputs, of shape (texts, pieces), and its output, (texts, dimensions)."""

BATCH = 32
"""The most texts that pass through the graph together."""

Pieces = NDArray[np.int64]


class OnnxEncoder:
    """The encoder that `index.export` wrote into a folder; it may be used by several threads.

    The folder's files are taken as they are: who loads them has checked their hashes.
    """

    def __init__(self, folder: Path, fingerprint: str) -> None:
        """Load the graph and the tokenizer, which holds the most word pieces that are read."""
        self._fingerprint = fingerprint
        self._tokenizer = Tokenizer.from_file(str(folder / TOKENIZER))
        self._session = _session(folder / GRAPH)
        self._dimensions = int(self._session.get_outputs()[0].shape[1])

    @property
    def fingerprint(self) -> str:
        """The fingerprint of the weights that the graph was made from."""
        return self._fingerprint

    def encode(self, texts: Sequence[str], progress: bool = False) -> Vectors:
        """Return unit vectors, shape (len(texts), dimensions)."""
        pieces = [self._tokenizer.encode(text).ids for text in texts]
        vectors = np.empty((len(texts), self._dimensions), dtype=np.float32)
        batches = list(_batches(pieces))
        for rows in tqdm(batches) if progress else batches:
            vectors[rows] = self._run([pieces[row] for row in rows])
        return vectors

    def _run(self, pieces: Sequence[Sequence[int]]) -> Vectors:
        longest = max(map(len, pieces))
        padded: Pieces = np.zeros((len(pieces), longest), dtype=np.int64)
        mask: Pieces = np.zeros_like(padded)
        for row, ids in enumerate(pieces):
            padded[row, : len(ids)] = ids
            mask[row, : len(ids)] = 1
        return np.asarray(self._session.run([VECTORS], {PIECES: padded, MASK: mask})[0])


def _batches(pieces: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Yield rows of texts of like length, so that little is computed for padding."""
    order = sorted(range(len(pieces)), key=lambda row: len(pieces[row]))
    yield from (order[start : start + BATCH] for start in range(0, len(order), BATCH))


def _session(graph: Path) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    # Questions are answered side by side, each by one thread: threads within one would only wait.
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.add_session_config_entry("session.intra_op.allow_spinning", "0")
    # The graph was optimised when it was exported.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_DISABLE_ALL
    # Texts of every length pass through: memory kept for the longest would stay taken.
    options.enable_cpu_mem_arena = False
    options.log_severity_level = 3
    return onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
