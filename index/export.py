"""Exporting the reference encoder as a graph that serves without torch."""

from __future__ import annotations

import logging
import tempfile
import warnings
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import onnxruntime

from corpus import ModelError
from index.encoder import Encoder, SentenceEncoder
from index.onnx_encoder import GRAPH, MASK, PIECES, TOKENIZER, VECTORS, OnnxEncoder
from index.settings import Precision

if TYPE_CHECKING:
    from torch import Tensor, nn

_log = logging.getLogger(__name__)

DATA = "encoder.data"
"""The weights: beside the graph, so that they are mapped into memory instead of copied."""

LEAST_COSINE = {Precision.FLOAT32: 0.9999, Precision.INT8: 0.97}
"""How near each vector of an exported encoder must be to the reference's."""

LARGE = 1024
"""Bytes; smaller tensors stay in the graph."""

SLOWER = ["SkipLayerNormFusion"]
"""What onnxruntime would change for the worse: a sum and its norm in one operator take longer than
in two, in the release that the manifest names (a question 2.5 ms, without it 2.1)."""

_STORED = "session.optimized_model_external_initializers"


def export(
    reference: SentenceEncoder, precision: Precision, samples: Sequence[str], folder: Path
) -> None:
    """Write the reference's graph and tokenizer into a folder.

    Where 8 bits turn out too coarse, as on processors that add them with less care, it is written
    in 32. Raises ModelError if a sample's vector is still farther from the reference's than
    `LEAST_COSINE`.
    """
    _write_tokenizer(reference, folder / TOKENIZER)
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        graph = Path(scratch) / GRAPH
        _write_graph(reference, graph)
        _write_served(_quantised(graph) if precision is Precision.INT8 else graph, folder / GRAPH)
    agreement = agreement_of(reference, OnnxEncoder(folder, reference.fingerprint), samples)
    if agreement >= LEAST_COSINE[precision]:
        return
    if precision is Precision.FLOAT32:
        raise ModelError(
            f"The encoder exported as {precision} has vectors with a cosine of {agreement:.4f} to "
            f"the reference's, below {LEAST_COSINE[precision]}; "
            "install the versions that constraints.txt names."
        )
    _log.warning("8 bits give a cosine of only %.4f on this processor: using 32.", agreement)
    export(reference, Precision.FLOAT32, samples, folder)


def agreement_of(reference: Encoder, exported: Encoder, samples: Sequence[str]) -> float:
    """Return the least cosine between the two encoders' vectors of some texts."""
    cosines = (reference.encode(samples) * exported.encode(samples)).sum(axis=1)
    return float(np.min(cosines, initial=1.0))


def _write_tokenizer(reference: SentenceEncoder, file: Path) -> None:
    from tokenizers import Tokenizer

    model = reference.model
    tokenizer = Tokenizer.from_str(model.tokenizer.backend_tokenizer.to_str())
    tokenizer.enable_truncation(reference.max_pieces)
    tokenizer.no_padding()
    tokenizer.save(str(file))


def _write_graph(reference: SentenceEncoder, file: Path) -> None:
    import torch

    texts, pieces = torch.export.Dim("texts"), torch.export.Dim("pieces")
    # Two tensors: one that is given twice would become one input.
    example = tuple(torch.ones((2, 8), dtype=torch.long) for _ in (PIECES, MASK))
    with torch.no_grad(), _quiet():
        torch.onnx.export(
            _unit_vectors(reference),
            example,
            file,
            input_names=[PIECES, MASK],
            output_names=[VECTORS],
            dynamic_shapes=({0: texts, 1: pieces}, {0: texts, 1: pieces}),
            dynamo=True,
            verbose=False,
        )


def _unit_vectors(reference: SentenceEncoder) -> nn.Module:
    """Return the reference as one module, from word pieces to unit vectors."""
    import torch

    from index.attention import fused

    class UnitVectors(torch.nn.Module):
        def __init__(self) -> None:
            super().__init__()
            self.model = fused(reference.model)

        def forward(self, pieces: Tensor, mask: Tensor) -> Tensor:
            read = self.model({PIECES: pieces, MASK: mask})
            return torch.nn.functional.normalize(read["sentence_embedding"])

    return UnitVectors().eval()


def _quantised(graph: Path) -> Path:
    """Write the graph with weights of 8 bits, one scale for each output, and return its file."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    file = graph.with_name(f"int8-{graph.name}")
    with _quiet():
        quantize_dynamic(graph, file, weight_type=QuantType.QInt8, per_channel=True)
    return file


def _write_served(graph: Path, file: Path) -> None:
    """Write the graph as onnxruntime would change it whenever it loads it, which takes a while."""
    options = onnxruntime.SessionOptions()
    # What any processor runs; the rest would tie the file to this one.
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    options.optimized_model_filepath = str(file)
    options.add_session_config_entry(f"{_STORED}_file_name", DATA)
    options.add_session_config_entry(f"{_STORED}_min_size_in_bytes", str(LARGE))
    options.log_severity_level = 3
    onnxruntime.InferenceSession(
        graph, options, providers=["CPUExecutionProvider"], disabled_optimizers=SLOWER
    )


@contextmanager
def _quiet() -> Iterator[None]:
    """Keep exporters from warning of their own doings; what comes out is checked."""
    disabled = logging.root.manager.disable
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        logging.disable(logging.WARNING)
        try:
            yield
        finally:
            logging.disable(disabled)
