"""The reader's weights in a file: matrices as small integers, as they are run anyway."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np
from safetensors.numpy import load_file, save_file

from reading.bert_graph import LARGEST

_SCALE = ".scale"


class WeightsError(Exception):
    """The weights are missing or not what they should be."""


def save_weights(tensors: Mapping[str, np.ndarray], path: Path) -> None:
    """Writes tensors under their names; a matrix (outputs, inputs) is rounded output by output.

    `reading/bert_graph.py` rounds in the same way, so nothing is lost by it a second time.
    """
    packed: dict[str, np.ndarray] = {}
    for name, value in tensors.items():
        if value.ndim < 2:
            packed[name] = value.astype(np.float32)
            continue
        scale = np.maximum(np.abs(value).max(axis=1), 1e-9).astype(np.float32) / LARGEST
        packed[name] = np.rint(value / scale[:, None]).astype(np.int8)
        packed[name + _SCALE] = scale
    save_file(packed, str(path))
    path.chmod(0o644)  # safetensors leaves it to its owner alone


def load_weights(path: Path) -> dict[str, np.ndarray]:
    """The tensors of a file that `save_weights` wrote, as floats.

    Raises:
        WeightsError: if the file is missing or does not parse.
    """
    try:
        packed = load_file(str(path))
    except Exception as error:  # safetensors raises bare Exceptions of its own
        raise WeightsError(f"cannot read the reader's weights in {path}: {error}") from error
    return {
        name: value.astype(np.float32) * packed[name + _SCALE][:, None]
        if name + _SCALE in packed
        else value
        for name, value in packed.items()
        if not name.endswith(_SCALE)
    }


def digest_of(*paths: Path) -> str:
    """SHA-256 over the names and bytes of files, in the order of their names."""
    digest = hashlib.sha256()
    for path in sorted(paths, key=lambda each: each.name):
        digest.update(path.name.encode() + b"\0" + path.read_bytes())
    return digest.hexdigest()
