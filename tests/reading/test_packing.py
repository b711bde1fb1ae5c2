"""Weights in small files."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest

from reading.bert_graph import LARGEST
from reading.packing import WeightsError, digest_of, load_weights, save_weights


def test_matrices_come_back_as_near_as_they_are_run(tmp_path: Path) -> None:
    dice = np.random.default_rng(0)
    tensors = {
        "a.weight": dice.normal(size=(6, 4)).astype(np.float32),
        "a.bias": dice.normal(size=6).astype(np.float32),
        "zero.weight": np.zeros((2, 2), np.float32),
    }
    save_weights(tensors, tmp_path / "w.safetensors")
    loaded = load_weights(tmp_path / "w.safetensors")
    assert loaded.keys() == tensors.keys()
    assert (loaded["a.bias"] == tensors["a.bias"]).all()
    assert (loaded["zero.weight"] == 0).all()
    step = np.abs(tensors["a.weight"]).max(axis=1, keepdims=True) / LARGEST
    assert (np.abs(loaded["a.weight"] - tensors["a.weight"]) <= step / 2 + 1e-6).all()


def test_packing_twice_changes_nothing(tmp_path: Path) -> None:
    matrix = np.random.default_rng(1).normal(size=(5, 7)).astype(np.float32)
    save_weights({"m": matrix}, tmp_path / "once")
    once = load_weights(tmp_path / "once")
    save_weights(once, tmp_path / "twice")
    np.testing.assert_allclose(load_weights(tmp_path / "twice")["m"], once["m"], rtol=1e-6)


@pytest.mark.parametrize("content", [None, b"", b"no weights"])
def test_what_is_no_weights_is_told(tmp_path: Path, content: bytes | None) -> None:
    path = tmp_path / "w.safetensors"
    if content is not None:
        path.write_bytes(content)
    with pytest.raises(WeightsError, match="the reader's weights"):
        load_weights(path)


def test_a_digest_tells_names_and_bytes(tmp_path: Path) -> None:
    first, second = tmp_path / "a", tmp_path / "b"
    first.write_bytes(b"1")
    second.write_bytes(b"2")
    both = digest_of(first, second)
    assert digest_of(second, first) == both
    second.write_bytes(b"3")
    assert digest_of(first, second) != both
    assert digest_of(first) != digest_of(second)
