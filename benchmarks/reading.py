"""How well the reader reads articles it was not trained on, and from where it says yes or no."""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Sequence
from dataclasses import asdict
from pathlib import Path

from benchmarks.calibration import MOST_FALSE, Point, Scored, calibrated, curve, score
from reading.articles import DATA, ArticleError, held_out, read_article
from reading.encoder import EncoderError, packaged_encoder
from reading.evaluation import Figures, Report, total_of
from reading.packing import WeightsError, digest_of
from reading.reader import READER, RETRIEVER, THRESHOLDS, WEIGHTS, StatementReader
from reading.verdict import Thresholds

SHEET = Path("benchmarks/reading.md")
PICTURE = Path("docs/pictures/reading.png")
_HALF = 0.5


def scores(reader: StatementReader) -> list[Scored]:
    """All turns of the articles that nobody trains on, each read once."""
    return [
        each for name in held_out() for each in score(reader, read_article(DATA / f"{name}.json"))
    ]


def reports(items: Iterable[Scored], thresholds: Thresholds) -> list[Report]:
    """Figures of each article."""
    found: dict[str, Report] = {}
    for each in items:
        report = found.setdefault(each.article, Report(each.article))
        report.add(each.turn, each.reading(thresholds), each.seconds)
    return list(found.values())


def elsewhere(items: Sequence[Scored]) -> list[Report]:
    """Figures of each article at thresholds that were chosen on the others."""
    found = []
    for name in dict.fromkeys(each.article for each in items):
        chosen = calibrated([each for each in items if each.article != name])
        found += reports([each for each in items if each.article == name], chosen)
    return found


def kinds_of(items: Sequence[Scored]) -> dict[str, list[Scored]]:
    """Turns by kind, all of them last."""
    kinds = sorted({each.turn.kind for each in items})
    parts = {kind: [each for each in items if each.turn.kind == kind] for kind in kinds}
    return {**parts, "all": list(items)}


def sheet(items: Sequence[Scored], thresholds: Thresholds) -> str:
    """The figures as a page in Markdown."""
    found = reports(items, thresholds)
    rows = [(report.name, report.total) for report in found]
    of_kinds = [
        (kind, total_of(report.total for report in reports(some, thresholds)))
        for kind, some in kinds_of(items).items()
    ]
    others = total_of(report.total for report in elsewhere(items))
    points = [
        f"- Thresholds: {_named(asdict(thresholds))}.",
        *_at_bounds(curve(items, thresholds)),
        f"- Thresholds chosen on the other articles each time: {others.line()}.",
    ]
    parts = [
        "# The reader on articles that it was not trained on",
        "The last result of `python -m benchmarks.reading`. A turn is right when its class is"
        " (denied, confirmed, answered, not settled), and so is the statement where it is settled.",
        "![Yes and no that are said, and the false ones among them](../docs/pictures/reading.png)",
        _table("Kind of turn", of_kinds),
        _table("Article", rows),
        "\n".join(points),
    ]
    return "\n\n".join(parts) + "\n"


def _at_bounds(points: Sequence[Point]) -> list[str]:
    """What keeping to the bound of false ones costs, and what saying half would."""
    lines = []
    strict = [point for point in points if point.false <= MOST_FALSE]
    half = [point for point in points if point.said >= _HALF]
    if strict:
        lines.append(f"- At most {MOST_FALSE:.0%} of yes and no false: {_told(strict[0])}.")
    else:
        lines.append(f"- At no lead are at most {MOST_FALSE:.0%} of yes and no false.")
    if half:
        lines.append(f"- Yes or no said in half of the turns that have one: {_told(half[-1])}.")
    return lines


def _told(point: Point) -> str:
    return f"lead {point.sure:.3f}, said in {point.said:.1%}, {point.false:.1%} of them false"


def _table(first: str, rows: Iterable[tuple[str, Figures]]) -> str:
    names = ["right", "verdict_false", "verdict_said", "recall", "acts", "ms"]
    lines = [f"| {first} | turns | {' | '.join(names)} |", "| --- |" + " ---: |" * (len(names) + 1)]
    for name, figures in rows:
        shares = dict(part.split("=") for part in figures.line().split())
        cells = [name, str(figures.turns), *(shares.get(each, "-") for each in names)]
        lines.append(f"| {' | '.join(cells)} |")
    return "\n".join(lines)


def _named(values: dict[str, float]) -> str:
    return ", ".join(f"{name} {value:g}" for name, value in values.items())


def write_thresholds(thresholds: Thresholds, folder: Path) -> None:
    """Writes the thresholds, and of which weights they are."""
    of = digest_of(folder / READER, folder / RETRIEVER)
    found = {"weights": of, **asdict(thresholds)}
    (folder / THRESHOLDS).write_text(json.dumps(found, indent=1) + "\n", encoding="utf-8")


def draw(items: Sequence[Scored], thresholds: Thresholds, path: Path) -> None:
    """Writes the curve: a line for each kind of turn, and where the threshold lies."""
    import matplotlib as mpl  # here, as it takes a second to import

    mpl.use("Agg")  # files only, no display
    from matplotlib import pyplot

    figure, axes = pyplot.subplots(figsize=(7, 4.5))
    for kind, some in kinds_of(items).items():
        points = curve(some, thresholds)
        style = {"color": "black", "linewidth": 2} if kind == "all" else {"linewidth": 1.2}
        line = [(100 * each.said, 100 * each.false) for each in points]
        axes.plot(*zip(*line, strict=True), label=kind, **style)
        if kind == "all":
            at = min(points, key=lambda each: abs(each.sure - thresholds.sure))
            axes.plot(100 * at.said, 100 * at.false, "o", color="black")
    axes.axhline(100 * MOST_FALSE, color="tab:grey", linestyle=":")
    axes.set(
        xlabel="yes or no is said, % of the turns that have one",
        ylabel="false, % of what is said",
        title="Yes and no on articles the reader was not trained on",
        xlim=(0, 100), ylim=(0, None),
    )  # fmt: skip
    axes.grid(alpha=0.3)
    axes.legend(fontsize=8)
    path.parent.mkdir(parents=True, exist_ok=True)
    figure.savefig(path, dpi=110, bbox_inches="tight")
    pyplot.close(figure)


def main() -> int:
    """Command line: `python -m benchmarks.reading [--calibrate] [--picture FILE]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--calibrate", action="store_true", help="choose the thresholds anew")
    parser.add_argument("--picture", type=Path, default=PICTURE, help="file for the curve")
    parser.add_argument("--sheet", type=Path, default=SHEET, help="file for the figures")
    parser.add_argument("--weights", type=Path, default=WEIGHTS, help="folder of the reader")
    options = parser.parse_args()
    try:
        reader = StatementReader(packaged_encoder(), options.weights)
        items = scores(reader)
    except (ArticleError, EncoderError, WeightsError) as error:
        print(f"benchmarks.reading: {error}", file=sys.stderr)
        return 1
    thresholds = reader.thresholds
    if options.calibrate:
        thresholds = calibrated(items)
        write_thresholds(thresholds, options.weights)
    text = sheet(items, thresholds)
    options.sheet.write_text(text, encoding="utf-8")
    draw(items, thresholds, options.picture)
    print(text)
    return 0


if __name__ == "__main__":
    sys.exit(main())
