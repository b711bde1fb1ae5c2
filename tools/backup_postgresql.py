"""Copies the conversations of a PostgreSQL database, and puts a copy in their place."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import psycopg2
from psycopg2 import extensions
from sqlalchemy.engine import URL

from tools.console import CommandError

_DEBIANS = Path("/usr/lib/postgresql")
_IS_THERE = "SELECT count(*) FROM pg_class WHERE oid = to_regclass('events')"
_CONVERSATIONS = "SELECT count(DISTINCT sender_id) FROM events WHERE sender_id <> ''"
# By the name that ConversationStore connects with (server/database.py).
_SERVERS = (
    "SELECT count(*) FROM pg_stat_activity "
    "WHERE datname = current_database() AND application_name = 'assistant'"
)


def save(url: URL, target: Path) -> int:
    """Writes a copy, also while servers run; returns how many conversations are in it.

    Raises:
        CommandError: if the copy is there already, there is nothing to copy, or pg_dump is missing
            or fails.
    """
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise CommandError(f"{target} is there already") from None
    try:
        with _reading(url) as cursor:  # what is counted is what is copied
            snapshot = _one(cursor, "SELECT pg_export_snapshot()")
            count = _count(cursor)
            options = ["--format=custom", "--table=events", f"--snapshot={snapshot}"]
            _run(url, "pg_dump", *options, "--file", str(target))
    except BaseException:
        target.unlink()
        raise
    return count


def restore(source: Path, url: URL, replace: bool) -> int:
    """Puts a copy in the place of what is there, all or nothing; returns how many there are.

    Args:
        source: the copy.
        url: of the database.
        replace: whether conversations that are there may be lost.

    Raises:
        CommandError: if the copy is faulty, servers are connected, or there are conversations that
            may not be lost.
    """
    if not source.is_file():
        raise CommandError(f"there is no {source}")
    _run(url, "pg_restore", "--list", str(source))
    with _reading(url) as cursor:
        servers, held = _one(cursor, _SERVERS), _count(cursor)
    if servers:
        raise CommandError(f"{servers} connections are open: stop the servers first")
    if held and not replace:
        raise CommandError(
            f"the database has {held} conversations, which would be lost: copy them first (make "
            "backup), and say REPLACE=1"
        )
    options = ["--clean", "--if-exists", "--single-transaction", "--exit-on-error"]
    _run(url, "pg_restore", *options, f"--dbname={url.database}", str(source))
    with _reading(url) as cursor:
        return _count(cursor)


@contextmanager
def _reading(url: URL) -> Iterator[extensions.cursor]:
    """All that is read in the block is of one moment."""
    try:
        connection = psycopg2.connect(url.render_as_string(hide_password=False))
        try:
            connection.set_session(isolation_level="REPEATABLE READ", readonly=True)
            yield connection.cursor()
        finally:
            connection.close()
    except psycopg2.Error as error:
        raise CommandError(f"the database does not answer: {str(error).strip()}") from error


def _count(cursor: extensions.cursor) -> int:
    return int(_one(cursor, _CONVERSATIONS)) if _one(cursor, _IS_THERE) else 0


def _one(cursor: extensions.cursor, query: str) -> Any:
    cursor.execute(query)
    return cursor.fetchone()[0]


def folders() -> list[str]:
    """Where Debian keeps PostgreSQL's programs, the newest release first."""
    found = _DEBIANS.glob("*/bin")
    return [str(each) for each in sorted(found, key=_release, reverse=True)]


def _release(folder: Path) -> tuple[int, ...]:
    return tuple(int(part) for part in folder.parent.name.split(".") if part.isdigit())


def _run(url: URL, name: str, *arguments: str) -> None:
    path = shutil.which(name) or shutil.which(name, path=os.pathsep.join(folders()))
    if path is None:
        raise CommandError(f"{name} is missing: install PostgreSQL's client programs")
    given = {
        "PGHOST": url.host,
        "PGPORT": str(url.port or 5432),
        "PGUSER": url.username,
        "PGPASSWORD": url.password,
        "PGDATABASE": url.database,
    }
    # In the environment: the arguments of a process are there for all to see.
    environment = {**os.environ, **{key: str(value) for key, value in given.items() if value}}
    options = ["--no-owner", "--no-privileges"] if "--list" not in arguments else []
    done = subprocess.run(
        [path, *options, *arguments], env=environment, capture_output=True, text=True, check=False
    )
    if done.returncode:
        raise CommandError(f"{name} failed: {' '.join(done.stderr.split())}")
