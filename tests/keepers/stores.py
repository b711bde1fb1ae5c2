"""Tracker stores for tests: where they are, what is in them, and a PostgreSQL server for one."""

from __future__ import annotations

import contextlib
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
import sqlalchemy as sa
import yaml

from benchmarks.processes import free_port
from tools.stores import open_store

_START_SECONDS = 60
_BIN = Path("/usr/lib/postgresql")
_USERS = ("postgres", "nobody")


@dataclass(frozen=True)
class Store:
    """A tracker store and the endpoints file that names it."""

    config: dict[str, Any]
    endpoints: Path

    @classmethod
    def at(cls, folder: Path, config: dict[str, Any]) -> Store:
        """A store with its endpoints file in a folder."""
        path = folder / "endpoints.yml"
        path.write_text(yaml.safe_dump({"tracker_store": config}), encoding="utf-8")
        return cls(config, path)

    def rows(self, query: str) -> list[Any]:
        """What plain SQL finds in it."""
        engine = open_store(self.config)
        with engine.connect() as connection:
            return list(connection.execute(sa.text(query)))


def sqlite(folder: Path) -> Store:
    """A store in a file of the folder; nothing is in it yet."""
    config = {"type": "SQL", "dialect": "sqlite", "db": str(folder / "conversations.db")}
    return Store.at(folder, config)


def missing_service(reason: str) -> None:
    """Skips the test; where services are required, fails it."""
    if os.environ.get("REQUIRE_SERVICES") == "1":
        pytest.fail(f"{reason}, and REQUIRE_SERVICES=1 is set")
    pytest.skip(reason)


@contextlib.contextmanager
def postgresql() -> Iterator[Store]:
    """A store in a PostgreSQL server that runs for this test, in a folder of its own."""
    programs = sorted(_BIN.glob("*/bin/postgres"))
    program = str(programs[-1]) if programs else shutil.which("postgres")
    if program is None:
        missing_service("PostgreSQL is not installed")
        return
    folder = Path(tempfile.mkdtemp(prefix="postgresql-"))
    port = free_port()
    user = _owner(folder)
    server = None
    try:
        initdb = [str(Path(program).with_name("initdb")), "-D", str(folder / "data")]
        _run([*initdb, "--username=keeper", "--auth=trust", "--no-sync"], user)
        command = [program, "-D", str(folder / "data"), "-p", str(port), "-F"]
        command += ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="]
        server = subprocess.Popen(
            command, user=user, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
        )
        config = {"type": "SQL", "dialect": "postgresql", "url": "127.0.0.1", "port": port}
        config |= {"db": "postgres", "username": "keeper", "password": "unused"}
        _wait(config)
        yield Store.at(folder, config)
    finally:
        if server is not None:
            server.terminate()
            server.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _owner(folder: Path) -> str | None:
    """Hands the folder to a user who may run PostgreSQL: root may not."""
    if os.geteuid() != 0:
        return None
    for name in _USERS:
        with contextlib.suppress(LookupError):
            shutil.chown(folder, name)
            return name
    missing_service("there is no user but root to run PostgreSQL")
    return None


def _run(command: list[str], user: str | None) -> None:
    subprocess.run(command, user=user, check=True, capture_output=True)


def _wait(config: dict[str, Any]) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while True:
        try:
            with open_store(config).connect():
                return
        except sa.exc.OperationalError:
            if time.monotonic() > deadline:
                raise
            time.sleep(0.2)
