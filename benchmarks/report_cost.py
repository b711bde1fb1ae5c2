"""What a report costs on many conversations.

Makes a big store out of a small real one: each conversation many times, by other visitors, at other
times, in words that vary, so that texts are as unique as people's; then reports on it.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import yaml

from benchmarks.processes import run_measured
from tools.console import CommandError, guarded, table

_SEED = 3
_DAYS = 90
_SECONDS_OF_A_DAY = 86_400
_AT_ONCE = 1_000  # conversations
_LIMIT_SECONDS = 1_800.0
_COLUMNS = "sender_id, type_name, timestamp, intent_name, action_name, data"
_FILLERS = "please now really then today exactly roughly maybe again honestly actually so".split()

Row = tuple[Any, ...]


def conversations(source: Path) -> list[list[Row]]:
    """The events of a store by visitor.

    Raises:
        CommandError: if there are none.
    """
    if not source.is_file():
        raise CommandError(f"there is no {source}: make one with 'python -m benchmarks.visitors'")
    found: dict[str, list[Row]] = {}
    with sqlite3.connect(source) as store:
        for row in store.execute(f"SELECT {_COLUMNS} FROM events ORDER BY id"):  # noqa: S608
            found.setdefault(row[0], []).append(row)
    if not found:
        raise CommandError(f"{source} has no conversations")
    return list(found.values())


def multiply(source: Path, target: Path, number: int) -> None:
    """Writes a store of so many conversations made of those of another."""
    chance = random.Random(_SEED)  # noqa: S311  nothing secret hangs on it
    patterns = conversations(source)
    with sqlite3.connect(source) as store:
        query = "SELECT sql FROM sqlite_master WHERE tbl_name = 'events' AND sql IS NOT NULL"
        schema = [row[0] for row in store.execute(query)]
    with sqlite3.connect(target) as store:
        for statement in schema:
            store.execute(statement)
        for start in range(0, number, _AT_ONCE):
            rows: list[Row] = []
            for index in range(start, min(start + _AT_ONCE, number)):
                rows += _copy(chance, patterns[index % len(patterns)], f"crowd-{index}")
            store.executemany(f"INSERT INTO events ({_COLUMNS}) VALUES (?,?,?,?,?,?)", rows)  # noqa: S608
            store.commit()


def _copy(chance: random.Random, pattern: list[Row], sender: str) -> Iterator[Row]:
    shift = -chance.random() * _DAYS * _SECONDS_OF_A_DAY
    for _, kind, time, intent, action, data in pattern:
        if kind == "user":
            data = _reworded(chance, data)
        yield sender, kind, time + shift, intent, action, data


def _reworded(chance: random.Random, data: str) -> str:
    event = json.loads(data)
    if not event["text"].startswith("/"):
        more = " ".join(chance.choices(_FILLERS, k=3))
        event["text"] = f"{event['text']} {more}"
        understanding = event["parse_data"].get("understanding") or {}
        if understanding.get("text"):
            understanding["text"] = f"{understanding['text']} {more}"
    return json.dumps(event)


def _work(options: argparse.Namespace) -> None:
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        store, endpoints = folder / "crowd.db", folder / "endpoints.yml"
        print("Making conversations ...", flush=True)
        multiply(options.source, store, options.count)
        tracker_store = {"type": "SQL", "dialect": "sqlite", "db": str(store)}
        endpoints.write_text(yaml.safe_dump({"tracker_store": tracker_store}), encoding="utf-8")
        command = [sys.executable, "-m", "keepers.report", "--endpoints", str(endpoints)]
        command += ["--page", str(folder / "report.html")]
        print("Reporting ...", flush=True)
        cost = run_measured(command, Path(".run") / "bench-report.log", _LIMIT_SECONDS, {})
        rows = [
            ("conversations", f"{options.count:,}"),
            ("store, MB", f"{store.stat().st_size / 1e6:,.0f}"),
            ("report, s", f"{cost.seconds:.1f}"),
            ("  peak memory, MB", f"{cost.peak_mb:.0f}"),
            ("  page, kB", f"{(folder / 'report.html').stat().st_size / 1e3:.0f}"),
        ]
    print(f"\n{table(('On this machine', ''), rows)}")


def main() -> int:
    """Command line: `python -m benchmarks.report_cost SOURCE [--count N]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("source", type=Path, help="an SQLite store of benchmarks.visitors")
    parser.add_argument("--count", type=int, default=100_000, help="conversations (100,000)")
    options = parser.parse_args()
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
