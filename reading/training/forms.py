"""The head that tells the form of an answer that is wanted, fitted to the finished network.

One turn in thirty wants a form: too few to move the network, enough for a linear model on it.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from reading.articles import FORMS, Article, Turn
from reading.encoder import SentenceEncoder
from reading.packing import load_weights, save_weights
from reading.reader import READER, StatementReader
from reading.sides import sides_of

_NONE = FORMS[0]
_WITHOUT = 6  # times as many turns without a form as with one
_CANDIDATES = 4  # what stands for the message differs little from one statement to the next
_STRENGTH = 0.3  # inverse of the regularisation


def fit_forms(articles: Sequence[Article], encoder: SentenceEncoder, folder: Path) -> None:
    """Adds the head to written weights."""
    reader = StatementReader(encoder, folder)
    found, wanted = [], []
    for article, turns in _drawn(articles):
        shelf = reader.shelf(article.statements, sides_of(article.name))
        for turn in turns:
            found.append(reader.message(turn.heard, shelf, _CANDIDATES))
            wanted.append(FORMS.index(turn.form))
    weights = load_weights(folder / READER)
    size = len(found[0])
    weights["form.weight"] = np.zeros((len(FORMS), size), np.float32)
    # A form that no turn wants is never likely.
    weights["form.bias"] = np.full(len(FORMS), -20, np.float32)
    if len(set(wanted)) > 1:
        model = LogisticRegression(C=_STRENGTH, max_iter=3000)
        model.fit(np.stack(found), wanted)
        rows = np.array(model.classes_)
        # Of two classes scikit-learn has one row alone.
        weights["form.weight"][rows] = _for_each(model.coef_, rows)
        weights["form.bias"][rows] = _for_each(model.intercept_, rows)
    save_weights(weights, folder / READER)


def _for_each(values: np.ndarray, classes: np.ndarray) -> np.ndarray:
    return np.concatenate([-values, values]) if len(classes) == 2 else values


def _drawn(articles: Sequence[Article]) -> list[tuple[Article, list[Turn]]]:
    """All turns that want a form, and some that do not."""
    dice = random.Random(0)  # noqa: S311  no secret
    spoken = [(each, turn) for each in articles for turn in each.turns if turn.acts]
    formed = sum(turn.form != _NONE for _, turn in spoken)
    plain = [place for place, (_, turn) in enumerate(spoken) if turn.form == _NONE]
    kept = set(dice.sample(plain, min(len(plain), _WITHOUT * formed)))
    chosen = [one for n, one in enumerate(spoken) if n in kept or one[1].form != _NONE]
    return [(each, [turn for of, turn in chosen if of is each]) for each in articles]
