"""The sentence encoder with its real weights."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest
from safetensors.numpy import load_file
from scipy.special import erf
from tokenizers import Tokenizer

from reading.encoder import (
    DEFAULT_SHA256,
    MAX_TOKENS,
    EncoderError,
    SentenceEncoder,
    default_model_dir,
)

TEXTS = [
    "What does an ML engineer do?",
    "what do both need",
    "ai",
    "",
    "How do I get from machine learning engineering to artificial intelligence engineering?",
    "\u4f60\u597d \U0001f600",
    "tools " * 200,
]


# What rounding to 8 bits may change: texts that mean the same are often less alike than this.
ROUNDED = 0.97


def test_a_batch_gives_nearly_the_same_vectors_as_single_texts(encoder: SentenceEncoder) -> None:
    batch = encoder.encode_batch(TEXTS)
    singles = np.stack([encoder.encode(text) for text in TEXTS])
    assert (batch * singles).sum(axis=1).min() > ROUNDED


def test_a_large_batch_keeps_the_order(encoder: SentenceEncoder) -> None:
    texts = [
        f"{text} {number}" for number in range(60) for text in ("tools", "a longer question on")
    ]
    batch = encoder.encode_batch(texts)
    for index in (0, 1, 58, 119):
        assert batch[index] @ encoder.encode(texts[index]) > ROUNDED


def test_every_vector_has_unit_length(encoder: SentenceEncoder) -> None:
    lengths = np.linalg.norm(encoder.encode_batch(TEXTS), axis=1)
    np.testing.assert_allclose(lengths, 1.0, atol=1e-5)


def test_vectors_have_the_promised_shape_and_type(encoder: SentenceEncoder) -> None:
    vectors = encoder.encode_batch(TEXTS)
    assert vectors.shape == (len(TEXTS), encoder.dimension)
    assert vectors.dtype == np.float32
    assert encoder.encode("ai").shape == (encoder.dimension,)


def test_no_texts_give_no_vectors(encoder: SentenceEncoder) -> None:
    assert encoder.encode_batch([]).shape == (0, encoder.dimension)


def test_what_means_the_same_is_nearer_than_what_does_not(encoder: SentenceEncoder) -> None:
    one, same, other = encoder.encode_batch(
        ["Which programming languages are used?", "What do they code in?", "Is demand growing?"]
    )
    assert one @ same > one @ other + 0.1


def test_a_text_beyond_the_limit_is_cut(encoder: SentenceEncoder) -> None:
    full = "word " * (MAX_TOKENS - 2)
    np.testing.assert_array_equal(encoder.encode(full), encoder.encode(full + "salary figures"))


def test_the_cache_gives_the_same_vector_again() -> None:
    encoder = SentenceEncoder(sha256=None, cache_size=2)
    first = encoder.encode("tools")
    assert encoder.encode("tools") is first
    encoder.encode("skills")
    assert encoder.encode("tools") is first  # asked lately, so the next one takes another's place
    encoder.encode("demand")
    assert encoder.encode("tools") is first
    encoder.encode("skills")
    encoder.encode("demand")
    assert encoder.encode("tools") is not first
    np.testing.assert_array_equal(encoder.encode("tools"), first)


def test_without_a_cache_every_text_is_encoded_anew() -> None:
    encoder = SentenceEncoder(sha256=None, cache_size=0)
    first = encoder.encode("tools")
    assert encoder.encode("tools") is not first
    np.testing.assert_array_equal(encoder.encode("tools"), first)


def test_other_weights_than_the_expected_are_refused() -> None:
    with pytest.raises(EncoderError, match="SHA-256"):
        SentenceEncoder(sha256="0" * 64)


def test_a_missing_folder_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EncoderError, match="cannot read"):
        SentenceEncoder(tmp_path / "nowhere")


@pytest.mark.parametrize("name", ["config.json", "tokenizer.json", "model.safetensors"])
def test_a_file_cut_short_is_refused(tmp_path: Path, name: str) -> None:
    for path in default_model_dir().iterdir():
        if path.is_file():
            (tmp_path / path.name).symlink_to(path)
    (tmp_path / name).unlink()
    with (default_model_dir() / name).open("rb") as whole:
        (tmp_path / name).write_bytes(whole.read(100))
    with pytest.raises(EncoderError, match="cannot read"):
        SentenceEncoder(tmp_path, sha256=None)


def test_changed_weights_are_refused_by_default(tmp_path: Path) -> None:
    shutil.copytree(default_model_dir(), tmp_path / "model")
    with (tmp_path / "model" / "model.safetensors").open("r+b") as weights:
        weights.seek(-1, 2)
        weights.write(b"\x01")
    with pytest.raises(EncoderError, match=DEFAULT_SHA256):
        SentenceEncoder(tmp_path / "model")


def test_vectors_are_nearly_those_of_the_published_model(encoder: SentenceEncoder) -> None:
    for text in ("What does an ML engineer do?", "Is demand growing, or does it shrink?"):
        assert encoder.encode(text) @ _plain_bert(text) > ROUNDED


def _plain_bert(text: str) -> np.ndarray:
    """The encoder once more, by the textbook (Devlin et al. 2019) and in NumPy alone."""
    folder = default_model_dir()
    config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
    tensors = load_file(str(folder / "model.safetensors"))
    ids = Tokenizer.from_file(str(folder / "tokenizer.json")).encode(text)
    count, heads = sum(ids.attention_mask), config["num_attention_heads"]

    def dense(x: np.ndarray, name: str) -> np.ndarray:
        result: np.ndarray = x @ tensors[f"{name}.weight"].T + tensors[f"{name}.bias"]
        return result

    def norm(x: np.ndarray, name: str) -> np.ndarray:
        x = x - x.mean(-1, keepdims=True)
        x = x / np.sqrt((x**2).mean(-1, keepdims=True) + config["layer_norm_eps"])
        result: np.ndarray = x * tensors[f"{name}.weight"] + tensors[f"{name}.bias"]
        return result

    def split(x: np.ndarray) -> np.ndarray:
        return x.reshape(count, heads, -1).swapaxes(0, 1)

    x = tensors["embeddings.word_embeddings.weight"][ids.ids[:count]]
    x = x + tensors["embeddings.position_embeddings.weight"][:count]
    x = norm(x + tensors["embeddings.token_type_embeddings.weight"][0], "embeddings.LayerNorm")
    for index in range(config["num_hidden_layers"]):
        layer = f"encoder.layer.{index}."
        query, key, value = (
            split(dense(x, f"{layer}attention.self.{part}")) for part in ("query", "key", "value")
        )
        weights = np.exp(query @ key.swapaxes(1, 2) / np.sqrt(query.shape[-1]))
        weights /= weights.sum(-1, keepdims=True)
        context = (weights @ value).swapaxes(0, 1).reshape(count, -1)
        x = norm(
            x + dense(context, f"{layer}attention.output.dense"),
            f"{layer}attention.output.LayerNorm",
        )
        inner = dense(x, f"{layer}intermediate.dense")
        inner = inner * (1 + erf(inner / np.sqrt(2))) / 2
        x = norm(x + dense(inner, f"{layer}output.dense"), f"{layer}output.LayerNorm")
    pooled: np.ndarray = x.mean(0)
    return pooled / np.linalg.norm(pooled)
