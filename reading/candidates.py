"""The few statements worth reading closely: a learnt retriever over an article's statements.

Similarity in meaning by the sentence encoder, after a small projection that learnt what matters of
message, last reply and last message; similarity in spelling by character n-grams; and a small
network that weighs both by what was told and how much was said. All of it was learnt on the
reader's data (reading/training/retriever.py).
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from scipy.special import erf
from sklearn.feature_extraction.text import TfidfVectorizer

from reading.encoder import SentenceEncoder
from reading.heard import Heard
from reading.packing import WeightsError
from reading.sides import renaming


class Shelf:
    """An article's statements, encoded once.

    Args:
        statements: their texts by id.
        sides: the names of each side that the article compares (see reading/sides.py).
        encoder: of sentences.
    """

    def __init__(
        self,
        statements: Mapping[str, str],
        sides: Sequence[Sequence[str]],
        encoder: SentenceEncoder,
    ) -> None:
        self.rename = renaming(sides)
        self.texts = {key: self.rename(text) for key, text in statements.items()}
        self.ids = list(self.texts)
        self.vectors = encoder.encode_batch(list(self.texts.values()))
        self._grams = TfidfVectorizer(analyzer="char_wb", ngram_range=(3, 5), sublinear_tf=True)
        self._spelled = self._grams.fit_transform(self.texts.values())

    def spelled_alike(self, texts: Sequence[str]) -> np.ndarray:
        """Similarity in spelling of texts to all statements, (texts, statements), 0 to 1."""
        alike: np.ndarray = (self._grams.transform(texts) @ self._spelled.T).toarray()
        return alike.astype(np.float32)


class Retriever:
    """Ranks an article's statements by how likely a message has to do with them.

    Args:
        weights: as reading/training/retriever.py learnt them: of the projection `mix` (4,), `query`
            (dimension, 4 * dimension), `statement` (dimension, dimension) and `spelling` (1,); of
            the network over `features` `inner` (32, 11), `inner_bias`, `outer` (1, 32) and
            `outer_bias`.
        encoder: of sentences.
    """

    def __init__(self, weights: Mapping[str, np.ndarray], encoder: SentenceEncoder) -> None:
        self._weights = {name: value.astype(np.float32) for name, value in weights.items()}
        self._encoder = encoder

    @classmethod
    def load(cls, path: Path, encoder: SentenceEncoder) -> Retriever:
        """The retriever whose weights a file (.npz) holds.

        Raises:
            WeightsError: if the file is missing or does not parse.
        """
        try:
            with np.load(path) as weights:
                return cls(dict(weights), encoder)
        except (OSError, ValueError) as error:
            raise WeightsError(f"cannot read the retriever's weights in {path}: {error}") from error

    def rank(self, heard: Heard, shelf: Shelf, most: int) -> list[str]:
        """Ids of the likeliest statements, likeliest first; `heard` has neutral names already."""
        empty = np.zeros_like(shelf.vectors[0])
        views = [self._encoder.encode(text) if text else empty for text in heard.views]
        scores = self.scores(np.stack(views)[None], shelf, [heard])[0]
        return [shelf.ids[place] for place in np.argsort(-scores)[:most]]

    def scores(self, views: np.ndarray, shelf: Shelf, heard: Sequence[Heard]) -> np.ndarray:
        """Scores of messages, encoded as (n, 4, dimension), for all statements, (n, statements)."""
        weights = self._weights
        query = np.einsum("nvd,v->nd", views, weights["mix"])
        query = _unit(query + views.reshape(len(views), -1) @ weights["query"].T)
        known = _unit(shelf.vectors + shelf.vectors @ weights["statement"].T)
        seen = features(views, shelf, heard)
        similar = query @ known.T
        inner = np.concatenate([seen, similar[..., None]], -1) @ weights["inner"].T
        outer = gelu(inner + weights["inner_bias"]) @ weights["outer"].T + weights["outer_bias"]
        scores: np.ndarray = similar + weights["spelling"] * seen[..., _SPELLED] + outer[..., 0]
        return scores


_SPELLED = 4
_LONG = 20  # words of a message that needs no context


def features(views: np.ndarray, shelf: Shelf, heard: Sequence[Heard]) -> np.ndarray:
    """What else tells whether a statement is meant, (n, statements, 10).

    Its similarity to each of the four views; in spelling; whether it was just told, and how like
    it is to what was; how long the message is and whether anything was said before; and, as what is
    short says little by itself, its similarity to the message times that length.
    """
    by_view = np.einsum("nvd,sd->nsv", views, shelf.vectors)
    spelled = shelf.spelled_alike([each.say for each in heard])
    told = np.array([[key in each.told for key in shelf.ids] for each in heard], np.float32)
    alike = shelf.vectors @ shelf.vectors.T
    # Statements that were not told count -1, so that they are never the most alike.
    near = (alike[None] * told[:, None, :] + (told[:, None, :] - 1)).max(axis=2)
    near = np.where(told.any(axis=1, keepdims=True), near, 0)
    length = np.array([[min(len(each.say.split()), _LONG) / _LONG] for each in heard], np.float32)
    follows = np.array([[bool(each.previous)] for each in heard], np.float32)
    shape = spelled.shape
    rest = [
        spelled, told, near, np.broadcast_to(length, shape), np.broadcast_to(follows, shape),
        by_view[..., 0] * length,
    ]  # fmt: skip
    return np.concatenate([by_view, np.stack(rest, -1)], -1).astype(np.float32)


def gelu(values: np.ndarray) -> np.ndarray:
    """The Gaussian error linear unit (Hendrycks and Gimpel 2016)."""
    activated: np.ndarray = values * 0.5 * (1 + erf(values / np.sqrt(2)))
    return activated


def _unit(vectors: np.ndarray) -> np.ndarray:
    scaled: np.ndarray = vectors / np.linalg.norm(vectors, axis=-1, keepdims=True)
    return scaled
