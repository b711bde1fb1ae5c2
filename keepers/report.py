"""What visitors asked and what they were told: a summary here, and a page with charts.

The page is one file that asks nothing of the network. Personal data is masked in both.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from content.files import write_all
from keepers.counted import Report, judged_tables, make_report, signs, verdicts
from keepers.figures import Question, most_asked, never_told
from keepers.judgements import GRADES, JUDGED
from keepers.page import page
from keepers.store import add_options, opened
from keepers.turns import ANSWER, CLARIFY, GAP, SILENCE
from tools.console import guarded, percent, table, wrapped

PAGE = Path("results/report.html")
_TOP = 5


def summary(report: Report) -> str:
    """The report for the terminal."""
    figures = report.figures
    parts = [
        table(("Conversations", report.period), _totals(report)),
        table(("What was said of a claim or a question", "times"), verdicts(report)),
        _top(report, "Answers told most", figures.answers),
        _top(report, "Refused, by gap", figures.gaps),
        _feedback(report),
        _drop_offs(report),
        table((f"Of {figures.questions:,} questions", "times", "share"), signs(report)),
        *(_judged(heading, rows) for heading, rows in judged_tables(report)),
        _questions(report, "Unsure: asked back on", figures.unsure),
        _questions(report, "Open, without a gap of its own", figures.unanswered),
        _again(report),
        _unused(report),
        _versions(report),
    ]
    return "\n\n".join(part for part in parts if part)


def _totals(report: Report) -> list[tuple[str, str]]:
    figures = report.figures
    rows = [
        ("conversations", f"{figures.conversations:,}"),
        ("turns", f"{figures.turns:,}"),
        ("  typed, not pressed", percent(figures.typed, figures.turns)),
    ]
    for name, kind in (("answered", ANSWER), ("refused", GAP), ("unsure", CLARIFY)):
        rows.append((f"  {name}", percent(figures.kinds[kind], figures.turns)))
    if figures.kinds[SILENCE]:
        rows.append(("  without any reply", f"{figures.kinds[SILENCE]:,}"))
    rows += [
        ("asked again in other words", f"{report.again_share:,.0f}"),
        ("thumbs up", f"{figures.good.total():,}"),
        ("thumbs down", f"{figures.bad.total():,}"),
    ]
    if report.unreadable:
        rows.append(("unreadable events left out", f"{report.unreadable:,}"))
    return rows


def _judged(heading: str, rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return ""
    columns = ("times", *GRADES) if len(rows[0]) > 2 else ("times",)
    return table((heading, *columns), rows)


def _top(report: Report, heading: str, counts: Counter[str]) -> str:
    rows = [(report.title(key), number) for key, number in counts.most_common(_TOP)]
    return table((heading, "times"), rows) if rows else ""


def _feedback(report: Report) -> str:
    bad, good = report.figures.bad, report.figures.good
    rows = [(report.title(key), good[key], number) for key, number in bad.most_common(_TOP)]
    return table(("Thumbs down on", "up", "down"), rows) if rows else ""


def _drop_offs(report: Report) -> str:
    rows = [
        (report.title(topic) if topic else "-", kind, number)
        for (kind, topic), number in report.figures.drop_offs.most_common(_TOP)
    ]
    return table(("Where conversations ended", "last reply", "times"), rows)


def _questions(report: Report, heading: str, questions: dict[str, Question]) -> str:
    found = most_asked(questions, _TOP)
    lines = [f"{each.count:>4}  {report.shown(each.text)}" for each in found]
    return "\n".join([heading, *(wrapped(line, " " * 6) for line in lines)]) if lines else ""


def _again(report: Report) -> str:
    lines = [
        wrapped(f"{report.shown(a)} -> {report.shown(b)}", "    ", "  ")
        for a, b, *_ in report.again[:_TOP]
    ]
    return "\n".join(["Asked again in other words", *lines]) if lines else ""


def _unused(report: Report) -> str:
    keys = never_told(report.content, report.figures)
    names = ", ".join(report.title(key) for key in keys) or "none"
    return f"Answers never used: {len(keys)}\n{wrapped(names, '  ')}"


def _versions(report: Report) -> str:
    rows = [
        (
            report.version(*version),
            counts["turns"],
            percent(counts[ANSWER], counts["turns"]),
            counts["good"],
            counts["bad"],
        )
        for version, counts in report.figures.versions.items()
    ]
    return table(("By content / model", "turns", "answered", "up", "down"), rows)


def _work(options: argparse.Namespace) -> None:
    report = make_report(*opened(options), options.judged)
    print(summary(report))
    write_all({options.page: page(report)})
    print(f"\nWith charts and all lists: {options.page}")


def main() -> int:
    """Command line: `python -m keepers.report`; see `--help`."""
    parser = argparse.ArgumentParser(description=__doc__)
    add_options(parser)
    parser.add_argument("--judged", type=Path, default=JUDGED, help=f"what was judged ({JUDGED})")
    parser.add_argument("--page", type=Path, default=PAGE, help=f"where it goes ({PAGE})")
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
