"""Kernel ridge classification of short texts, with exact leave-one-out scores.

The kernel adds what two texts share in meaning (a Gaussian of their embeddings' distance), in words
and in characters (TF-IDF of word 1-2-grams and of character 3-5-grams within words). Training is
one Cholesky factorisation; the scores that half of the examples would have got had each been left
out come from the same factor (Rifkin and Lippert 2007, "Notes on Regularized Least Squares",
section 3), which is what lets the refusal be trained on honest scores without a second pass.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import scipy.sparse
from sklearn.feature_extraction.text import TfidfVectorizer

from nlu.linear_algebra import SymmetricMatrix

_DENSE_GRAMS = 400
_ANALYZERS: tuple[Mapping[str, Any], ...] = (
    {"analyzer": "word", "ngram_range": (1, 2), "token_pattern": r"(?u)\b\w\w+\b"},
    {"analyzer": "char_wb", "ngram_range": (3, 5)},
)


@dataclass(frozen=True)
class KernelOptions:
    """Shape of the kernel.

    Attributes:
        meaning_width: width of the Gaussian over embeddings, in cosine distance.
        word_weight: weight of the shared words against the meaning's 1.
        character_weight: weight of the shared character n-grams.
        ridge: what is added to the diagonal; more of it trusts single examples less.
    """

    meaning_width: float = 0.3
    word_weight: float = 0.5
    character_weight: float = 0.25
    ridge: float = 0.1


class KernelClassifier:
    """A multi-class least-squares classifier over texts and their embeddings.

    Scores are about 1 for the class of a familiar text and about 0 for any other; they are made
    into probabilities by `probabilities`.
    """

    def __init__(self, options: KernelOptions) -> None:
        self.options = options
        self.classes: list[str] = []
        self.vectors = np.zeros((0, 0), np.float32)
        self._weights = np.zeros((0, 0), np.float32)
        self._vectorizers = [_vectorizer(analyzer) for analyzer in _ANALYZERS]
        self._grams: list[scipy.sparse.csr_matrix] = []
        self._linear: list[_LinearGrams] = []
        self.sharpness = 1.0

    def fit(self, texts: Sequence[str], vectors: np.ndarray, labels: Sequence[str]) -> np.ndarray:
        """Learns from texts, their embeddings (n, d) of unit length and their classes.

        Returns:
            Leave-one-out scores of the last n // 2 texts, (n // 2, classes).
        """
        self.classes, indices = np.unique(np.asarray(labels), return_inverse=True)
        self.classes = [str(name) for name in self.classes]
        self.vectors = np.asarray(vectors, np.float32)
        self._grams = [vectorizer.fit_transform(texts) for vectorizer in self._vectorizers]
        targets = np.full((len(texts), len(self.classes)), -1.0 / len(self.classes), np.float32)
        targets[np.arange(len(texts)), indices] = 1.0
        grams = _Grams(self._joined_grams())
        kernel = SymmetricMatrix(
            len(texts), lambda start, stop: self._kernel_rows(grams, start, stop)
        )
        kernel.add_to_diagonal(self.options.ridge)
        try:
            self._weights, diagonal = kernel.solve(targets)
        except np.linalg.LinAlgError as error:
            raise np.linalg.LinAlgError(f"{error}: raise `ridge`") from error
        self._prepare_prediction()
        last = slice(len(texts) - len(diagonal), None)
        held_out: np.ndarray = targets[last] - self._weights[last] / diagonal[:, None]
        self.sharpness = _fit_sharpness(held_out, indices[last])
        return held_out

    def scores(self, texts: Sequence[str], vectors: np.ndarray) -> np.ndarray:
        """Class scores of new texts and their embeddings, (n, classes)."""
        return self.scores_from(texts, self.similarities(vectors))

    def scores_from(self, texts: Sequence[str], similarities: np.ndarray) -> np.ndarray:
        """Class scores of new texts whose `similarities` are known, (n, classes)."""
        scores: np.ndarray = self._meaning(similarities) @ self._weights
        for number, text in enumerate(texts):
            for grams in self._linear:
                scores[number] += grams.scores(text)
        return scores

    def similarities(self, vectors: np.ndarray) -> np.ndarray:
        """Cosine similarity of embeddings to every training example, (n, examples)."""
        result: np.ndarray = np.asarray(vectors, np.float32) @ self.vectors.T
        return result

    def probabilities(self, scores: np.ndarray) -> np.ndarray:
        """Scores as probabilities, calibrated on the leave-one-out scores of the training data."""
        return _softmax(scores * self.sharpness)

    def _meaning(self, similarities: np.ndarray) -> np.ndarray:
        similarities = (similarities - 1.0) / np.float32(self.options.meaning_width)
        kernel: np.ndarray = np.exp(similarities, out=similarities)
        return kernel

    def _gram_weights(self) -> tuple[float, float]:
        return self.options.word_weight, self.options.character_weight

    def _prepare_prediction(self) -> None:
        """Folds the linear parts of the kernel into one row of class weights a gram."""
        self._linear = [
            _LinearGrams(vectorizer, np.asarray(weight * (gram.T @ self._weights), np.float32))
            for weight, vectorizer, gram in zip(
                self._gram_weights(), self._vectorizers, self._grams, strict=True
            )
        ]

    def _joined_grams(self) -> scipy.sparse.csr_matrix:
        """Both kinds of grams side by side: one product gives what they add to the kernel."""
        weighted = zip(self._gram_weights(), self._grams, strict=True)
        parts = [np.float32(np.sqrt(weight)) * gram for weight, gram in weighted]
        return scipy.sparse.hstack(parts, format="csr", dtype=np.float32)

    def _kernel_rows(self, grams: _Grams, start: int, stop: int) -> np.ndarray:
        """Rows of the kernel of the training data, up to their diagonal: (stop - start, stop)."""
        block = self._meaning(self.vectors[start:stop] @ self.vectors[:stop].T)
        grams.add_products(block, start, stop)
        return block

    def state(self) -> dict[str, np.ndarray]:
        """Everything `from_state` needs, as plain arrays that load without pickle."""
        arrays: dict[str, np.ndarray] = {
            "classes": np.array(self.classes),
            "vectors": self.vectors,
            "weights": self._weights,
            "sharpness": np.array(self.sharpness),
        }
        for index, (vectorizer, gram) in enumerate(
            zip(self._vectorizers, self._grams, strict=True)
        ):
            vocabulary = sorted(vectorizer.vocabulary_, key=vectorizer.vocabulary_.__getitem__)
            arrays[f"vocabulary{index}"] = np.array("\n".join(vocabulary))
            arrays[f"idf{index}"] = vectorizer.idf_
            arrays[f"data{index}"], arrays[f"indices{index}"] = gram.data, gram.indices
            arrays[f"indptr{index}"] = gram.indptr
        return arrays

    @classmethod
    def from_state(
        cls, arrays: Mapping[str, np.ndarray], options: KernelOptions
    ) -> KernelClassifier:
        """A classifier as it was when `state` was called."""
        model = cls(options)
        model.classes = [str(name) for name in arrays["classes"]]
        model.vectors, model._weights = arrays["vectors"], arrays["weights"]
        model.sharpness = float(arrays["sharpness"])
        for index, analyzer in enumerate(_ANALYZERS):
            vocabulary = str(arrays[f"vocabulary{index}"]).split("\n")
            vectorizer = _vectorizer(analyzer, vocabulary)
            vectorizer.idf_ = arrays[f"idf{index}"]
            model._vectorizers[index] = vectorizer
            parts = [arrays[f"{part}{index}"] for part in ("data", "indices", "indptr")]
            shape = (len(model.vectors), len(vocabulary))
            model._grams.append(scipy.sparse.csr_matrix(tuple(parts), shape=shape))
        model._prepare_prediction()
        return model


class _Grams:
    """Weighted n-grams of the training texts, the most frequent ones as a dense matrix.

    Four hundred of 94,000 grams hold nine tenths of all products of two texts' grams, and a dense
    product of those takes a fifth of the time of a sparse one.
    """

    def __init__(self, grams: scipy.sparse.csr_matrix) -> None:
        counts = np.bincount(grams.indices, minlength=grams.shape[1])
        frequent = np.zeros(len(counts), bool)
        frequent[np.argsort(-counts, kind="stable")[:_DENSE_GRAMS]] = True
        self._frequent = grams[:, frequent].toarray()
        self._rare = grams[:, ~frequent]

    def add_products(self, block: np.ndarray, start: int, stop: int) -> None:
        """Adds to (stop - start, stop) values the products of those texts' grams."""
        block += self._frequent[start:stop] @ self._frequent[:stop].T
        products = (self._rare[start:stop] @ self._rare[:stop].T).tocoo()
        block[products.row, products.col] += products.data


class _LinearGrams:
    """Class scores of one text by its n-grams.

    What scikit-learn's TfidfVectorizer (sublinear term frequency, unit length) makes of the text
    times the grams' class weights: its own way by sparse matrices takes ten times as long for one.
    """

    def __init__(self, vectorizer: TfidfVectorizer, weights: np.ndarray) -> None:
        self._analyze = vectorizer.build_analyzer()
        self._vocabulary: dict[str, int] = vectorizer.vocabulary_
        self._idf = np.asarray(vectorizer.idf_, np.float32)
        self._weights = weights

    def scores(self, text: str) -> np.ndarray:
        """Class scores, (classes,); zeros if no gram of the text is known."""
        known = self._vocabulary
        counts = Counter(known[gram] for gram in self._analyze(text) if gram in known)
        grams = np.fromiter(counts.keys(), np.intp, len(counts))
        frequencies = np.fromiter(counts.values(), np.float32, len(counts))
        values = (1 + np.log(frequencies)) * self._idf[grams]
        result: np.ndarray = values @ self._weights[grams] / max(np.linalg.norm(values), 1e-9)
        return result


def _vectorizer(
    analyzer: Mapping[str, Any], vocabulary: list[str] | None = None
) -> TfidfVectorizer:
    index = {term: number for number, term in enumerate(vocabulary)} if vocabulary else None
    return TfidfVectorizer(sublinear_tf=True, dtype=np.float32, vocabulary=index, **analyzer)


def _softmax(values: np.ndarray) -> np.ndarray:
    exponent: np.ndarray = np.exp(values - values.max(axis=-1, keepdims=True))
    exponent /= exponent.sum(axis=-1, keepdims=True)
    return exponent


def _fit_sharpness(scores: np.ndarray, indices: np.ndarray) -> float:
    """Softmax factor that makes the held-out scores likeliest (Guo et al. 2017, temperature)."""
    rows = np.arange(len(indices))

    def loss(factor: float) -> float:
        return float(-np.log(_softmax(scores * factor)[rows, indices] + 1e-12).mean())

    return min(np.geomspace(2.0, 20.0, 24), key=loss)
