"""Decides whether a question is one that the source answers at all.

Classes that stand for questions without an answer (named gaps, out of scope) compete with the
answerable ones in the classifier; how the competition ended is told by several signals, and a
logistic regression weighs them. It is fitted on leave-one-out signals of the training data, so it
sees what the classifier would have made of each example had it been new.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import numpy as np
from sklearn.linear_model import LogisticRegression

SIGNALS = (
    "probability",  # log-odds of the summed probability of all classes without an answer
    "class_margin",  # best score among them minus best score among the answerable
    "nearest",  # similarity of the nearest example without an answer minus the nearest with one
    "neighbours",  # the same, mean of the five nearest of each
    "familiarity",  # best score of an answerable class
)
_NEIGHBOURS = 5


def signals(
    scores: np.ndarray,
    probabilities: np.ndarray,
    similarities: np.ndarray,
    class_is_open: np.ndarray,
    example_is_open: np.ndarray,
) -> np.ndarray:
    """Signals of each text, (n, len(SIGNALS)).

    Args:
        scores: of the classifier, (n, classes).
        probabilities: the scores as probabilities, (n, classes).
        similarities: to every training example, (n, examples).
        class_is_open: True for classes without an answer, (classes,).
        example_is_open: True for examples of such classes, (examples,).
    """
    mass = probabilities[:, class_is_open].sum(axis=1).clip(1e-6, 1 - 1e-6)
    best_open = scores[:, class_is_open].max(axis=1)
    best_answer = scores[:, ~class_is_open].max(axis=1)
    open_one, open_five = _nearest(similarities[:, example_is_open])
    answer_one, answer_five = _nearest(similarities[:, ~example_is_open])
    return np.stack(
        [
            np.log(mass / (1 - mass)),
            best_open - best_answer,
            open_one - answer_one,
            open_five - answer_five,
            best_answer,
        ],
        axis=1,
    )


def _nearest(similarities: np.ndarray) -> tuple[np.ndarray, np.ndarray]:
    count = min(_NEIGHBOURS, similarities.shape[1])
    top = np.partition(similarities, -count, axis=1)[:, -count:]
    return top.max(axis=1), top.mean(axis=1)


class Answerability:
    """Log-odds that a question has no answer in the source, from its signals."""

    def __init__(self, weights: Sequence[float], bias: float) -> None:
        self.weights = np.asarray(weights, np.float64)
        self.bias = float(bias)

    @classmethod
    def fit(cls, values: np.ndarray, is_open: np.ndarray) -> Answerability:
        """Learns the signals' weights from examples with and without an answer."""
        scale = values.std(axis=0) + 1e-9
        model = LogisticRegression(max_iter=1000).fit(values / scale, is_open)
        return cls(model.coef_[0] / scale, model.intercept_[0])

    def log_odds(self, values: np.ndarray) -> np.ndarray:
        """Above zero: more likely open than answered; (n,)."""
        odds: np.ndarray = values @ self.weights + self.bias
        return odds

    def state(self) -> dict[str, np.ndarray]:
        """Plain arrays for `from_state`."""
        return {"weights": self.weights, "bias": np.array(self.bias)}

    @classmethod
    def from_state(cls, arrays: Mapping[str, np.ndarray]) -> Answerability:
        """As it was when `state` was called."""
        return cls(list(arrays["weights"]), float(arrays["bias"]))
