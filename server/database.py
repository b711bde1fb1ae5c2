"""The database of conversations: its table, and connections that neither hang nor go stale."""

from __future__ import annotations

import os
import select
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import Any

import psycopg2
import sqlalchemy as sa
from psycopg2 import extensions
from rasa.core.tracker_store import create_engine_kwargs
from sqlalchemy import event
from sqlalchemy.engine import URL, Engine, ExceptionContext
from sqlalchemy.exc import DisconnectionError
from sqlalchemy.pool import QueuePool
from sqlalchemy.schema import CreateIndex, CreateTable

# Longest a statement, and longest a wait for somebody else's lock, as the database counts: a turn
# that fails must leave time for an apology, and behind nginx for another server.
STATEMENT_SECONDS = 0.8
_CONNECT_SECONDS = 2  # the least that libpq takes
# A server that froze in the middle of a transaction must not keep others out for long.
_IDLE_TRANSACTION_SECONDS = 2
_SCHEMA_LOCK = 7_203_105  # any number that nobody else takes an advisory lock on

SESSION_STARTED = "session_started"

# The table of Rasa's SQLTrackerStore (rasa/core/tracker_store.py, `SQLEvent`), so that `rasa
# export` and a stock store read it as well; only the id is wider, as four bytes are used up within
# three weeks at a thousand conversations a minute. The two indexes serve reading: the start of a
# conversation's latest session, and all events from there on.
EVENTS = sa.Table(
    "events",
    sa.MetaData(),
    sa.Column("id", sa.BigInteger().with_variant(sa.Integer, "sqlite"), primary_key=True),
    sa.Column("sender_id", sa.String(255), nullable=False),
    sa.Column("type_name", sa.String(255), nullable=False),
    sa.Column("timestamp", sa.Float(53)),
    sa.Column("intent_name", sa.String(255)),
    sa.Column("action_name", sa.String(255)),
    sa.Column("data", sa.Text),
    sa.Index("events_of_conversation", "sender_id", "id"),
    sa.Index(
        "events_sessions",
        "sender_id",
        "type_name",  # always the same; makes SQLite prefer this index to the other
        "id",
        sqlite_where=sa.text(f"type_name = '{SESSION_STARTED}'"),
        postgresql_where=sa.text(f"type_name = '{SESSION_STARTED}'"),
    ),
)


_patience = threading.local()


@contextmanager
def patience(seconds: float) -> Iterator[None]:
    """Limits what this thread waits for a PostgreSQL server, all waiting in the block together.

    `statement_timeout` does nothing where the server itself hangs, and the kernel of a machine
    whose processes hang goes on taking in what is sent.
    """
    _patience.until = time.monotonic() + seconds
    try:
        yield
    finally:
        _patience.until = None


def _wait(connection: Any) -> None:
    """Waits for a server; psycopg2 closes the connection of which this raises."""
    while (state := connection.poll()) != extensions.POLL_OK:
        until = getattr(_patience, "until", None)
        left = None if until is None else max(0.0, until - time.monotonic()) * 1000
        ready = select.poll()
        reads = state == extensions.POLL_READ
        ready.register(connection.fileno(), select.POLLIN if reads else select.POLLOUT)
        if not ready.poll(left):
            raise psycopg2.OperationalError("the database server did not answer in time")


def create_engine(url: str | URL, seconds: float = STATEMENT_SECONDS) -> Engine:
    """An engine whose connections create the table when it is missing.

    It connects when it is first used, not before, so that a server can start while its database is
    down. SQL parameters, which hold what visitors typed, are kept out of its errors.

    Args:
        url: of an SQLite file or a PostgreSQL database.
        seconds: longest a statement may take.
    """
    url = sa.engine.make_url(url)
    if url.get_backend_name() == "sqlite":
        return _sqlite_engine(url, seconds)
    if url.get_backend_name() == "postgresql":
        return _postgresql_engine(url, seconds)
    raise ValueError(f"conversations are kept in SQLite or PostgreSQL, not in {url.drivername}")


def _sqlite_engine(url: URL, seconds: float) -> Engine:
    # One pool for all threads: closing the last connection of a WAL database costs a checkpoint,
    # which SQLAlchemy's default for files (a connection for each use) would pay on every turn.
    engine = sa.create_engine(
        url,
        poolclass=QueuePool,
        connect_args={"check_same_thread": False, "timeout": seconds},
        hide_parameters=True,
    )
    statements = _schema(engine)

    @event.listens_for(engine, "connect")
    def prepare(connection: sqlite3.Connection, record: Any) -> None:
        # WAL: readers and the writer do not wait for each other. NORMAL: a killed process loses
        # nothing; a power cut may lose the last turns, and never leaves half of one. What was
        # deleted is overwritten.
        for statement in (
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=NORMAL",
            "PRAGMA secure_delete=ON",
            *statements,
        ):
            connection.execute(statement)
        record.info["file"] = _file_identity(url)
        _make_private(url)

    @event.listens_for(engine, "checkout")
    def same_file(connection: sqlite3.Connection, record: Any, proxy: Any) -> None:
        # A connection to a file that was deleted or replaced goes on writing into the void.
        if record.info["file"] != _file_identity(url):
            raise DisconnectionError("the database file is not the one that was opened")

    @event.listens_for(engine, "handle_error")
    def not_for_good(context: ExceptionContext) -> None:
        # A connection that was opened while the disk was read-only stays so when the disk is not.
        if "readonly" in str(context.original_exception):
            context.is_disconnect = True

    return engine


def _make_private(url: URL) -> None:
    """Lets nobody else read the conversations; a journal made later is as private as the file."""
    for ending in ("", "-wal", "-shm"):
        with suppress(OSError):  # not there, or somebody else's
            os.chmod(f"{url.database}{ending}", 0o600)


def _file_identity(url: URL) -> tuple[int, int] | None:
    try:
        status = os.stat(url.database or "")
    except OSError:
        return None
    return status.st_dev, status.st_ino


def _postgresql_engine(url: URL, seconds: float) -> Engine:
    extensions.set_wait_callback(_wait)
    kwargs = create_engine_kwargs(url)  # Rasa's environment variables: schema and size of the pool
    given = kwargs.pop("connect_args", {}).get("options", "")
    milliseconds = int(1000 * seconds)
    options = (
        f"{given} -c statement_timeout={milliseconds} -c lock_timeout={milliseconds} "
        f"-c idle_in_transaction_session_timeout={1000 * _IDLE_TRANSACTION_SECONDS}"
    )
    engine = sa.create_engine(
        url,
        pool_pre_ping=True,
        pool_use_lifo=True,  # so that idle connections can be closed from the server's side
        hide_parameters=True,
        connect_args={
            "connect_timeout": _CONNECT_SECONDS,
            "tcp_user_timeout": 1000 * _CONNECT_SECONDS,  # a peer that vanished without a word
            "application_name": "assistant",
            "options": options.strip(),
        },
        **kwargs,
    )
    statements = _schema(engine)

    @event.listens_for(engine, "connect")
    def prepare(connection: Any, _: Any) -> None:
        with connection, connection.cursor() as cursor:
            cursor.execute("SELECT to_regclass('events_sessions') IS NOT NULL")
            if not cursor.fetchone()[0]:
                # An index on a big table of Rasa's own store takes as long as it takes.
                _patience.until = None
                cursor.execute("SET LOCAL statement_timeout = 0; SET LOCAL lock_timeout = 0")
                # Several servers may come up at once, and IF NOT EXISTS alone does not order them.
                cursor.execute(f"SELECT pg_advisory_xact_lock({_SCHEMA_LOCK})")
                for statement in statements:
                    cursor.execute(statement)

    return engine


def _schema(engine: Engine) -> list[str]:
    parts = [CreateTable(EVENTS, if_not_exists=True)]
    parts += [CreateIndex(index, if_not_exists=True) for index in EVENTS.indexes]
    return [str(part.compile(engine)) for part in parts]
