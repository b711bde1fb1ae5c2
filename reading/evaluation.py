"""How well the reader reads articles: figures for each, for each kind of turn, and in all.

A turn that asks is right when its class is right (denied, confirmed, answered, or not settled) and,
where it is settled, so is a statement: the one most sure is among those labelled. A verdict counts
as false when yes or no was said and the statements settle something else.
"""

from __future__ import annotations

import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from reading.articles import Article, Turn
from reading.reader import Reading, StatementReader
from reading.sides import sides_of
from reading.verdict import ANSWERED, NO, PARTLY, YES

#: The class of a turn, and the verdicts that are right for it.
_CLASSES = {"denies": {NO, PARTLY}, "confirms": {YES}, "answers": {ANSWERED}}
_OPEN = "open"
_SETTLED = frozenset().union(*_CLASSES.values())
ALL = "all"


@dataclass
class Figures:
    """Counts over turns; the properties are shares."""

    turns: int = 0
    right: int = 0
    settled: int = 0  # yes, no or partly would be true
    said: int = 0  # yes, no or partly was said
    false: int = 0
    findable: int = 0
    found: int = 0
    acted: int = 0
    acts_right: int = 0
    seconds: float = 0.0

    def add(self, other: Figures) -> None:
        """Adds the counts of others."""
        for name, value in vars(other).items():
            setattr(self, name, getattr(self, name) + value)

    def line(self) -> str:
        """The shares as `name=value`, as far as there is anything to share."""
        shares = {
            "right": (self.right, self.turns),
            "verdict_false": (self.false, self.said),
            "verdict_said": (self.said, self.settled),
            "recall": (self.found, self.findable),
            "acts": (self.acts_right, self.acted),
        }
        parts = [f"{name}={part / whole:.3f}" for name, (part, whole) in shares.items() if whole]
        parts.append(f"ms={1000 * self.seconds / max(1, self.turns):.1f}")
        return " ".join(parts)


@dataclass
class Report:
    """Figures of one article by kind of turn."""

    name: str
    kinds: dict[str, Figures] = field(default_factory=dict)

    def add(self, turn: Turn, reading: Reading, seconds: float = 0.0) -> None:
        """Counts a turn as it was read."""
        figures = self.kinds.setdefault(turn.kind, Figures())
        if turn.acts:
            figures.acted += 1
            figures.acts_right += max(reading.acts, key=reading.acts.__getitem__) in turn.acts
        if turn.asks:
            figures.add(judge(turn, reading, seconds))

    @property
    def total(self) -> Figures:
        """Figures over all kinds."""
        return total_of(self.kinds.values())


def total_of(figures: Iterable[Figures]) -> Figures:
    """The sum of figures."""
    total = Figures()
    for each in figures:
        total.add(each)
    return total


def evaluate(reader: StatementReader, article: Article) -> Report:
    """Reads every turn of an article."""
    report = Report(article.name)
    for turn, reading, seconds in readings(reader, article):
        report.add(turn, reading, seconds)
    return report


def readings(reader: StatementReader, article: Article) -> Iterator[tuple[Turn, Reading, float]]:
    """Each turn of an article, how it is read, and the seconds that took."""
    shelf = reader.shelf(article.statements, sides_of(article.name))
    for turn in article.turns:
        began = time.perf_counter()
        reading = reader.read(turn.heard, shelf)
        yield turn, reading, time.perf_counter() - began


def judge(turn: Turn, reading: Reading, seconds: float = 0.0) -> Figures:
    """Figures of one turn that asks."""
    wanted = class_of(turn)
    got = reading.leaning if reading.leaning in _SETTLED else _OPEN
    is_right = got in _CLASSES.get(wanted, {_OPEN})
    if is_right and wanted != _OPEN:
        is_right = bool(reading.statements) and reading.statements[0] in turn.labels
    is_said = reading.verdict in (YES, NO, PARTLY)
    return Figures(
        turns=1,
        right=is_right,
        settled=wanted in ("denies", "confirms"),
        said=is_said,
        false=is_said and reading.verdict not in _CLASSES.get(wanted, set()),
        findable=bool(turn.labels),
        found=any(each.id in turn.labels for each in reading.judged),
        seconds=seconds,
    )


def class_of(turn: Turn) -> str:
    """What a turn is settled by: denies before confirms before answers; open if by nothing."""
    labels = set(turn.labels.values())
    return next((label for label in _CLASSES if label in labels), _OPEN)
