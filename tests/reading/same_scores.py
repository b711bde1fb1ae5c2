"""How far the graph's probabilities lie from PyTorch's, for test_training.py: run where that is."""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import torch

from reading.encoder import default_model_dir, packaged_encoder
from reading.heard import Heard
from reading.layout import Batch, Layout
from reading.packing import load_weights
from reading.reader import READER, StatementReader
from reading.training.model import Reader, from_published

STATEMENTS = {"s1": "Cooks prepare meals.", "s2": "Waiters bring the meals to the guests."}


def module_of(folder: Path) -> Reader:
    """The PyTorch module with exported weights."""
    model = Reader(default_model_dir())
    model.load_state_dict(from_published(load_weights(folder / READER)))
    return model.eval()


def main() -> None:
    """Prints the largest difference of a probability."""
    folder = Path(sys.argv[1])
    reader = StatementReader(packaged_encoder(), folder)
    shelf = reader.shelf(STATEMENTS, [])
    heard = Heard("and who brings them?", "Cooks prepare meals.", "who cooks?", ("s1",), "hi")
    found = reader.scores(heard, shelf, list(STATEMENTS))
    marked = [(text, key in heard.told) for key, text in STATEMENTS.items()]
    laid = Layout(packaged_encoder().tokenizer).lay_out(heard, marked)
    with torch.no_grad():
        labels, acts = module_of(folder)(Batch.of(laid))
    expected = (labels.softmax(1), acts.mean(0).sigmoid())
    pairs = zip(expected, found[:2], strict=True)
    print(max(float(np.abs(module.numpy() - graph).max()) for module, graph in pairs))


if __name__ == "__main__":
    main()
