"""The reader as a PyTorch module: the encoder's layers, trained further, and two small heads."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path

import numpy as np
import torch
from safetensors.torch import load_file
from torch import Tensor, nn
from torch.nn import functional

from reading.articles import ACTS, LABELS
from reading.layout import Batch

_HIDDEN = -1e4
# Tensors beside the module: heads on the sentence encoder (reading/training/heads.py).
_FITTED = ("form.", "which.")


class Layer(nn.Module):
    """One BERT layer (Devlin et al. 2019), its parameters under their published names."""

    def __init__(self, size: int, inner: int, heads: int, eps: float) -> None:
        super().__init__()
        self._heads = heads
        self.query, self.key, self.value = (nn.Linear(size, size) for _ in range(3))
        self.mixed, self.mixed_norm = nn.Linear(size, size), nn.LayerNorm(size, eps)
        self.up, self.down = nn.Linear(size, inner), nn.Linear(inner, size)
        self.norm = nn.LayerNorm(size, eps)

    def forward(self, hidden: Tensor, bias: Tensor) -> Tensor:
        """Hidden states, (batch, length, size) as given; bias (batch, 1, 1, length)."""
        batch, length, size = hidden.shape
        shape = (batch, length, self._heads, size // self._heads)
        query, key, value = (
            part(hidden).view(shape).transpose(1, 2) for part in (self.query, self.key, self.value)
        )
        context = functional.scaled_dot_product_attention(
            query, key, value, attn_mask=bias.to(query.dtype)
        )
        context = context.transpose(1, 2).reshape(batch, length, size)
        hidden = self.mixed_norm(hidden + self.mixed(context))
        return self.norm(hidden + self.down(functional.gelu(self.up(hidden))))


#: Our names of a layer's parameters, and the published ones.
NAMES = {
    "query": "attention.self.query",
    "key": "attention.self.key",
    "value": "attention.self.value",
    "mixed": "attention.output.dense",
    "mixed_norm": "attention.output.LayerNorm",
    "up": "intermediate.dense",
    "down": "output.dense",
    "norm": "output.LayerNorm",
}


class Reader(nn.Module):
    """Scores of what a statement is to a message, and of what the message does.

    The word, position and type embeddings stay those of the encoder: they are shared with it.

    Args:
        folder: the encoder's: config.json and model.safetensors.
    """

    def __init__(self, folder: Path) -> None:
        super().__init__()
        config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        size, eps = int(config["hidden_size"]), float(config["layer_norm_eps"])
        tensors = load_file(str(folder / "model.safetensors"))
        for name in ("word", "position", "token_type"):
            table = tensors[f"embeddings.{name}_embeddings.weight"]
            self.register_buffer(name, table, persistent=False)
        self.first_norm = nn.LayerNorm(size, eps)
        self.layers = nn.ModuleList(
            Layer(size, int(config["intermediate_size"]), int(config["num_attention_heads"]), eps)
            for _ in range(int(config["num_hidden_layers"]))
        )
        self.judge_hidden, self.judge = nn.Linear(2 * size, size), nn.Linear(size, len(LABELS))
        self.act = nn.Linear(size, len(ACTS))
        self._take(tensors)

    def _take(self, tensors: Mapping[str, Tensor]) -> None:
        """The encoder's weights as the beginning."""
        published = {"first_norm": "embeddings.LayerNorm"}
        for index in range(len(self.layers)):
            for ours, theirs in NAMES.items():
                published[f"layers.{index}.{ours}"] = f"encoder.layer.{index}.{theirs}"
        found = {
            f"{ours}.{part}": tensors[f"{theirs}.{part}"]
            for ours, theirs in published.items()
            for part in ("weight", "bias")
        }
        self.load_state_dict(found, strict=False)

    def forward(self, batch: Batch) -> tuple[Tensor, Tensor]:
        """Logits of labels, (batch, 5), and of acts, (batch, 15)."""
        ids, types = torch.from_numpy(batch.ids), torch.from_numpy(batch.types)
        length = ids.shape[1]
        embedded = self.word[ids] + self.position[:length] + self.token_type[types]
        hidden = self.first_norm(embedded)
        is_text = torch.arange(length)[None] < torch.from_numpy(batch.lengths)[:, None]
        bias = torch.where(is_text, 0.0, _HIDDEN)[:, None, None]
        for layer in self.layers:
            hidden = layer(hidden, bias)
        hidden = hidden.float()
        first, of_statement = hidden[:, 0], torch.from_numpy(batch.of_statements())[..., None]
        mean = (hidden * of_statement).sum(1) / of_statement.sum(1)
        inner = functional.gelu(self.judge_hidden(torch.cat([mean, first], 1)))
        return self.judge(inner), self.act(first)


def published(state: Mapping[str, Tensor]) -> dict[str, np.ndarray]:
    """A module's parameters under the names that the graph knows."""
    tensors = {}
    for name, value in state.items():
        stem, part = name.rsplit(".", 1)
        if stem == "first_norm":
            stem = "embeddings.LayerNorm"
        elif stem.startswith("layers."):
            _, index, ours = stem.split(".")
            stem = f"encoder.layer.{index}.{NAMES[ours]}"
        tensors[f"{stem}.{part}"] = value.float().numpy()
    return tensors


def from_published(tensors: Mapping[str, np.ndarray]) -> dict[str, Tensor]:
    """The parameters that `published` named."""
    ours = {theirs: name for name, theirs in NAMES.items()}
    state = {}
    for name, value in tensors.items():
        if name.startswith(_FITTED):
            continue
        stem, part = name.rsplit(".", 1)
        if stem == "embeddings.LayerNorm":
            stem = "first_norm"
        elif stem.startswith("encoder.layer."):
            _, _, index, theirs = stem.split(".", 3)
            stem = f"layers.{index}.{ours[theirs]}"
        state[f"{stem}.{part}"] = torch.from_numpy(value)
    return state
