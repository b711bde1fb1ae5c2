"""The thresholds of the reader's verdicts, chosen on articles that it was not trained on.

Each turn is read once; what other thresholds make of it is computed from the probabilities.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from reading.articles import Article, Turn
from reading.evaluation import class_of, judge
from reading.reader import Reading, Scores, StatementReader, summed_up
from reading.sides import sides_of
from reading.verdict import NO, NONE, NOT_STATED, YES, Thresholds, verdict_of

#: At most this share of the yes and no that are said may be false.
MOST_FALSE = 0.01
_GRID = tuple(np.round(np.arange(0.1, 0.95, 0.05), 2))
_LEADS = tuple(np.round(np.arange(0.0, 1.0, 0.005), 3))
_AS_GOOD = 0.001  # shares that are so close to the best are as good
_ROUNDS = 2


@dataclass(frozen=True)
class Scored:
    """A turn of an article, and what the reader's network makes of it."""

    article: str
    turn: Turn
    keys: list[str]
    scores: Scores
    seconds: float

    def reading(self, thresholds: Thresholds) -> Reading:
        """The reading at other thresholds."""
        return summed_up(self.keys, self.scores, thresholds)

    def verdict(self, thresholds: Thresholds) -> Reading:
        """The same without what no threshold changes, which is faster."""
        return Reading({}, *verdict_of(self.keys, self.scores.labels, thresholds), ())

    @property
    def is_settled(self) -> bool:
        """Whether yes or no would be true."""
        return class_of(self.turn) in ("confirms", "denies")


@dataclass(frozen=True)
class Point:
    """What a threshold makes of yes and no.

    Attributes:
        sure: the lead from which they are said.
        said: share of the turns that yes or no settles in which one of them is said.
        false: share of what is said, in any turn, that is false.
    """

    sure: float
    said: float
    false: float


def score(reader: StatementReader, article: Article) -> list[Scored]:
    """Reads every turn of an article."""
    shelf = reader.shelf(article.statements, sides_of(article.name))
    found = []
    for turn in article.turns:
        began = time.perf_counter()
        judged = reader.judge(turn.heard, shelf)
        found.append(Scored(article.name, turn, *judged, time.perf_counter() - began))
    return found


def calibrated(items: Iterable[Scored]) -> Thresholds:
    """The thresholds that are best on turns; those for `sure` keep to `MOST_FALSE`."""
    asking = [each for each in items if each.turn.asks]
    measures = {"settled": _right, "joint": _right, "carries": _told_well, "near": _open_right}
    chosen = Thresholds()
    for _ in range(_ROUNDS):
        for name, measure in measures.items():
            chosen = replace(chosen, **{name: _best(asking, chosen, name, measure)})
    fitting = [point.sure for point in curve(asking, chosen) if point.false <= MOST_FALSE]
    return replace(chosen, sure=min(fitting, default=1.0))


def curve(items: Iterable[Scored], thresholds: Thresholds) -> list[Point]:
    """A point for each lead from which yes and no might be said, smallest lead first."""
    asking = [each for each in items if each.turn.asks]
    settled = sum(each.is_settled for each in asking)
    readings = [(each, each.verdict(thresholds)) for each in asking]
    leaning = [(each, reading) for each, reading in readings if reading.leaning in (YES, NO)]
    if not leaning or not settled:
        return []
    leads = np.array([reading.confidence for _, reading in leaning])
    true = np.array([_is_true(each.turn, reading) for each, reading in leaning])
    of_settled = np.array([each.is_settled for each, _ in leaning])
    points = []
    for sure in _LEADS:
        said = leads >= sure
        if said.any():
            share = float((said & of_settled).sum()) / settled
            points.append(Point(float(sure), share, float((said & ~true).sum() / said.sum())))
    return points


def _is_true(turn: Turn, reading: Reading) -> bool:
    return not judge(turn, replace(reading, verdict=reading.leaning)).false


def _best(
    items: Sequence[Scored],
    thresholds: Thresholds,
    name: str,
    measure: Callable[[Sequence[Scored], Thresholds], float],
) -> float:
    """The middle of the values of a threshold that are as good as the best one."""
    found = [measure(items, replace(thresholds, **{name: float(value)})) for value in _GRID]
    good = [
        value for value, each in zip(_GRID, found, strict=True) if each >= max(found) - _AS_GOOD
    ]
    return float(good[len(good) // 2])


def _right(items: Sequence[Scored], thresholds: Thresholds) -> float:
    """Share of turns that are read right (see reading/evaluation.py)."""
    return float(np.mean([judge(each.turn, each.verdict(thresholds)).right for each in items]))


def _told_well(items: Sequence[Scored], thresholds: Thresholds) -> float:
    """F1 of the statements that carry an answer, over the turns that have one."""
    hits = told = wanted = 0
    for each in items:
        labels = {key for key, label in each.turn.labels.items() if label != "near"}
        reading = each.verdict(thresholds)
        if labels and reading.leaning not in (NOT_STATED, NONE):
            hits += len(labels & set(reading.statements))
            told += len(reading.statements)
            wanted += len(labels)
    return 2 * hits / max(1, told + wanted)


def _open_right(items: Sequence[Scored], thresholds: Thresholds) -> float:
    """Share of what the article does not settle that is told rightly to be near it or not."""
    right = []
    for each in items:
        verdict = each.verdict(thresholds).leaning
        if class_of(each.turn) == "open" and verdict in (NOT_STATED, NONE):
            right.append((verdict == NOT_STATED) == bool(each.turn.labels))
    return float(np.mean(right)) if right else 0.0
