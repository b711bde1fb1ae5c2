"""How the training data words things: its words, and its examples as the model reads them."""

from __future__ import annotations

import hashlib
import os
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from spellchecker import SpellChecker

from content.loader import load
from keepers.nlu_files import Example, read_examples
from nlu.made_examples import role_names
from nlu.normaliser import Normaliser
from nlu.spelling import SpellingRepair, count_words
from nlu.text import clean, words
from reading.encoder import SentenceEncoder
from tools.console import Progress

_CACHE = Path(".run/keepers-vectors.npz")
_TEXTS_AT_ONCE = 256
# A word of fewer examples may be somebody's name.
_COMMON = 3


def known_words() -> frozenset[str]:
    """Words in small letters that several examples of the training data have."""
    counts = Counter(word for example in read_examples() for word in set(words(example.text)))
    return frozenset(word for word, number in counts.items() if number >= _COMMON)


def make_normaliser(examples: Sequence[Example]) -> Normaliser:
    """Normalises as the trained assistant does (see nlu/components/text_normaliser.py)."""
    vocabulary = count_words(clean(example.text) for example in examples)
    lexicon = set(SpellChecker(language="en").word_frequency.dictionary)
    return Normaliser(SpellingRepair(vocabulary, lexicon), role_names(load()))


class Vectors:
    """Embeddings of texts, remembered from run to run as far as they are still asked for.

    Args:
        encoder: the project's own.
    """

    def __init__(self, encoder: SentenceEncoder) -> None:
        self._encoder = encoder

    def of(self, texts: Sequence[str], progress: Progress) -> np.ndarray:
        """Embeddings, (len(texts), dimension), from the cache where it has them."""
        keys = [hashlib.sha256(text.encode()).digest()[:16] for text in texts]
        known = _read_cache(self._encoder.dimension)
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in known}
        new = sorted(missing.items(), key=lambda item: len(item[1]))
        for start in range(0, len(new), _TEXTS_AT_ONCE):
            batch = new[start : start + _TEXTS_AT_ONCE]
            vectors = self._encoder.encode_batch([text for _, text in batch])
            known.update(zip((key for key, _ in batch), vectors, strict=True))
            progress.at(start, len(new))
        progress.end()
        if new:
            _write_cache({key: known[key] for key in keys})
        return np.stack([known[key] for key in keys])


def _read_cache(dimension: int) -> dict[bytes, np.ndarray]:
    try:
        with np.load(_CACHE, allow_pickle=False) as stored:
            vectors, keys = stored["vectors"], stored["keys"]
    except (OSError, ValueError, KeyError, EOFError):
        return {}
    if vectors.ndim != 2 or vectors.shape[1] != dimension:
        return {}
    return {key.tobytes(): vector for key, vector in zip(keys, vectors, strict=True)}


def _write_cache(known: dict[bytes, np.ndarray]) -> None:
    _CACHE.parent.mkdir(exist_ok=True)
    aside = _CACHE.with_suffix(f".{os.getpid()}.npz")
    keys = np.frombuffer(b"".join(known), np.uint8).reshape(len(known), -1)
    np.savez(aside, keys=keys, vectors=np.stack(list(known.values())))
    os.replace(aside, _CACHE)
