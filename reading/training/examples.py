"""What the reader is trained on: turns, each with statements that apply and some that do not."""

from __future__ import annotations

import pickle
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from reading.articles import ACTS, LABELS, Turn
from reading.layout import Laid, Layout
from reading.sides import renaming, sides_of
from reading.training.retriever import Encoded

_RANKED = 30
_MOST_TRUE = 3
_NEAREST_FALSE = 12  # of which the false ones are mostly drawn
_STATEMENTS = 5
# Share of turns read with neutral names for the sides; the rest keep theirs, for articles whose
# sides have names that nobody has listed.
_RENAMED = 0.7


@dataclass(frozen=True)
class Example:
    """A turn on an article, and the article's statements as the retriever ranks them for it."""

    article: str
    turn: Turn
    ranking: tuple[str, ...]


@dataclass(frozen=True)
class Examples:
    """All of them, with the statements of each article."""

    statements: dict[str, dict[str, str]]
    items: list[Example]

    @classmethod
    def of(cls, encoded: Sequence[Encoded], scores: Sequence[np.ndarray]) -> Examples:
        """Ranks the statements of each article for each of its turns by the retriever's scores."""
        statements, items = {}, []
        for number, (each, found) in enumerate(zip(encoded, scores, strict=True)):
            name = f"{number} {each.article.name}"
            statements[name] = dict(each.article.statements)
            for turn, row in zip(each.article.turns, found, strict=True):
                order = np.argsort(-row)[:_RANKED]
                items.append(Example(name, turn, tuple(each.shelf.ids[n] for n in order)))
        return cls(statements, items)

    def turned_to(self, article: str, times: int, rest: float, dice: random.Random) -> Examples:
        """Those of one article several times, and of the others `rest` times as many as it has."""
        own = [each for each in self.items if each.article.split(" ", 1)[1] == article]
        others = [each for each in self.items if each.article.split(" ", 1)[1] != article]
        others = dice.sample(others, min(len(others), int(rest * len(own))))
        return Examples(self.statements, [*(own * times), *others])

    def save(self, path: Path) -> None:
        """Writes them for the training processes."""
        path.write_bytes(pickle.dumps(self))

    @classmethod
    def load(cls, path: Path) -> Examples:
        """Reads what `save` wrote."""
        loaded = pickle.loads(path.read_bytes())  # noqa: S301  our own file of this training
        if not isinstance(loaded, cls):
            raise TypeError(f"{path} holds no examples")
        return loaded


@dataclass(frozen=True)
class Drawn:
    """One example as it is shown once: its sequences, and what is true of them."""

    laid: list[Laid]
    labels: list[int]
    acts: list[float] | None


class Drawing:
    """Draws statements for turns, in batches of like length.

    Args:
        examples: to draw from.
        layout: of sequences.
    """

    def __init__(self, examples: Examples, layout: Layout) -> None:
        self._examples, self._layout = examples, layout
        self._renames = {
            name: renaming(sides_of(name.split(" ", 1)[1])) for name in examples.statements
        }

    def batches(self, size: int, dice: random.Random) -> Iterator[list[Example]]:
        """All examples once, in random order, batches of like length."""
        items = list(self._examples.items)
        dice.shuffle(items)
        for start in range(0, len(items), size * 32):
            chunk = sorted(items[start : start + size * 32], key=_length)
            batches = [chunk[n : n + size] for n in range(0, len(chunk), size)]
            dice.shuffle(batches)
            yield from batches

    def draw(self, example: Example, dice: random.Random) -> Drawn:
        """An example as it is shown this time."""
        turn, statements = example.turn, self._examples.statements[example.article]
        keys = _chosen(example, list(statements), dice)
        rename = self._renames[example.article] if dice.random() < _RENAMED else str
        marked = [(rename(statements[key]), key in turn.told) for key in keys]
        laid = self._layout.lay_out(turn.heard.renamed(rename), marked)
        labels = [LABELS.index(turn.labels.get(key, "none")) for key in keys]
        acts = [float(act in turn.acts) for act in ACTS] if turn.acts else None
        return Drawn(laid, labels, acts)


def _chosen(example: Example, ids: Sequence[str], dice: random.Random) -> list[str]:
    """Ids of the statements to show: most of the true ones, and near and far false ones."""
    labels = example.turn.labels
    true = [key for key in ids if key in labels]
    true = dice.sample(true, min(len(true), _MOST_TRUE))
    near = [key for key in example.ranking if key not in labels][:_NEAREST_FALSE]
    false = dice.sample(near, min(len(near), max(2, _STATEMENTS - 1 - len(true))))
    far = [key for key in ids if key not in labels and key not in near]
    keys = [*true, *false, *dice.sample(far, min(len(far), 1))]
    if not example.turn.asks and not true:
        keys = keys[:3]
    dice.shuffle(keys)
    return keys


def _length(example: Example) -> int:
    turn = example.turn
    return len(turn.say) + min(len(turn.reply), 280) + len(turn.previous) + len(turn.earlier)
