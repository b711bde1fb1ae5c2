"""What the statements say to a message as a whole: yes, no, partly, an answer, or nothing.

A yes or a no is said only where it is sure enough: the thresholds are chosen on articles that the
reader never saw (`python -m benchmarks.reading`, which also draws the curve). What leans to one of
both and is not sure is told without it.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import NamedTuple

import numpy as np

from reading.articles import LABELS

YES, NO, PARTLY, ANSWERED = "yes", "no", "partly", "answered"
NOT_STATED, NONE = "not_stated", "none"
VERDICTS = (YES, NO, PARTLY, ANSWERED, NOT_STATED, NONE)
_NEAR, _ANSWERS, _CONFIRMS, _DENIES = (LABELS.index(label) for label in LABELS[1:])
_MOST = 6  # statements


@dataclass(frozen=True)
class Thresholds:
    """Where one verdict ends and the next begins; probabilities.

    Attributes:
        settled: of the best label below which the article does not settle what was said.
        carries: of a further statement below which it is not told.
        joint: of the second of a confirming and a denying statement from which both are said.
        sure: lead of yes before no, or the other way round, from which it is said; of "partly" what
            the weaker one of both must reach.
        near: of having anything to do with it below which a statement is not even near.
    """

    settled: float = 0.4
    carries: float = 0.4
    joint: float = 0.5
    sure: float = 0.8
    near: float = 0.3

    @classmethod
    def load(cls, path: Path) -> Thresholds:
        """The thresholds of a JSON file; what it does not name stays as above.

        So does all of it before a new reader's thresholds were chosen.
        """
        found = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return cls(**{each.name: found[each.name] for each in fields(cls) if each.name in found})


class Verdict(NamedTuple):
    """A verdict, what it leans to, how sure that is, and the statements that carry it."""

    verdict: str
    leaning: str
    confidence: float
    statements: tuple[str, ...]


def verdict_of(keys: Sequence[str], labels: np.ndarray, thresholds: Thresholds) -> Verdict:
    """Judges a message.

    Args:
        keys: ids of its candidates.
        labels: probabilities of their labels, (candidates, 5), in the order of `LABELS`.
        thresholds: where verdicts begin.
    """
    best = labels.max(axis=0)
    yes, no, answered = best[_CONFIRMS], best[_DENIES], best[_ANSWERS]
    if max(yes, no, answered) < thresholds.settled:
        return _open(keys, labels, thresholds)
    if answered >= max(yes, no):
        chosen = _carrying(keys, labels[:, _ANSWERS], thresholds.carries)
        return Verdict(ANSWERED, ANSWERED, float(answered), chosen)
    if min(yes, no) >= thresholds.joint and _are_two(labels):
        both = np.maximum(labels[:, _CONFIRMS], labels[:, _DENIES])
        chosen = _carrying(keys, both, thresholds.carries)
        weaker = float(min(yes, no))
        return Verdict(PARTLY if weaker >= thresholds.sure else ANSWERED, PARTLY, weaker, chosen)
    leaning, label = (YES, _CONFIRMS) if yes > no else (NO, _DENIES)
    lead = float(abs(yes - no))
    chosen = _carrying(keys, labels[:, label], thresholds.carries)
    return Verdict(leaning if lead >= thresholds.sure else ANSWERED, leaning, lead, chosen)


def _open(keys: Sequence[str], labels: np.ndarray, thresholds: Thresholds) -> Verdict:
    applies = 1 - labels[:, 0]
    chosen = _carrying(keys, applies, thresholds.near)
    verdict = NOT_STATED if chosen else NONE
    return Verdict(verdict, verdict, float(1 - labels[:, _ANSWERS:].max()), chosen)


def _are_two(labels: np.ndarray) -> bool:
    """Whether one statement confirms and another one denies."""
    return bool(labels[:, _CONFIRMS].argmax() != labels[:, _DENIES].argmax())


def _carrying(keys: Sequence[str], scores: np.ndarray, least: float) -> tuple[str, ...]:
    order = np.argsort(-scores)[:_MOST]
    chosen = [keys[place] for place in order if scores[place] >= least]
    return tuple(chosen)
