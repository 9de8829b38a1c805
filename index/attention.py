"""Attention as one operator of onnxruntime, where plain export writes dozens of small ones."""

from __future__ import annotations

import copy
from typing import TYPE_CHECKING

import torch
from torch import Tensor, nn
from transformers import AttentionInterface
from transformers.masking_utils import AttentionMaskInterface
from transformers.models.bert.modeling_bert import BertSelfAttention

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

NAME = "onnxruntime"
OPERATOR = "com.microsoft::Attention"


class FusedAttention(nn.Module):
    """Queries, keys, values and attention of one layer; it can be exported but not run."""

    def __init__(self, layer: BertSelfAttention) -> None:
        """Take the weights of a layer, of shape (dimensions, 3 dimensions) once they are joined."""
        super().__init__()
        parts = (layer.query, layer.key, layer.value)
        self.weight = _fixed(torch.cat([part.weight for part in parts]).T)
        self.bias = _fixed(torch.cat([part.bias for part in parts]))
        self.heads = int(layer.num_attention_heads)

    def forward(
        self, states: Tensor, attention_mask: Tensor, **_: object
    ) -> tuple[Tensor, Tensor | None]:
        """Return states of the same shape; the mask has shape (texts, pieces), 0 for padding."""
        inputs = (states, self.weight, self.bias, attention_mask.to(torch.int32))
        attended = torch.onnx.ops.symbolic(
            OPERATOR, inputs, {"num_heads": self.heads}, dtype=states.dtype, shape=states.shape
        )
        return attended, None


def fused(model: SentenceTransformer) -> SentenceTransformer:
    """Return a copy of a model to export, in which each layer's attention is one operator.

    Only attention as BERT has it is known; any other is left as it is, and exported in full.
    """
    model = copy.deepcopy(model)
    network = model.transformers_model
    layers = [
        (parent, name, child)
        for parent in model.modules()
        for name, child in parent.named_children()
        if isinstance(child, BertSelfAttention)
    ]
    for parent, name, layer in layers:
        setattr(parent, name, FusedAttention(layer))
    if layers and network is not None:
        AttentionInterface.register(NAME, _never)
        AttentionMaskInterface.register(NAME, _as_it_is)
        network.set_attn_implementation(NAME)
    return model


def _fixed(weights: Tensor) -> nn.Parameter:
    return nn.Parameter(weights.detach().contiguous(), requires_grad=False)


def _as_it_is(*_: object, attention_mask: Tensor, **__: object) -> Tensor:
    """Return which pieces are no padding; by default they are spread over pairs of pieces."""
    return attention_mask


def _never(*_: object, **__: object) -> tuple[Tensor, None]:
    """Stand for the attention that every layer now has of its own."""
    raise NotImplementedError
