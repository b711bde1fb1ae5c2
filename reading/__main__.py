"""`make reading DATA=folder`: the committed reader on article files, with figures for each."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from reading.articles import ArticleError, read_articles
from reading.encoder import EncoderError
from reading.evaluation import evaluate, total_of
from reading.packing import WeightsError
from reading.reader import StatementReader


def main() -> int:
    """Command line: `python -m reading FOLDER`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path, help="with *.json, and dialogues/ where present")
    options = parser.parse_args()
    try:
        reports = []
        reader = StatementReader.packaged()
        for article in read_articles(options.folder):
            report = evaluate(reader, article)
            reports.append(report)
            print(report.name, flush=True)
            for kind, figures in sorted(report.kinds.items()):
                print(f"  {kind:<13} {figures.turns:>5} {figures.line()}")
            print(f"  {'all':<13} {report.total.turns:>5} {report.total.line()}", flush=True)
    except (ArticleError, EncoderError, WeightsError) as error:
        print(f"make: {error}", file=sys.stderr)
        return 1
    kinds = sorted({kind for report in reports for kind in report.kinds})
    print("in all")
    for kind in kinds:
        total = total_of(report.kinds[kind] for report in reports if kind in report.kinds)
        print(f"  {kind:<13} {total.turns:>5} {total.line()}")
    print(total_of(report.total for report in reports).line())
    return 0


if __name__ == "__main__":
    sys.exit(main())
