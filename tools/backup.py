"""Copies all conversations to a file, and puts such a copy in their place."""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

import sqlalchemy as sa

from tools import backup_postgresql, backup_sqlite
from tools.console import guarded
from tools.place import file_of
from tools.stores import open_store, read_store_config


def _store(endpoints: Path) -> Path | sa.engine.URL:
    """The SQLite file or the PostgreSQL database that an endpoints file names.

    Raises:
        CommandError: if it names neither.
    """
    config = read_store_config(endpoints)
    if str(config.get("dialect") or "sqlite") == "sqlite" and "url" not in config:
        return Path(str(config.get("db") or "conversations.db"))
    engine = open_store({"dialect": "postgresql", **config})
    engine.dispose()
    return engine.url


def _work(options: argparse.Namespace) -> None:
    store, file = _store(options.endpoints), options.file
    if options.what == "save":
        if isinstance(store, Path):
            count = backup_sqlite.save(store, file)
        else:
            count = backup_postgresql.save(store, file)
        print(f"{file} has a copy of {count} conversations.")
        return
    if isinstance(store, Path):
        count = backup_sqlite.restore(file, store, options.replace)
    else:
        count = backup_postgresql.restore(file, store, options.replace)
    print(f"{count} conversations were restored from {file}.")


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: `python -m tools.backup save|restore FILE [--endpoints FILE] [--replace]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=["save", "restore"])
    parser.add_argument("file", type=Path, help="the copy")
    parser.add_argument("--endpoints", type=Path, default=file_of("endpoints.yml"))
    parser.add_argument("--replace", action="store_true", help="what is there may be lost")
    options = parser.parse_args(arguments)
    if not options.file.name:
        raise SystemExit("make: say where the copy is: FILE=...")
    return guarded(lambda: _work(options))


if __name__ == "__main__":
    sys.exit(main())
