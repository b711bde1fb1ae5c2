"""What visitors asked and what they were told: a summary here, and a page with charts.

The page is one file that asks nothing of the network. Personal data is masked in both.
"""

from __future__ import annotations

import argparse
import sys
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy.engine import Engine

from content.files import write_all
from content.loader import Content, load
from keepers.figures import UNKNOWN, UNNAMED, Figures, Question, count, most_asked, never_told
from keepers.judgements import GRADES, JUDGED, Judgements
from keepers.masking import Masker
from keepers.model_names import model_names
from keepers.repeats import Pair, Repeats, asked_again
from keepers.signs import LAST, LOW, MARGIN, NOTHING, REFUSED, UNSURE, WHY, WRONG
from keepers.store import Period, add_options, opened, read_events
from keepers.turns import ANSWER, CLARIFY, GAP, SILENCE, VERDICTS, TurnReader
from keepers.wording import known_words
from reading.encoder import packaged_encoder
from tools.console import CommandError, Progress, guarded, percent, table, wrapped

PAGE = Path("results/report.html")
_TOP = 5
_OF_FIGURES = (UNSURE, REFUSED, NOTHING, MARGIN, LOW)


@dataclass(frozen=True)
class Report:
    """Everything that summary and page tell.

    Attributes:
        period: the days in question, as words.
        content: to name topics by their titles.
        figures: the counts.
        again: pairs of questions asked again in other words, the most alike first.
        masker: masks what visitors wrote.
        models: a readable name for model ids.
        unreadable: how many events of the store are no valid JSON.
        judged: what keepers judged of replies, of all days.
    """

    period: str
    content: Content
    figures: Figures
    again: Sequence[Pair]
    masker: Masker
    models: dict[str, str]
    unreadable: int
    judged: Judgements

    def title(self, key: str) -> str:
        """How people read the key of an answer: its title, and the role it is told of."""
        if key == UNKNOWN:
            return "(no answer before it)"
        if key == UNNAMED:
            return "(no gap of its own)"
        topic_id, _, role = key.partition("/")
        topic = self.content.topic(topic_id)
        title = str(topic.title) if topic else topic_id
        named = self.content.roles.get(role)
        return f"{title} ({named.plural if named else role})" if role else title

    def version(self, content: str, model: str) -> str:
        """A content version and a model, by names as short as can be."""
        return f"{content or '?'} / {self.models.get(model, model[:12]) or '?'}"

    def shown(self, text: str) -> str:
        """What a visitor wrote, masked, and what in it still looks personal."""
        masked = self.masker.mask(text)
        doubts = self.masker.doubts(masked)
        return f"{masked} [personal? {', '.join(doubts)}]" if doubts else masked

    @property
    def again_share(self) -> float:
        """Estimated number of repetitions, where only a sample of the pairs was compared."""
        repeats = self.figures.repeats
        return len(self.again) * repeats.seen / len(repeats.pairs) if repeats.pairs else 0.0


def make_report(engine: Engine, period: Period, judged: Path = JUDGED) -> Report:
    """Reads the store and counts.

    Raises:
        CommandError: if the store cannot be read, or has no turn in the period.
    """
    content = load()
    reader = TurnReader(content, period)
    events = read_events(engine, period, Progress("Reading conversations"))
    figures = count(reader.read(events), Repeats())
    if not figures.turns:
        raise CommandError(f"there are no conversations to report on ({period})")
    pairs = figures.repeats.pairs
    again = asked_again(pairs, packaged_encoder(), Progress("Comparing")) if pairs else []
    return Report(
        str(period),
        content,
        figures,
        again,
        Masker(known_words()),
        model_names(),
        reader.unreadable,
        Judgements(judged),
    )


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


def verdicts(report: Report) -> list[tuple[str, int]]:
    """How many messages had which verdict, as people read it."""
    counts = report.figures.verdicts
    return [(name.replace("_", " "), counts[name]) for name in VERDICTS]


def signs(report: Report) -> list[tuple[str, str, str]]:
    """Signs of wrong replies, how often, and their share of what was asked."""
    figures = report.figures
    counted = [(WHY[name], figures.signs[name]) for name in (*_OF_FIGURES, WRONG)]
    counted.append((WHY[LAST], figures.left_after))
    return [(why, f"{number:,}", percent(number, figures.questions)) for why, number in counted]


def judged_tables(report: Report) -> list[tuple[str, list[tuple[str, ...]]]]:
    """What keepers judged, by month of the question and by what spoke; none before they did."""
    judged = report.judged
    if not len(judged):
        return []
    versions = {report.version(*key): counts for key, counts in judged.by_version().items()}
    counted = judged.reasons().most_common()
    reasons: list[tuple[str, ...]] = [(name, str(number)) for name, number in counted]
    return [
        ("Judged, by month", _graded(judged.by_month())),
        ("Judged, by content / model", _graded(versions)),
        ("Judged not right, because of", reasons),
    ]


def _graded(counts: Mapping[str, Counter[str]]) -> list[tuple[str, ...]]:
    return [
        (name, str(grades.total()), *(percent(grades[each], grades.total()) for each in GRADES))
        for name, grades in counts.items()
    ]


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
    from keepers.page import page  # here, so that its template is read only when it is needed

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
