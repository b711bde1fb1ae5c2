"""The curves behind `refuse_above` and `answer_above`, from the hold-out.

Both are drawn from one pass: the model tells log-odds and probabilities, and what another threshold
would make of them needs no new answer.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.curves import Point, configured_thresholds, over_answers, over_refusals
from benchmarks.holdout_questions import Result, evaluate
from benchmarks.model import classifier_of, load_agent
from nlu.outcome import Thresholds
from tools.console import guarded, percent, table
from tools.train import train_if_changed

PICTURE = Path(".run") / "thresholds.png"
_REFUSE_ABOVE = np.arange(-3.0, 3.01, 0.5)
_ANSWER_ABOVE = np.arange(0.0, 0.71, 0.05)


def report(result: Result, thresholds: Thresholds) -> str:
    """Both curves as tables; an asterisk marks what is configured."""
    refuse, answer = thresholds.refuse_above, thresholds.answer_above
    return "\n\n".join(
        [
            _refusals(over_refusals(result, _with(_REFUSE_ABOVE, refuse), thresholds), refuse),
            _answers(over_answers(result, _with(_ANSWER_ABOVE, answer), thresholds), answer),
        ]
    )


def _with(values: np.ndarray, current: float) -> list[float]:
    return sorted({*(round(float(value), 2) for value in values), float(current)})


def _refusals(points: Sequence[Point], current: float) -> str:
    header = ("refuse_above", "near refused", "far refused", "wrongly refused", "right")
    rows = [
        (_mark(p, current), *map(percent, (p.near_refused, p.far_refused, p.refused, p.right)))
        for p in points
    ]
    return table(header, rows)


def _answers(points: Sequence[Point], current: float) -> str:
    header = ("answer_above", "right", "wrong topic", "asked back", "near answered", "far answered")
    rows = []
    for p in points:
        shares = (p.right, p.wrong_topic, p.unsure, p.near_answered, p.far_answered)
        rows.append((_mark(p, current), *map(percent, shares)))
    return table(header, rows)


def _mark(point: Point, current: float) -> str:
    return f"{point.threshold:5.2f}{' *' if point.threshold == current else ''}"


def _work(picture: Path) -> None:
    thresholds = configured_thresholds()
    result = evaluate(classifier_of(load_agent(train_if_changed())))
    print(report(result, thresholds))
    from benchmarks import holdout_pictures  # here, as matplotlib takes a second to import

    holdout_pictures.draw_thresholds(result, thresholds, picture)
    print(f"\nThe diagram is {picture}.")


def main() -> int:
    """Command line: `python -m benchmarks.thresholds [--picture FILE]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--picture", type=Path, default=PICTURE, metavar="FILE")
    options = parser.parse_args()
    return guarded(lambda: _work(options.picture))


if __name__ == "__main__":
    sys.exit(main())
