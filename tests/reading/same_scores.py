"""How far the graph's probabilities lie from PyTorch's, for test_training.py: run where that is."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch

from reading.candidates import Heard
from reading.encoder import default_model_dir, packaged_encoder
from reading.layout import Layout
from reading.packing import load_weights
from reading.reader import READER, StatementReader
from reading.training.model import NAMES, Reader

STATEMENTS = {"s1": "Cooks prepare meals.", "s2": "Waiters bring the meals to the guests."}


def module_of(folder: Path) -> Reader:
    """The PyTorch module with exported weights."""
    tensors = {
        name: torch.from_numpy(value) for name, value in load_weights(folder / READER).items()
    }
    state = {}
    for name, value in tensors.items():
        stem, part = name.rsplit(".", 1)
        if stem == "embeddings.LayerNorm":
            stem = "first_norm"
        for ours, theirs in NAMES.items():
            if stem.startswith("encoder.layer.") and stem.split(".", 3)[3] == theirs:
                stem = f"layers.{stem.split('.')[2]}.{ours}"
                break
        state[f"{stem}.{part}"] = value
    model = Reader(default_model_dir())
    model.load_state_dict(state, strict=False)
    return model.eval()


def main() -> None:
    """Prints the largest difference of a probability."""
    folder = Path(sys.argv[1])
    reader = StatementReader(packaged_encoder(), folder)
    shelf = reader.shelf(STATEMENTS, [])
    found, acts = reader.scores(Heard("who brings the meals?"), shelf, list(STATEMENTS))
    marked = [(text, False) for text in STATEMENTS.values()]
    laid = Layout(packaged_encoder().tokenizer).lay_out("who brings the meals?", "", "", marked)
    with torch.no_grad():
        labels, done = module_of(folder)([laid])
    apart = np.abs(labels.softmax(1).numpy() - found).max()
    print(max(float(apart), float(np.abs(done[0].sigmoid().numpy() - acts).max())))


if __name__ == "__main__":
    main()
