"""Copies the conversations of a PostgreSQL database, and puts a copy in their place."""

from __future__ import annotations

import os
import shutil
import subprocess
from contextlib import closing, suppress
from pathlib import Path

import psycopg2
from sqlalchemy.engine import URL

from tools.console import CommandError

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
        CommandError: if the copy is there already, or pg_dump is missing or fails.
    """
    try:
        os.close(os.open(target, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise CommandError(f"{target} is there already") from None
    try:
        _run(url, "pg_dump", "--format=custom", "--table=events", "--file", str(target))
    except BaseException:
        target.unlink()
        raise
    return _conversations(url)


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
    servers = _number(url, _SERVERS)
    if servers:
        raise CommandError(f"{servers} connections are open: stop the servers first")
    held = _conversations(url)
    if held and not replace:
        raise CommandError(
            f"the database has {held} conversations, which would be lost: copy them first (make "
            "backup), and say REPLACE=1"
        )
    options = ["--clean", "--if-exists", "--single-transaction", "--exit-on-error"]
    _run(url, "pg_restore", *options, f"--dbname={url.database}", str(source))
    return _conversations(url)


def _conversations(url: URL) -> int:
    return _number(url, _CONVERSATIONS) if _number(url, _IS_THERE) else 0


def _number(url: URL, query: str) -> int:
    try:
        with closing(psycopg2.connect(url.render_as_string(hide_password=False))) as connection:
            cursor = connection.cursor()
            cursor.execute(query)
            return int(cursor.fetchone()[0])
    except psycopg2.Error as error:
        raise CommandError(f"the database does not answer: {str(error).strip()}") from error


def _run(url: URL, name: str, *arguments: str) -> None:
    path = shutil.which(name) or _newest(name)
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


def _newest(name: str) -> str | None:
    """Where Debian keeps it."""
    found = sorted(Path("/usr/lib/postgresql").glob(f"*/bin/{name}"))
    with suppress(IndexError):
        return str(found[-1])
    return None
