"""A low-rank adapter (LoRA, Hu et al. 2021) on the packaged encoder, by peft."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import torch
from peft import LoraConfig, get_peft_model
from safetensors.torch import save_file
from torch import Tensor, nn

from corpus import ModelError
from index import SentenceEncoder

TARGETS = ["query", "key", "value", "dense"]
SCALE = 2.0
"""Adapters are multiplied by this; it is alpha over rank."""

DROPOUT = 0.05
LONGEST = 192
"""Word pieces of a text that training reads; longer messages are cut into windows when judged."""


class Adapted:
    """An encoder whose adapter can be trained; the packaged weights stay as they are."""

    def __init__(self, encoder: SentenceEncoder, rank: int, first_layer: int = 0) -> None:
        """Attach a fresh adapter of a rank to the layers from `first_layer` on."""
        network = encoder.model.transformers_model
        if network is None:
            raise ModelError("The model has no transformer to tune; name another in the settings.")
        layers = list(range(first_layer, network.config.num_hidden_layers))
        config = LoraConfig(
            r=rank,
            lora_alpha=int(SCALE * rank),
            target_modules=TARGETS,
            layers_to_transform=layers,
            layers_pattern="layer",
        )
        self._tokenizer = encoder.model.tokenizer
        self.network = get_peft_model(network, config)
        for module in self.network.modules():
            if isinstance(module, nn.Dropout):
                module.p = DROPOUT

    def parameters(self) -> list[nn.Parameter]:
        """Return the parameters of the adapter."""
        named = self.network.named_parameters()
        return [one for name, one in named if one.requires_grad and "pooler" not in name]

    def __call__(self, texts: Sequence[str]) -> Tensor:
        """Return unit vectors, shape (len(texts), dimensions), that gradients flow through.

        Texts of like length are passed together, so that little is computed for padding.
        """
        order = sorted(range(len(texts)), key=lambda place: len(texts[place]))
        size = max(8, len(texts) // 4)
        parts = [order[start : start + size] for start in range(0, len(order), size)]
        vectors = torch.cat([self._pooled([texts[place] for place in part]) for part in parts])
        return vectors[torch.argsort(torch.tensor(order))]

    def save(self, file: Path) -> None:
        """Write the adapter in half precision."""
        tensors = {
            name.removeprefix("base_model.model.").replace(".default", ""): value.half()
            for name, value in self.network.state_dict().items()
            if "lora_" in name and "pooler" not in name
        }
        save_file(tensors, file, metadata={"scale": str(SCALE)})

    def _pooled(self, texts: list[str]) -> Tensor:
        batch = self._tokenizer(
            texts, padding=True, truncation=True, max_length=LONGEST, return_tensors="pt"
        )
        hidden = self.network(**batch).last_hidden_state
        mask = batch["attention_mask"].unsqueeze(-1)
        mean = (hidden * mask).sum(1) / mask.sum(1)
        return nn.functional.normalize(mean, dim=-1)
