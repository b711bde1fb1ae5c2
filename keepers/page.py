"""The report as one page of HTML with charts, without a script and without an outside address."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta, timezone
from html import escape
from pathlib import Path
from string import Template

from keepers.counted import Report, judged_tables, signs, verdicts
from keepers.figures import Question, most_asked, never_told
from keepers.judgements import GRADES
from keepers.turns import ANSWER, APOLOGY, CLARIFY, GAP, KINDS, SILENCE
from tools.console import percent

_TEMPLATE = Path(__file__).with_name("page.html")
_MOST = 20
_CHART_WIDTH, _CHART_HEIGHT, _CHART_FOOT = 960, 180, 22
_MOST_WIDTH = 48  # of one column
_MOST_COLUMNS = 92  # days; more than that are shown by the week
_EPOCH = date(1970, 1, 1)
_CLASSES = {SILENCE: "none"}
_NAMES = {
    ANSWER: "answered",
    GAP: "refused: the source leaves it open",
    CLARIFY: "unsure: asked back",
    "prompt": "other prompts",
    "small_talk": "small talk",
    APOLOGY: "failed: apologised",
    SILENCE: "no reply at all",
}


def page(report: Report) -> str:
    """The whole page."""
    figures = report.figures
    title = f"What visitors asked: {report.period}"
    days = f"{_day(figures.first)} to {_day(figures.last)}"
    panels = [
        _wide("Turns by day", _columns(figures.days)),
        _wide("What became of the messages", _kinds(figures.kinds)),
        _wide("What was said of a claim or a question", _bars(verdicts(report), ANSWER)),
        _panel("Answers by topic", _bars(_titled(report, figures.topics), ANSWER)),
        _panel("Refusals by named gap", _bars(_titled(report, figures.gaps), GAP)),
        _panel("Thumbs", _thumbs(report)),
        _panel("Where conversations ended", _drop_offs(report)),
        _wide("Signs of wrong replies", _table(("sign", "times", "share"), signs(report))),
        *(_wide(heading, _judged(rows)) for heading, rows in judged_tables(report)),
        _wide("Unsure: the assistant asked back", _questions(report, figures.unsure)),
        _wide("Open, without a gap of its own", _questions(report, figures.unanswered)),
        _wide("Asked again in other words", _again(report)),
        _wide("Answers never used", _unused(report)),
        _wide("By content and model version", _versions(report)),
    ]
    body = "\n".join(
        [
            f"<h1>{escape(title)}</h1>",
            f'<p class="quiet">{days}, days in UTC. Personal data is masked, and what still '
            "looks so is named.</p>",
            _tiles(report),
            f'<div class="panels">{"".join(panels)}</div>',
        ]
    )
    return Template(_TEMPLATE.read_text(encoding="utf-8")).substitute(
        title=escape(title), body=body
    )


def _day(moment: float) -> str:
    return datetime.fromtimestamp(moment, timezone.utc).date().isoformat()


def _panel(heading: str, inside: str, kind: str = "") -> str:
    return f'<section class="{kind}"><h2>{escape(heading)}</h2>{inside}</section>\n'


def _wide(heading: str, inside: str) -> str:
    return _panel(heading, inside, "wide")


def _tiles(report: Report) -> str:
    figures = report.figures
    tiles = [
        (f"{figures.conversations:,}", "conversations"),
        (f"{figures.turns:,}", "turns"),
        (percent(figures.kinds[ANSWER], figures.turns), "answered"),
        (percent(figures.kinds[GAP], figures.turns), "refused"),
        (percent(figures.kinds[CLARIFY], figures.turns), "unsure"),
        (f"{report.again_share:,.0f}", "asked again"),
        (f"{figures.good.total():,} / {figures.bad.total():,}", "thumbs up / down"),
    ]
    if report.unreadable:
        tiles.append((f"{report.unreadable:,}", "unreadable events"))
    inside = "".join(
        f'<div class="tile"><b>{value}</b><span>{name}</span></div>' for value, name in tiles
    )
    return f'<div class="tiles">{inside}</div>'


def _columns(days: Counter[int]) -> str:
    """A column for each day, empty days included; for each week where there are many."""
    bars = _spans(days)
    top = max(number for _, number in bars)
    step = _CHART_WIDTH / len(bars)
    size = min(step * 0.8, _MOST_WIDTH)
    shapes = []
    for index, (name, number) in enumerate(bars):
        height = _CHART_HEIGHT * number / top
        shapes.append(
            f'<rect class="answer" x="{index * step:.1f}" width="{size:.1f}" '
            f'y="{_CHART_HEIGHT - height:.1f}" height="{height:.1f}">'
            f"<title>{name}: {number:,}</title></rect>"
        )
    base = _CHART_HEIGHT
    label = f"Turns from {bars[0][0]} to {bars[-1][0]}, at most {top:,}"
    ends = f'<text x="0" y="{base + 16}">{bars[0][0]}</text>'
    if len(bars) > 1:
        ends += f'<text x="{_CHART_WIDTH}" y="{base + 16}" text-anchor="end">{bars[-1][0]}</text>'
    return (
        f'<svg role="img" aria-label="{label}" '
        f'viewBox="0 0 {_CHART_WIDTH} {_CHART_HEIGHT + _CHART_FOOT}">'
        f'<line x1="0" x2="{_CHART_WIDTH}" y1="{base}" y2="{base}"/>{"".join(shapes)}'
        f"{ends}</svg>"
        f'<p class="quiet">At most {top:,}.</p>'
    )


def _spans(days: Counter[int]) -> list[tuple[str, int]]:
    first, last = min(days), max(days)
    size = 1 if last - first < _MOST_COLUMNS else 7
    return [
        (
            (_EPOCH + timedelta(days=start)).isoformat(),
            sum(days[day] for day in range(start, start + size)),
        )
        for start in range(first, last + 1, size)
    ]


def _kinds(kinds: Counter[str]) -> str:
    """One bar of all messages, cut up by what became of them, with a key."""
    total, place = kinds.total(), 0.0
    shapes, key = [], []
    for kind in KINDS:
        if not kinds[kind]:
            continue
        size = 100 * kinds[kind] / total
        colour = _CLASSES.get(kind, kind)
        shapes.append(f'<rect class="{colour}" x="{place:.3f}" width="{size:.3f}" height="10"/>')
        place += size
        swatch = f'<svg viewBox="0 0 10 10" aria-hidden="true">{_box(colour, 10)}</svg>'
        share = percent(kinds[kind], total)
        key.append(f"<li>{swatch}{_NAMES[kind]}: {kinds[kind]:,} ({share})</li>")
    return (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" style="height:1.75rem" '
        f'aria-hidden="true">{"".join(shapes)}</svg><ul class="key">{"".join(key)}</ul>'
    )


def _box(colour: str, size: float) -> str:
    return f'<rect class="{colour}" width="{size:.2f}" height="10"/>'


def _titled(report: Report, counts: Counter[str]) -> list[tuple[str, int]]:
    return [(report.title(key), number) for key, number in counts.most_common(_MOST)]


def _bars(rows: Sequence[tuple[str, int]], colour: str) -> str:
    """A table with a bar in each row."""
    if not rows:
        return _nothing()
    top = max(1, *(number for _, number in rows))
    return _rows(
        ("", "times", ""),
        (
            f'<td class="words">{escape(name)}</td><td class="number">{number:,}</td>'
            f'<td class="bar">{_bar(number / top, colour)}</td>'
            for name, number in rows
        ),
    )


def _bar(share: float, colour: str) -> str:
    return (
        '<svg viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">'
        f"{_box(colour, 100 * share)}</svg>"
    )


def _rows(header: Sequence[str], rows: Iterable[str]) -> str:
    numbers = {"times", "share", *GRADES, "up", "down", "turns", "answered", "refused", "unsure"}
    heads = "".join(
        f'<th scope="col"{_number(name in numbers)}>{escape(name)}</th>' for name in header
    )
    lines = "".join(f"<tr>{row}</tr>" for row in rows)
    return f"<table><tr>{heads}</tr>{lines}</table>"


def _number(yes: bool) -> str:
    return ' class="number"' if yes else ""


def _table(header: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    return _rows(header, (_cells(name, *numbers) for name, *numbers in rows))


def _judged(rows: Sequence[tuple[str, ...]]) -> str:
    if not rows:
        return _nothing()
    return _table(("", "times", *GRADES)[: len(rows[0])], rows)


def _nothing() -> str:
    return '<p class="quiet">None.</p>'


def _thumbs(report: Report) -> str:
    good, bad = report.figures.good, report.figures.bad
    keys = [key for key, _ in (good + bad).most_common(_MOST)]
    if not keys:
        return _nothing()
    return _rows(
        ("answer", "up", "down"),
        (_cells(report.title(key), f"{good[key]:,}", f"{bad[key]:,}") for key in keys),
    )


def _cells(name: str, *numbers: str) -> str:
    rest = "".join(f'<td class="number">{escape(number)}</td>' for number in numbers)
    return f'<td class="words">{escape(name)}</td>{rest}'


def _drop_offs(report: Report) -> str:
    found = report.figures.drop_offs.most_common(_MOST)
    return _rows(
        ("last topic", "last reply", "times"),
        (
            f"<td>{escape(report.title(topic) if topic else '-')}</td>"
            f'<td>{escape(_NAMES[kind])}</td><td class="number">{number:,}</td>'
            for (kind, topic), number in found
        ),
    )


def _questions(report: Report, questions: Mapping[str, Question]) -> str:
    found = most_asked(dict(questions), _MOST)
    if not found:
        return _nothing()
    return _rows(
        ("question", "nearest topics", "times"),
        (
            f'<td class="words">{escape(report.shown(each.text))}</td>'
            f"<td>{escape(', '.join(map(report.title, each.near)))}</td>"
            f'<td class="number">{each.count:,}</td>'
            for each in found
        ),
    )


def _again(report: Report) -> str:
    repeats, mask = report.figures.repeats, report.shown
    note = ""
    if repeats.seen > len(repeats.pairs):
        note = (
            f'<p class="quiet">{len(repeats.pairs):,} of {repeats.seen:,} pairs were compared; '
            f"{len(report.again):,} of these mean the same.</p>"
        )
    if not report.again:
        return note + _nothing()
    return note + _rows(
        ("first", "then", "after"),
        (
            f'<td class="words">{escape(mask(each.first))}</td>'
            f'<td class="words">{escape(mask(each.second))}</td>'
            f"<td>{escape(report.title(each.topic) if each.topic else _NAMES[each.kind])}</td>"
            for each in report.again[:_MOST]
        ),
    )


def _unused(report: Report) -> str:
    keys = never_told(report.content, report.figures)
    return f"<p>{escape(', '.join(map(report.title, keys)))}</p>" if keys else _nothing()


def _versions(report: Report) -> str:
    def row(version: tuple[str, str], counts: Counter[str]) -> str:
        shares = [percent(counts[kind], counts["turns"]) for kind in (ANSWER, GAP, CLARIFY)]
        thumbs = [f"{counts[verdict]:,}" for verdict in ("good", "bad")]
        return _cells(report.version(*version), f"{counts['turns']:,}", *shares, *thumbs)

    return _rows(
        ("content / model", "turns", "answered", "refused", "unsure", "up", "down"),
        (row(version, counts) for version, counts in report.figures.versions.items()),
    )
