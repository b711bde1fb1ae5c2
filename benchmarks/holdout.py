"""How well the trained model understands questions that it was not trained on.

The hold-out's texts are measured, not read: nothing here shows one unless `--mistakes` asks for it.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from pathlib import Path

from benchmarks.curves import configured_thresholds
from benchmarks.holdout_questions import Result, evaluate, grouped, share
from benchmarks.model import classifier_of, load_agent
from tools.console import guarded, percent, table
from tools.train import train_if_changed

__all__ = ["Result", "evaluate", "figures", "mistakes"]

_CONFUSIONS = 10


def figures(result: Result) -> str:
    """All figures of a result."""
    parts = [
        _totals(result),
        _by_phenomenon(result),
        _by_topic(result),
        _by_gap(result),
        _most_confused(result),
    ]
    return "\n\n".join(parts)


def _totals(result: Result) -> str:
    inside = result.in_scope
    wrong_topic = [not (a.right or a.refused or a.unsure) for a in inside]
    rows: list[tuple[str, float | None, int]] = [
        ("with an answer: right", result.accuracy, len(inside)),
        ("  wrong topic", share(wrong_topic), len(inside)),
        ("  wrongly refused", result.wrongly_refused, len(inside)),
        ("  wrongly unsure", result.wrongly_unsure, len(inside)),
    ]
    for name, near in (("near", True), ("far", False)):
        outside = result.out_of_scope(near)
        rows.append((f"without, {name}: refused", result.refused(near), len(outside)))
        rows.append(("  unsure", share(a.unsure for a in outside), len(outside)))
    gaps, roles = result.of_gaps, result.with_roles
    rows += [
        ("known gaps: refused", share(a.refused for a in gaps), len(gaps)),
        ("  by the right name", result.gap_named, len(gaps)),
        ("aspects: role right", result.role_accuracy, len(roles)),
        ("  role and aspect right", share(a.role_right and a.right for a in roles), len(roles)),
    ]
    cells = [(name, percent(value), count) for name, value, count in rows]
    return table(("Hold-out", "share", "questions"), cells)


def _by_phenomenon(result: Result) -> str:
    rows = []
    for name, answers in grouped(result.answers, "phenomenon").items():
        inside = [a.right for a in answers if not a.question.is_open]
        near = [a.right for a in answers if a.question.is_open and a.question.near]
        far = [a.right for a in answers if a.question.is_open and not a.question.near]
        rows.append([name, *(percent(share(flags)) for flags in (inside, near, far))])
    return table(("Phenomenon", "right", "near refused", "far refused"), rows)


def _by_topic(result: Result) -> str:
    counts = Counter(answer.question.intent for answer in result.in_scope)
    rows = [(name, percent(value), counts[name]) for name, value in result.recall.items()]
    return table(("Topic", "recall", "questions"), rows)


def _by_gap(result: Result) -> str:
    rows = []
    for name, answers in grouped(result.of_gaps, "intent").items():
        refused, named = share(a.refused for a in answers), share(a.named for a in answers)
        rows.append((name, percent(refused), percent(named), len(answers)))
    return table(("Known gap", "refused", "by its name", "questions"), rows)


def _most_confused(result: Result) -> str:
    rows = [(f"{a} -> {b}", count) for (a, b), count in result.confusions[:_CONFUSIONS]]
    return table(("Most frequent confusions", "times"), rows)


def mistakes(result: Result) -> str:
    """Every mistake with its text, the most confident first: for those who may see the hold-out."""
    lines = [
        f"{a.confidence:.2f}  {a.question.intent} -> {a.intent}: {a.question.text}"
        for a in result.mistakes
    ]
    return "\n".join(["Mistakes", *lines])


def _work(options: argparse.Namespace) -> None:
    result = evaluate(classifier_of(load_agent(train_if_changed())))
    print(figures(result))
    if options.mistakes:
        print(f"\n{mistakes(result)}")
    if options.pictures:
        from benchmarks import holdout_pictures  # here, as matplotlib takes a second to import

        holdout_pictures.draw_all(result, configured_thresholds(), options.pictures)
        print(f"\nThe diagrams are in {options.pictures}.")


def main() -> int:
    """Command line: `python -m benchmarks.holdout [--pictures FOLDER] [--mistakes]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--pictures", type=Path, metavar="FOLDER", help="draw diagrams there")
    parser.add_argument("--mistakes", action="store_true", help="show the texts of all mistakes")
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
