"""Intent and answerability of a text in one model: what the Rasa component trains and asks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from nlu import answerability
from nlu.answerability import Answerability
from nlu.classifier import KernelClassifier, KernelOptions
from nlu.linear_algebra import in_blocks

# How much what was said before counts. Of 690 later questions of dialogues on topics, these
# figures, chosen on them, gave 93 % the right topic as before; of 290 others 91 % instead of 89.
# Neighbouring figures do alike; .8 instead of .5 changed more, also for the worse.
_CONTEXT_WEIGHT = 0.5  # of each earlier text, beside the text itself
_CONTEXT_POWER = 0.5
# A text whose likeliest class is likelier than that never got another one by its context.
_CLEAR = 0.95
_SMALLEST = 1e-6  # no class is ruled out by its context


@dataclass(frozen=True)
class IntentRanking:
    """What the model makes of one text.

    Attributes:
        ranking: classes with their probability, likeliest first.
        refusal: log-odds that the source has no answer; None where no class is without an answer.
        own_ranking: the ranking by the text itself, where what was said before it has changed it.
    """

    ranking: tuple[tuple[str, float], ...]
    refusal: float | None
    own_ranking: tuple[tuple[str, float], ...] = ()


def is_open(intent: str, prefixes: Sequence[str]) -> bool:
    """Whether an intent stands for questions without an answer."""
    return intent.startswith(tuple(prefixes))


class IntentModel:
    """A classifier over all intents, and the answerability of a text.

    Args:
        open_prefixes: how the names of intents begin that have no answer.
        options: of the classifier's kernel.
    """

    def __init__(self, open_prefixes: Sequence[str], options: KernelOptions) -> None:
        self._prefixes = tuple(open_prefixes)
        self.classifier = KernelClassifier(options)
        self._answerability: Answerability | None = None
        self._example_is_open = np.zeros(0, bool)

    def fit(self, texts: Sequence[str], vectors: np.ndarray, labels: Sequence[str]) -> None:
        """Learns from texts, their embeddings (n, d) and their intents."""
        # The classifier gives honest scores of the last half: let it be every second example.
        order = np.r_[0 : len(texts) : 2, 1 : len(texts) : 2]
        texts, labels = [texts[i] for i in order], [labels[i] for i in order]
        held_out = self.classifier.fit(texts, vectors[order], labels)
        self._example_is_open = np.array([is_open(label, self._prefixes) for label in labels])
        known = self._example_is_open[len(texts) - len(held_out) :]
        if 0 < known.sum() < len(known):
            self._answerability = Answerability.fit(self._held_out_signals(held_out), known)

    def _class_is_open(self) -> np.ndarray:
        return np.array([is_open(name, self._prefixes) for name in self.classifier.classes])

    def _held_out_signals(self, held_out: np.ndarray) -> np.ndarray:
        vectors = self.classifier.vectors
        first = len(vectors) - len(held_out)

        def block(start: int, stop: int) -> np.ndarray:
            rows = np.arange(first + start, first + stop)
            similarities = vectors[rows] @ vectors.T
            similarities[np.arange(len(rows)), rows] = -1.0  # nobody is their own neighbour
            return self._signals(held_out[start:stop], similarities)

        return np.concatenate([signals for _, signals in in_blocks(len(held_out), block)])

    def _signals(self, scores: np.ndarray, similarities: np.ndarray) -> np.ndarray:
        return answerability.signals(
            scores,
            self.classifier.probabilities(scores),
            similarities,
            self._class_is_open(),
            self._example_is_open,
        )

    def understand(
        self, texts: Sequence[str], vectors: np.ndarray, context: np.ndarray | None = None
    ) -> list[IntentRanking]:
        """Ranking and refusal of each text, given its embedding.

        Args:
            texts: n texts.
            vectors: their embeddings, (n, d).
            context: embeddings of what was said before all of them, (m, d). It changes the ranking;
                whether a text has an answer is decided without it, which was more often right.
        """
        similarities = self.classifier.similarities(vectors)
        scores = self.classifier.scores_from(texts, similarities)
        probabilities = self.classifier.probabilities(scores)
        refusals: list[float | None] = [None] * len(texts)
        if self._answerability is not None:
            refusals = list(
                map(float, self._answerability.log_odds(self._signals(scores, similarities)))
            )
        own = list(map(self._ranked, probabilities))
        if context is None or not len(context) or probabilities.max(axis=1).min() >= _CLEAR:
            return list(map(IntentRanking, own, refusals))
        in_context = map(self._ranked, probabilities * self._favour(texts, vectors, context))
        return list(map(IntentRanking, in_context, refusals, own))

    def _ranked(self, weights: np.ndarray) -> tuple[tuple[str, float], ...]:
        """Classes with their share of the weights, the largest first."""
        shares = weights / weights.sum()
        return tuple((self.classifier.classes[i], float(shares[i])) for i in np.argsort(-shares))

    def _favour(self, texts: Sequence[str], vectors: np.ndarray, context: np.ndarray) -> np.ndarray:
        """How much each class is favoured by what was said before, (n, classes)."""
        mixed = vectors + _CONTEXT_WEIGHT * context.sum(axis=0)
        mixed /= np.linalg.norm(mixed, axis=1, keepdims=True)
        probabilities = self.classifier.probabilities(self.classifier.scores(texts, mixed))
        raised: np.ndarray = (probabilities + _SMALLEST) ** _CONTEXT_POWER
        return raised

    def save(self, path: Path) -> None:
        """Writes the model as one file of plain arrays."""
        arrays = self.classifier.state()
        arrays["example_is_open"] = self._example_is_open
        if self._answerability is not None:
            for name, value in self._answerability.state().items():
                arrays[f"answerability.{name}"] = value
        np.savez(path, **arrays)

    @classmethod
    def load(cls, path: Path, open_prefixes: Sequence[str], options: KernelOptions) -> IntentModel:
        """Reads what `save` wrote.

        Raises:
            OSError, zipfile.BadZipFile: if the file is missing or cut short.
            KeyError, ValueError: if it is of another kind.
        """
        model = cls(open_prefixes, options)
        with np.load(path, allow_pickle=False) as stored:
            arrays = {name: stored[name] for name in stored.files}
        model.classifier = KernelClassifier.from_state(arrays, options)
        model._example_is_open = arrays["example_is_open"]
        if "answerability.weights" in arrays:
            model._answerability = Answerability.from_state(
                {name: arrays[f"answerability.{name}"] for name in ("weights", "bias")}
            )
        return model
