"""`make reader HEADS=1`: the heads that tell in which form an answer is wanted, and who asks which.

One turn in thirty wants a form, and fewer ask which of two sides something is: too few to move the
reader's network, enough for linear models on the sentence encoder's vector of the message. They are
fitted in seconds, on whatever network is there.
"""

from __future__ import annotations

import json
import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from sklearn.linear_model import LogisticRegression

from reading.articles import DATA, FORMS, Article, held_out, read_articles
from reading.encoder import SentenceEncoder, packaged_encoder
from reading.packing import load_weights, save_weights
from reading.reader import READER, WEIGHTS
from reading.sides import renaming, sides_of
from reading.training.provenance import renew

#: Messages that ask which side, and such that do not, by article.
WHICH = DATA / "which_side.json"
_WITHOUT = 6  # times as many turns without a form as with one
_STRENGTH = 10.0  # inverse of the regularisation
_NEVER = -20.0  # bias of what no turn wants


def fit_heads(articles: Sequence[Article], encoder: SentenceEncoder, folder: Path) -> None:
    """Adds the heads to written weights.

    Args:
        articles: with the turns that want forms; what asks which side is taken of these, too.
        encoder: of the messages.
        folder: of the weights.
    """
    weights = load_weights(folder / READER)
    forms = _drawn(articles)
    wanted = [FORMS.index(form) for _, form in forms]
    rows = _fitted(encoder, [say for say, _ in forms], wanted, len(FORMS))
    weights["form.weight"], weights["form.bias"] = rows
    asked = _asking(articles)
    rows = _fitted(encoder, [say for say, _ in asked], [which for _, which in asked], 2)
    # Two rows of a softmax are one of a sigmoid.
    weights["which.weight"], weights["which.bias"] = (each[1:] - each[:1] for each in rows)
    save_weights(weights, folder / READER)


def _fitted(
    encoder: SentenceEncoder, texts: Sequence[str], classes: Sequence[int], count: int
) -> tuple[np.ndarray, np.ndarray]:
    """Weight, (count, dimension), and bias, (count,), of a softmax over classes."""
    weight = np.zeros((count, encoder.dimension), np.float32)
    bias = np.full(count, _NEVER, np.float32)
    bias[[*set(classes)]] = 0.0
    if len(set(classes)) > 1:
        model = LogisticRegression(C=_STRENGTH, max_iter=3000)
        model.fit(encoder.encode_batch(list(texts)), classes)
        rows = np.array(model.classes_)
        # Of two classes scikit-learn has one row alone.
        weight[rows], bias[rows] = (_for_each(v, rows) for v in (model.coef_, model.intercept_))
    return weight, bias


def _for_each(values: np.ndarray, classes: np.ndarray) -> np.ndarray:
    return np.concatenate([-values / 2, values / 2]) if len(classes) == 2 else values


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


def _asking(articles: Sequence[Article]) -> list[tuple[str, int]]:
    """Messages, and 1 where they ask which side."""
    known = {article.name for article in articles}
    found: dict[str, dict[str, list[str]]] = json.loads(WHICH.read_text(encoding="utf-8"))
    return [
        (renaming(sides_of(name))(say), int(kind == "which"))
        for name, kinds in found.items()
        if name in known
        for kind, says in kinds.items()
        for say in says
    ]


def main() -> int:
    """Fits the heads of the packaged weights anew."""
    kept_apart = held_out()
    articles = [each for each in read_articles(DATA) if each.name not in kept_apart]
    fit_heads(articles, packaged_encoder(), WEIGHTS)
    renew(WEIGHTS)
    print("heads written")
    return 0


if __name__ == "__main__":
    sys.exit(main())
