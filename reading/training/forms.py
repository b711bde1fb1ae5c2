"""The head that tells the form of an answer that is wanted.

One turn in thirty wants a form: too few to move the reader's network, enough for a linear model on
the sentence encoder's vector of the message.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from reading.articles import FORMS, Article
from reading.encoder import SentenceEncoder
from reading.packing import load_weights, save_weights
from reading.reader import READER
from reading.sides import renaming, sides_of

_WITHOUT = 6  # times as many turns without a form as with one
_STRENGTH = 10.0  # inverse of the regularisation


def fit_forms(articles: Sequence[Article], encoder: SentenceEncoder, folder: Path) -> None:
    """Adds the head to written weights."""
    drawn = _drawn(articles)
    wanted = [FORMS.index(form) for _, form in drawn]
    weights = load_weights(folder / READER)
    weights["form.weight"] = np.zeros((len(FORMS), encoder.dimension), np.float32)
    # A form that no turn wants is never likely.
    weights["form.bias"] = np.full(len(FORMS), -20, np.float32)
    if len(set(wanted)) > 1:
        model = LogisticRegression(C=_STRENGTH, max_iter=3000)
        model.fit(encoder.encode_batch([say for say, _ in drawn]), wanted)
        rows = np.array(model.classes_)
        # Of two classes scikit-learn has one row alone.
        weights["form.weight"][rows] = _for_each(model.coef_, rows)
        weights["form.bias"][rows] = _for_each(model.intercept_, rows)
    save_weights(weights, folder / READER)


def _for_each(values: np.ndarray, classes: np.ndarray) -> np.ndarray:
    return np.concatenate([-values, values]) if len(classes) == 2 else values


def _drawn(articles: Sequence[Article]) -> list[tuple[str, str]]:
    """All messages that want a form, and some that do not, each with its form."""
    dice = random.Random(0)  # noqa: S311  no secret
    spoken = []
    for article in articles:
        rename = renaming(sides_of(article.name))
        spoken += [(rename(turn.say), turn.form) for turn in article.turns if turn.acts]
    formed = [each for each in spoken if each[1] != FORMS[0]]
    plain = [each for each in spoken if each[1] == FORMS[0]]
    return [*formed, *dice.sample(plain, min(len(plain), _WITHOUT * len(formed)))]
