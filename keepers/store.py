"""Reads conversations from Rasa's SQL tracker store, without Rasa and without getting in its way.

The table is that of rasa/core/tracker_store.py, `SQLTrackerStore.SQLEvent`. A reader that keeps a
SQLite file open for long makes the server's writes wait, and Rasa then loses events; so rows are
read in short ranges of ids, and nothing is held between two of them.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta, timezone
from pathlib import Path
from typing import Any, NamedTuple

import sqlalchemy as sa
from sqlalchemy.engine import Engine
from sqlalchemy.exc import SQLAlchemyError

from tools.console import CommandError, Progress
from tools.place import file_of
from tools.stores import open_store, read_store_config

_IDS_AT_ONCE = 20_000
#: Slots whose changes tell what visitors thought of answers, and which content these are from.
SLOTS = ("feedback", "content_version")
_TYPES = ("user", "bot", "session_started")

_EVENTS = sa.table(
    "events",
    *(sa.column(name) for name in ("id", "sender_id", "type_name", "timestamp", "action_name")),
    sa.column("data"),
)


class Event(NamedTuple):
    """One stored event; `data` is JSON as Rasa wrote it."""

    sender: str
    kind: str
    time: float
    data: str


@dataclass(frozen=True)
class Period:
    """Days to report on, in UTC, first and last one included; None leaves an end open."""

    first: date | None = None
    last: date | None = None

    @classmethod
    def read(cls, first: str | None, last: str | None) -> Period:
        """From two dates as typed.

        Raises:
            CommandError: if one is no date, or they are the wrong way round.
        """
        period = cls(_day("FROM", first), _day("TO", last))
        if period.first and period.last and period.first > period.last:
            raise CommandError(f"FROM={period.first} is after TO={period.last}")
        return period

    @property
    def start(self) -> float:
        """First moment of the period, in seconds since 1970."""
        return _midnight(self.first) if self.first else float("-inf")

    @property
    def end(self) -> float:
        """First moment after the period."""
        return _midnight(self.last + timedelta(days=1)) if self.last else float("inf")

    def __str__(self) -> str:
        if self.first is None and self.last is None:
            return "all days"
        return f"{self.first or 'the first day'} to {self.last or 'today'}"


def _day(name: str, value: str | None) -> date | None:
    if not value:
        return None
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise CommandError(f"{name}={value} is not a date like 2025-11-30") from None


def _midnight(day: date) -> float:
    return datetime.combine(day, time(), timezone.utc).timestamp()


def add_options(parser: argparse.ArgumentParser) -> None:
    """Which store a command reads, and of which days."""
    parser.add_argument("--endpoints", type=Path, default=file_of("endpoints.yml"))
    parser.add_argument("--from", dest="first", metavar="DAY", help="first day, 2025-11-01")
    parser.add_argument("--to", dest="last", metavar="DAY", help="last day, 2025-11-30")


def opened(options: argparse.Namespace) -> tuple[Engine, Period]:
    """The store that is named by these options, and the days.

    Raises:
        CommandError: as `Period.read`, `read_store_config` and `open_store`.
    """
    period = Period.read(options.first, options.last)
    return open_store(read_store_config(options.endpoints)), period


def read_events(engine: Engine, period: Period, progress: Progress) -> Iterator[Event]:
    """Events that a report needs, oldest first.

    Changes of slots come from before the period too: they tell how things stood when it began.

    Raises:
        CommandError: if the database cannot be read.
    """
    try:
        with engine.connect() as connection:
            last = connection.execute(sa.select(sa.func.max(_EVENTS.c.id))).scalar() or 0
            first = connection.execute(sa.select(sa.func.min(_EVENTS.c.id))).scalar() or 0
        for low in range(first - 1, last, _IDS_AT_ONCE):
            with engine.connect() as connection:  # lets go of the database after each range
                rows = connection.execute(_query(period, low, min(low + _IDS_AT_ONCE, last)))
                found = rows.cursor.fetchall()  # plain tuples: there are millions
            yield from (Event(*row) for row in found)
            progress.at(low - first, last - first)
        progress.end()
    except SQLAlchemyError as error:
        raise CommandError(f"the conversations cannot be read: {_reason(error)}") from error
    finally:
        engine.dispose()


def conversation_of(engine: Engine, sender: str) -> list[Event]:
    """All events of one visitor, oldest first.

    Raises:
        CommandError: if the database cannot be read.
    """
    events = _EVENTS.c
    columns = (events.sender_id, events.type_name, events.timestamp, events.data)
    wanted = sa.select(*columns).where(events.sender_id == sender).order_by(events.id)
    try:
        with engine.connect() as connection:
            return [Event(*row) for row in connection.execute(wanted).cursor.fetchall()]
    except SQLAlchemyError as error:
        raise CommandError(f"the conversations cannot be read: {_reason(error)}") from error


def _query(period: Period, low: int, high: int) -> Any:
    events = _EVENTS.c
    is_slot = sa.and_(events.type_name == "slot", events.action_name.in_(SLOTS))
    wanted = events.type_name.in_(_TYPES)
    if period.first:
        wanted = sa.and_(wanted, events.timestamp >= period.start)
    condition = sa.and_(events.id > low, events.id <= high, sa.or_(wanted, is_slot))
    if period.last:
        condition = sa.and_(condition, events.timestamp < period.end)
    columns = (events.sender_id, events.type_name, events.timestamp, events.data)
    return sa.select(*columns).where(condition).order_by(events.id)


def _reason(error: SQLAlchemyError) -> str:
    cause = str(getattr(error, "orig", None) or error)
    if "no such table" in cause or ("does not exist" in cause and "events" in cause):
        return "the database has no conversations in it (there is no table 'events')"
    return " ".join(cause.split())
