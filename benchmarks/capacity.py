"""What a turn costs each part of the whole, and what follows for many conversations.

CPU time is measured, not the time on the clock, so that other work on the machine matters little.
"""

from __future__ import annotations

import asyncio
import os
import sys
from dataclasses import dataclass
from math import ceil
from pathlib import Path

import sqlalchemy as sa

from benchmarks.hanging import family
from benchmarks.model import spread
from benchmarks.scale import talkers
from benchmarks.services import MissingProgram
from benchmarks.topology import Topology, running
from benchmarks.visitors import all_talk
from tools.console import CommandError, guarded, table
from tools.train import train_if_changed

_CONVERSATIONS = 80
_TURNS = 10
_AT_ONCE = 8
# For the outlook: what a visitor asks, how long conversations are kept, and how busy a core may be
# before its turns begin to queue.
_TURNS_OF_A_VISITOR = 6
_KEPT_DAYS = 180
_BUSY = 0.6
_RATES = (10, 1_000, 100_000)
_SIZE = sa.text("SELECT pg_total_relation_size('events')")


@dataclass(frozen=True)
class Part:
    """One kind of process.

    Attributes:
        name: what it is called.
        milliseconds: CPU time of a turn.
        megabytes: private memory of one process, with its share of what is shared; 10^6 bytes.
    """

    name: str
    milliseconds: float
    megabytes: float


def _cpu_seconds(process_id: int) -> float:
    """CPU time of a process and its children, those that have ended included."""
    ticks = 0
    for member in family(process_id):
        text = Path(f"/proc/{member}/stat").read_text(encoding="utf-8")
        fields = text.rpartition(")")[2].split()
        ticks += sum(map(int, fields[11:15] if member == process_id else fields[11:13]))
    return ticks / os.sysconf("SC_CLK_TCK")


def _megabytes(process_id: int) -> float:
    total = 0
    for member in family(process_id):
        for line in Path(f"/proc/{member}/smaps_rollup").read_text(encoding="utf-8").splitlines():
            if line.startswith("Pss:"):
                total += int(line.split()[1])
    return total * 1024 / 1e6


def _measure(whole: Topology) -> tuple[list[Part], list[float], float]:
    """Costs of the parts, milliseconds of each turn, and stored bytes of a turn."""
    if whole.redis.process is None:
        raise CommandError("Redis does not run")
    parts = {
        "bot server": [node.process.pid for node in whole.bots],
        "action server": [node.process.pid for node in whole.actions],
        "PostgreSQL": [whole.database.process_id],
        "Redis": [whole.redis.process.pid],
        "nginx": [whole.nginx_id],
    }
    asyncio.run(all_talk(talkers(whole.address, 16, 4), _AT_ONCE))  # connections and caches
    stored = _stored_bytes(whole)
    before = {name: sum(map(_cpu_seconds, ids)) for name, ids in parts.items()}
    visitors = talkers(whole.address, _CONVERSATIONS, _TURNS)
    asyncio.run(all_talk(visitors, _AT_ONCE))
    turns = sum(len(visitor.answers) for visitor in visitors)
    costs = [
        Part(
            name,
            1000 * (sum(map(_cpu_seconds, ids)) - before[name]) / turns,
            sum(map(_megabytes, ids)) / len(ids),
        )
        for name, ids in parts.items()
    ]
    times = [each for visitor in visitors for each in visitor.milliseconds]
    return costs, times, (_stored_bytes(whole) - stored) / turns


def _stored_bytes(whole: Topology) -> int:
    with sa.create_engine(whole.database.url).connect() as connection:
        return int(connection.execute(_SIZE).scalar())


def _outlook(parts: list[Part], bytes_of_turn: float) -> str:
    rows = []
    for conversations in _RATES:
        turns = conversations * _TURNS_OF_A_VISITOR / 60
        servers = [max(2, ceil(turns * part.milliseconds / 1000 / _BUSY)) for part in parts[:2]]
        gigabytes = sum(n * part.megabytes for n, part in zip(servers, parts, strict=False)) / 1000
        database = turns * parts[2].milliseconds / 1000 / _BUSY
        kept = turns * 86_400 * bytes_of_turn / 1e9
        rows.append(
            (
                f"{conversations:,}",
                f"{turns:,.0f}",
                f"{servers[0]:,}",
                f"{servers[1]:,}",
                f"{gigabytes:,.1f}",
                f"{database:,.1f}",
                f"{kept:,.1f}",
                f"{kept * _KEPT_DAYS:,.0f}",
            )
        )
    header = ("conversations/min", "turns/s", "bots", "actions", "their GB", "database cores")
    return table((*header, "GB/day", f"GB in {_KEPT_DAYS} days"), rows, fits=False)


def _work() -> None:
    model = train_if_changed()
    print("Starting everything ...", flush=True)
    try:
        with running(model) as whole:
            parts, times, bytes_of_turn = _measure(whole)
    except MissingProgram as error:
        raise CommandError(str(error)) from error
    rows = [
        (
            part.name,
            f"{part.milliseconds:.1f}",
            f"{1000 / max(part.milliseconds, 0.001):.0f}",
            f"{part.megabytes:.0f}",
        )
        for part in parts
    ]
    print(f"\n{table(('', 'CPU ms a turn', 'turns/s a core', 'MB'), rows)}")
    print(f"\nA turn over HTTP, ms p50 / p95, {_AT_ONCE} at once: {spread(times)}")
    print(f"Stored in PostgreSQL: {bytes_of_turn / 1000:.1f} kB a turn, indices included")
    print(
        f"\nOutlook: {_TURNS_OF_A_VISITOR} turns a conversation, cores at most {_BUSY:.0%} busy, "
        f"two servers of each kind at least\n\n{_outlook(parts, bytes_of_turn)}"
    )


def main() -> int:
    """Command line: `python -m benchmarks.capacity`."""
    return guarded(_work)


if __name__ == "__main__":
    sys.exit(main())
