"""Diagrams of what the hold-out shows. Imported on demand: matplotlib takes a second."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import matplotlib
import numpy as np

from benchmarks.curves import over_answers, over_refusals
from benchmarks.holdout_questions import Answer, Result
from nlu.outcome import FALLBACK, Thresholds

matplotlib.use("Agg")  # files only, no display
from matplotlib import pyplot

_REFUSED, _UNSURE, _OTHER = "(refused)", "(asked back)", "(other intent)"
_DOTS_PER_INCH = 120
_REFUSE_ABOVE = np.linspace(-4.0, 4.0, 161)
_ANSWER_ABOVE = np.linspace(0.0, 0.9, 91)


def draw_all(result: Result, thresholds: Thresholds, folder: Path) -> None:
    """Writes confusion.png, recall.png and refusal.png."""
    draw_confusion(result, folder / "confusion.png")
    draw_recall(result, folder / "recall.png")
    draw_refusal(result, thresholds, folder / "refusal.png")


def draw_confusion(result: Result, path: Path) -> None:
    """How often each intent was understood as which; all refusals are one."""
    expected, understood, counts = confusion(result)
    figure, axes = pyplot.subplots(figsize=(12, 11))
    axes.imshow(np.log1p(counts), cmap="Blues", aspect="auto")
    axes.set_xticks(range(len(understood)), understood, rotation=90, fontsize=8)
    axes.set_yticks(range(len(expected)), expected, fontsize=8)
    axes.set(xlabel="understood as", ylabel="expected", title="Hold-out: confusion matrix")
    dark = counts > np.expm1(np.log1p(counts.max()) / 2)
    for (row, column), count in np.ndenumerate(counts):
        if count:
            colour = "white" if dark[row, column] else "black"
            style: dict[str, Any] = {"ha": "center", "va": "center", "fontsize": 7}
            axes.text(column, row, str(count), color=colour, **style)
    save(figure, path)


def confusion(result: Result) -> tuple[list[str], list[str], np.ndarray]:
    """Expected labels, understood labels, and how often each pair occurred, (rows, columns)."""
    expected = [*sorted({a.question.intent for a in result.in_scope}), _REFUSED]
    understood = [*expected, _UNSURE, _OTHER]
    counts = np.zeros((len(expected), len(understood)), int)
    for answer in result.answers:
        row = _REFUSED if answer.question.is_open else answer.question.intent
        column = _column(answer)
        column = column if column in understood else _OTHER
        counts[expected.index(row), understood.index(column)] += 1
    return expected, understood, counts


def _column(answer: Answer) -> str:
    if answer.refused:
        return _REFUSED
    return _UNSURE if answer.intent == FALLBACK else answer.intent


def draw_recall(result: Result, path: Path) -> None:
    """Share understood of each topic, best first."""
    names, shares = list(result.recall), list(result.recall.values())
    figure, axes = pyplot.subplots(figsize=(8, 0.24 * len(names) + 1.2))
    axes.barh(names, [100 * share for share in shares], color="tab:blue")
    axes.set(xlim=(0, 100), xlabel="understood, %", title="Hold-out: recall of each topic")
    axes.tick_params(axis="y", labelsize=8)
    axes.margins(y=0.01)
    axes.grid(axis="x", alpha=0.3)
    save(figure, path)


def draw_refusal(result: Result, thresholds: Thresholds, path: Path) -> None:
    """What is refused, over `refuse_above`."""
    figure, axes = pyplot.subplots(figsize=(8, 5))
    _refusal_axes(axes, result, thresholds)
    save(figure, path)


def draw_thresholds(result: Result, thresholds: Thresholds, path: Path) -> None:
    """Both thresholds' curves side by side."""
    figure, (left, right) = pyplot.subplots(1, 2, figsize=(14, 5))
    _refusal_axes(left, result, thresholds)
    _answer_axes(right, result, thresholds)
    save(figure, path)


def _refusal_axes(axes: Any, result: Result, thresholds: Thresholds) -> None:
    points = over_refusals(result, _REFUSE_ABOVE, thresholds)
    curves = {
        "near the subject, no answer: refused": [p.near_refused for p in points],
        "far from it: refused": [p.far_refused for p in points],
        "answerable: wrongly refused": [p.refused for p in points],
        "answerable: right": [p.right for p in points],
    }
    _plot(axes, _REFUSE_ABOVE, curves, thresholds.refuse_above, "refuse_above (log-odds)")


def _answer_axes(axes: Any, result: Result, thresholds: Thresholds) -> None:
    points = over_answers(result, _ANSWER_ABOVE, thresholds)
    curves = {
        "answerable: right": [p.right for p in points],
        "answerable: wrong topic": [p.wrong_topic for p in points],
        "answerable: asked back": [p.unsure for p in points],
        "near, no answer: answered": [p.near_answered for p in points],
    }
    _plot(axes, _ANSWER_ABOVE, curves, thresholds.answer_above, "answer_above (probability)")


def _plot(
    axes: Any, values: np.ndarray, curves: dict[str, list[float]], current: float, label: str
) -> None:
    for name, shares in curves.items():
        axes.plot(values, [100 * share for share in shares], label=name)
    axes.axvline(current, color="grey", linestyle="--", label=f"configured: {current:g}")
    axes.set(ylim=(-2, 102), xlabel=label, ylabel="questions, %")
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)


def save(figure: Any, path: Path, dots_per_inch: int = _DOTS_PER_INCH) -> None:
    """Writes a diagram and forgets it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.tight_layout()
    figure.savefig(path, dpi=dots_per_inch)
    pyplot.close(figure)
