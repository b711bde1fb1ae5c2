"""Copies the conversations of an SQLite file, and puts a copy in their place."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, suppress
from datetime import datetime
from pathlib import Path

from tools.console import CommandError

_JOURNALS = ("-wal", "-shm", "-journal")
_IN_USE = "is in use: stop the servers first"


class _Damaged(CommandError):
    """A file is no SQLite file, or not a whole one."""


def save(database: Path, target: Path) -> int:
    """Writes a copy, also while servers run; returns how many conversations are in it.

    Raises:
        CommandError: if there are none, the copy is there already, or it came out faulty.
    """
    if not database.is_file():
        raise CommandError(f"there is no {database}: nobody has talked to the assistant")
    draft = target.with_name(f"{target.name}.part")
    try:
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
    except FileExistsError:
        raise CommandError(f"{draft} is there already") from None
    try:
        with closing(_open(database)) as source, closing(_open(draft)) as copy:
            source.backup(copy)
            copy.execute("PRAGMA journal_mode=DELETE")  # so that it is one file
        count = conversations(draft)
        os.link(draft, target)
    except FileExistsError:
        raise CommandError(f"{target} is there already") from None
    except sqlite3.Error as error:
        raise CommandError(f"{database} cannot be copied: {error}") from error
    finally:
        draft.unlink()
    return count


def restore(source: Path, database: Path, replace: bool) -> int:
    """Puts a copy in the place of what is there; returns how many conversations are in it.

    A file is never written over: beside it lies a journal that would be played back into whatever
    stands in its place, and a server goes on with the file that it has opened.

    Args:
        source: the copy.
        database: where the conversations are kept.
        replace: whether conversations that are there may be lost.

    Raises:
        CommandError: if the copy is faulty, the database is in use, or has something else in it, or
            conversations that may not be lost.
    """
    count = conversations(source)
    if database.exists():
        _make_way(database, replace)
    with closing(_open(source)) as copy, closing(_open(database, "rwc")) as target:
        try:
            # Held until the connection is closed; nobody can come in between.
            target.execute("PRAGMA locking_mode=EXCLUSIVE")
            target.execute("BEGIN EXCLUSIVE")
            target.execute("COMMIT")
            copy.backup(target)
        except sqlite3.OperationalError as error:
            raise CommandError(f"{database} {_IN_USE} ({error})") from error
    os.chmod(database, 0o600)
    return count


def conversations(copy: Path) -> int:
    """How many conversations a file has.

    Raises:
        CommandError: if it is no whole SQLite file with conversations.
    """
    if not copy.is_file():
        raise CommandError(f"there is no {copy}")
    try:
        with closing(_open(copy)) as opened:
            (state,) = opened.execute("PRAGMA integrity_check").fetchone()
            query = "SELECT count(DISTINCT sender_id) FROM events WHERE sender_id <> ''"
            (count,) = opened.execute(query).fetchone()
    except sqlite3.OperationalError as error:  # it has no such table, for example
        raise CommandError(f"{copy} has no conversations that can be read: {error}") from error
    except sqlite3.DatabaseError as error:
        raise _Damaged(f"{copy} is damaged: {error}") from error
    if state != "ok":
        raise _Damaged(f"{copy} is damaged: {state}")
    return int(count)


def _make_way(database: Path, replace: bool) -> None:
    try:
        held = conversations(database)
    except _Damaged:
        _set_aside(database)
        return
    if held and not replace:
        raise CommandError(
            f"{database} has {held} conversations, which would be lost: copy them first (make "
            "backup), and say REPLACE=1"
        )
    try:
        with closing(_open(database)) as present:
            # Only who has the file alone can leave that mode; its journal is then in the file.
            present.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError as error:
        raise CommandError(f"{database} {_IN_USE} ({error})") from error


def _set_aside(database: Path) -> None:
    """Takes a damaged file away, and its journals with it; nothing of it is deleted."""
    users = list(_users(database))
    if users:
        raise CommandError(f"{database} {_IN_USE} (process {users[0]})")
    name = f"damaged-{datetime.now():%Y%m%d-%H%M%S}"
    for ending in ("", *_JOURNALS):
        with suppress(FileNotFoundError):
            os.rename(f"{database}{ending}", f"{database}{ending}.{name}")
    print(f"{database} is damaged; it is now {database}.{name}.")


def _users(path: Path) -> Iterator[int]:
    """Processes that have a file open, where the system tells."""
    wanted = os.stat(path)
    for opened in Path("/proc").glob("[0-9]*/fd/*"):
        with suppress(OSError):
            found = os.stat(opened)
            if (found.st_dev, found.st_ino) == (wanted.st_dev, wanted.st_ino):
                yield int(opened.parts[2])


def _open(path: Path, mode: str = "rw") -> sqlite3.Connection:
    return sqlite3.connect(
        f"{path.absolute().as_uri()}?mode={mode}", uri=True, timeout=1, isolation_level=None
    )
