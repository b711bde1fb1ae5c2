"""What the database's part of a turn costs when the table is small, and when it is large.

Fills PostgreSQL with made-up conversations up to a number of events, and at each size reads and
appends as servers do, and in the end deletes. The statements are those of `server.tracker_store`.
"""

from __future__ import annotations

import argparse
import asyncio
import random
import sys
import time
from collections.abc import Awaitable, Callable, Iterator, Sequence
from contextlib import contextmanager

import sqlalchemy as sa
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import ActionExecuted, BotUttered, Event, SlotSet, UserUttered

from benchmarks.model import spread
from benchmarks.services import MissingProgram, Postgresql, open_folder, postgresql
from server.tracker_store import ConversationStore
from tools.console import CommandError, guarded, table

_EVENTS_OF_A_CONVERSATION = 60
_PATIENCE_SECONDS = 600.0
_TURNS = 300
_SEED = 5
_DAYS = 100.0
# About what an event of the assistant's takes in the mean: 6.9 kB a turn of eight events.
_FILLING = "x" * 650
_FILL = sa.text(
    """
    INSERT INTO events (sender_id, type_name, timestamp, data)
    SELECT 'web-' || c,
           CASE e WHEN 0 THEN 'session_started' WHEN 1 THEN 'user' ELSE 'slot' END,
           extract(epoch FROM now()) - 86400 * :days * (1 - c::float / :last) + e,
           '{"event": "slot", "name": "topic", "value": null, "timestamp": 0, "metadata": {"x": "'
               || :filling || '"}}'
    FROM generate_series(CAST(:first AS int), CAST(:last AS int)) AS c,
         generate_series(0, :events - 1) AS e
    ORDER BY c, e
    """
)


def _turn() -> list[Event]:
    return [
        UserUttered("what skills do they need", {"name": "skills", "confidence": 1.0}),
        *(SlotSet("topic", _FILLING) for _ in range(5)),
        ActionExecuted("action_reply"),
        BotUttered("They need a programming language."),
    ]


@contextmanager
def _server() -> Iterator[Postgresql]:
    with open_folder() as folder, postgresql(folder / "postgresql") as server:
        yield server


def _grow(engine: sa.engine.Engine, first: int, last: int) -> None:
    values = {
        "first": first,
        "last": last,
        "days": _DAYS,
        "events": _EVENTS_OF_A_CONVERSATION,
        "filling": _FILLING,
    }
    with engine.begin() as connection:
        connection.execute(_FILL, values)
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(sa.text("VACUUM ANALYZE events"))


async def _timed(work: Callable[[str], Awaitable[object]], senders: Sequence[str]) -> list[float]:
    times = []
    for sender in senders:
        started = time.perf_counter()
        await work(sender)
        times.append(1000 * (time.perf_counter() - started))
    return times


async def _measure(store: ConversationStore, senders: Sequence[str]) -> list[str]:
    """Milliseconds of what a turn does, in its order."""

    async def append(sender: str) -> None:
        tracker = await store.retrieve(sender)
        if tracker is None:
            raise CommandError(f"{sender} is lost")
        tracker.update_with_events(_turn(), store.domain)
        await store.save(tracker)

    finding = await _timed(lambda sender: store.utterances(sender, "no-such-id"), senders)
    reading = await _timed(store.retrieve, senders)
    whole = await _timed(append, senders)
    return [spread(finding), spread(reading), spread(whole)]


def _work(sizes: Sequence[int]) -> None:
    rows = []
    with _server() as server:
        store = ConversationStore(
            Domain.empty(), host=server.url, patience_seconds=_PATIENCE_SECONDS
        )
        engine = sa.create_engine(server.url)
        asyncio.run(store.check())  # makes the table
        chance, conversations = random.Random(_SEED), 0  # noqa: S311
        for size in sizes:
            wanted = max(conversations + 1, size // _EVENTS_OF_A_CONVERSATION)
            print(f"Filling up to {size:,} events ...", flush=True)
            _grow(engine, conversations + 1, wanted)
            conversations = wanted
            senders = [f"web-{chance.randint(1, wanted)}" for _ in range(_TURNS)]
            times = asyncio.run(_measure(store, senders))
            with engine.connect() as connection:
                bytes_ = connection.execute(sa.text("SELECT pg_total_relation_size('events')"))
                gigabytes = f"{int(bytes_.scalar()) / 1e9:.2f}"
            rows.append((f"{size:,}", gigabytes, *times))
        started = time.perf_counter()
        deleted = store.forget(_DAYS * 0.9)
        seconds = time.perf_counter() - started
    header = ("events", "GB", "is it new", "read", "read, append")
    print(f"\nMilliseconds, p50 / p95:\n\n{table(header, rows, fits=False)}")
    print(
        f"\nThe oldest {deleted.conversations:,} conversations ({deleted.events:,} events) were "
        f"deleted in {seconds:.0f} s."
    )


def main() -> int:
    """Command line: `python -m benchmarks.database [--events N]...`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--events", type=int, nargs="+", default=[100_000, 1_000_000, 10_000_000])
    options = parser.parse_args()

    def work() -> None:
        try:
            _work(sorted(options.events))
        except MissingProgram as error:
            raise CommandError(str(error)) from error

    return guarded(work)


if __name__ == "__main__":
    sys.exit(main())
