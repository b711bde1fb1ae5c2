"""Deletes conversations that nobody has continued for long."""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

import sqlalchemy as sa
from sqlalchemy.engine import URL, Connection, Engine

from server.database import EVENTS, create_engine

# Work of this kind has time, and stops nobody: it is done in small pieces.
_STATEMENT_SECONDS = 30.0
_BATCH = 100
_ROWS_AT_ONCE = 5_000
# Between batches, so that turns come in between.
_PAUSE_SECONDS = 0.02
# So many pages in a row without an old event, and what follows is young as well. Not one alone:
# events are numbered in the order of being stored, and a clock may have been wrong for a while.
_YOUNG_PAGES = 20
_LOCK = 7_203_106  # any number that nobody else takes an advisory lock on


@dataclass(frozen=True)
class Deleted:
    """What was deleted."""

    conversations: int
    events: int


def delete_untouched_since(url: str | URL, moment: float) -> Deleted:
    """Deletes all conversations whose last event is older than a moment.

    It works in small transactions, so that servers that are using the database go on, and reads the
    oldest events only. Whatever was deleted when it is interrupted stays deleted.

    Args:
        url: of the database of conversations.
        moment: seconds since 1970.
    """
    engine = create_engine(url, _STATEMENT_SECONDS)
    conversations = events = 0
    try:
        for page in _pages_with_old_events(engine, moment):
            for batch in _batches(iter(page)):
                with engine.begin() as connection:
                    deleted = _delete(connection, batch, moment)
                conversations += deleted.conversations
                events += deleted.events
                time.sleep(_PAUSE_SECONDS)
        if events and engine.dialect.name == "sqlite":
            with engine.connect() as connection:  # or the journal would go on telling it
                connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    finally:
        engine.dispose()
    return Deleted(conversations, events)


def _pages_with_old_events(engine: Engine, moment: float) -> Iterator[list[str]]:
    """Who took part in old events, a page of events at a time, oldest first."""
    columns = EVENTS.c.id, EVENTS.c.sender_id, EVENTS.c.timestamp
    last, young = 0, 0
    while young < _YOUNG_PAGES:
        query = sa.select(*columns).where(EVENTS.c.id > last).order_by(EVENTS.c.id)
        with engine.connect() as connection:
            rows = list(connection.execute(query.limit(_ROWS_AT_ONCE)))
        if not rows:
            return
        last = rows[-1][0]
        old = [row[1] for row in rows if row[2] is not None and row[2] < moment]
        young = 0 if old else young + 1
        if old:
            yield list(dict.fromkeys(old))


def _delete(connection: Connection, senders: Sequence[str], moment: float) -> Deleted:
    if connection.dialect.name == "postgresql":
        # Two servers that delete the same would wait for each other.
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(_LOCK)))
    last = sa.select(sa.func.max(EVENTS.c.id)).where(EVENTS.c.sender_id.in_(senders))
    ended = sa.select(EVENTS.c.sender_id).where(
        EVENTS.c.id.in_(last.group_by(EVENTS.c.sender_id)), EVENTS.c.timestamp < moment
    )
    gone = list(connection.execute(ended).scalars())
    if not gone:
        return Deleted(0, 0)
    done = connection.execute(EVENTS.delete().where(EVENTS.c.sender_id.in_(gone)))
    return Deleted(len(gone), done.rowcount)


def _batches(senders: Iterator[str]) -> Iterator[list[str]]:
    while batch := list(islice(senders, _BATCH)):
        yield batch
