"""Copies of all conversations: made beside running servers, put back while none runs."""

from __future__ import annotations

import asyncio
import os
import shutil
import sqlite3
import threading
from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml

from benchmarks.services import Postgresql, postgresql_program
from server.tracker_store import ConversationStore
from tests.storage.conftest import DOMAIN
from tests.storage.test_tracker_store import said, take, texts, turn
from tools import backup, backup_postgresql


class Drill:
    """A store with its endpoints file, and the commands of an operator."""

    def __init__(self, folder: Path, options: dict[str, str]) -> None:
        self.folder = folder
        self.options = options
        self.copy = folder / "copy"
        self._endpoints = folder / "endpoints.yml"
        self._endpoints.write_text(yaml.safe_dump({"tracker_store": options}), encoding="utf-8")

    def open(self) -> ConversationStore:
        """The store as a server has it."""
        given = {"host": self.options["url"]} if "url" in self.options else self.options
        return ConversationStore(DOMAIN, patience_seconds=60, **given)  # type: ignore[arg-type]

    def save(self) -> int:
        """`make backup`."""
        return backup.main(["save", str(self.copy), "--endpoints", str(self._endpoints)])

    def restore(self, *more: str, file: Path | None = None) -> int:
        """`make restore`."""
        command = ["restore", str(file or self.copy), "--endpoints", str(self._endpoints), *more]
        return backup.main(command)

    def talk(self, *questions: str) -> None:
        """Visitors of a server that is then stopped."""

        async def talk() -> None:
            store = self.open()
            for question in questions:
                await take(store, "visitor", *turn(question))
            store.engine.dispose()

        asyncio.run(talk())

    def kept(self) -> list[str]:
        """What a server that was started again finds."""

        async def look() -> list[str]:
            store = self.open()
            found = await texts(store, "visitor")
            await store.check()
            store.engine.dispose()
            return found

        return asyncio.run(look())


@pytest.fixture(params=["sqlite", "postgresql"])
def drill(request: pytest.FixtureRequest, tmp_path: Path) -> Drill:
    """An empty store."""
    if request.param == "sqlite":
        return Drill(tmp_path, {"dialect": "sqlite", "db": str(tmp_path / "conversations.db")})
    server: Postgresql = request.getfixturevalue("database_server")
    with sa.create_engine(server.url).begin() as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS events"))
    return Drill(tmp_path, {"url": server.url})


def test_what_was_copied_is_there_again(drill: Drill, capsys: pytest.CaptureFixture[str]) -> None:
    drill.talk("one")
    assert drill.save() == 0
    assert drill.copy.stat().st_mode & 0o777 == 0o600
    drill.talk("two")
    assert drill.restore("--replace") == 0
    assert "1 conversations" in capsys.readouterr().out
    assert drill.kept() == said("one")
    drill.talk("three")
    assert drill.kept() == said("one", "three")


def test_a_copy_made_beside_a_server_is_whole(drill: Drill) -> None:
    drill.talk("one")

    done = threading.Event()

    async def talk() -> None:
        store = drill.open()
        number = 0
        while not done.is_set():
            number += 1
            await take(store, "visitor", *turn(str(number)))
        store.engine.dispose()

    talking = threading.Thread(target=lambda: asyncio.run(talk()))
    talking.start()
    try:
        assert drill.save() == 0
    finally:
        done.set()
        talking.join()
    assert drill.restore("--replace") == 0
    found = drill.kept()
    assert found[:2] == said("one")
    assert found == said(*found[::2])


def test_beside_a_server_nothing_is_restored(
    drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    drill.talk("one")
    assert drill.save() == 0
    store = drill.open()
    asyncio.run(take(store, "visitor", *turn("two")))
    assert drill.restore("--replace") == 1
    assert "stop the servers first" in capsys.readouterr().err
    assert asyncio.run(texts(store, "visitor")) == said("one", "two")
    store.engine.dispose()


def test_conversations_are_not_lost_without_a_word(
    drill: Drill, capsys: pytest.CaptureFixture[str]
) -> None:
    drill.talk("one")
    assert drill.save() == 0
    assert drill.restore() == 1
    assert "REPLACE=1" in capsys.readouterr().err
    assert drill.save() == 1  # nor is a copy written over
    assert "is there already" in capsys.readouterr().err
    assert drill.kept() == said("one")


@pytest.mark.parametrize("harm", ["cut short", "something else", "not there"])
def test_a_faulty_copy_changes_nothing(
    drill: Drill, harm: str, capsys: pytest.CaptureFixture[str]
) -> None:
    drill.talk("one")
    assert drill.save() == 0
    whole = drill.copy.read_bytes()
    drill.copy.unlink()
    if harm != "not there":
        drill.copy.write_bytes(whole[: len(whole) // 3] if harm == "cut short" else b"what?" * 999)
    assert drill.restore("--replace") == 1
    assert capsys.readouterr().err.splitlines()[-1].startswith("make: ")
    assert drill.kept() == said("one")


def _sqlite(tmp_path: Path) -> tuple[Drill, Path]:
    path = tmp_path / "conversations.db"
    return Drill(tmp_path, {"dialect": "sqlite", "db": str(path)}), path


def test_a_journal_that_was_left_behind_is_not_played_back(tmp_path: Path) -> None:
    """A killed server leaves one; over it a plain copy of files ends in a damaged database."""
    drill, _ = _sqlite(tmp_path)
    drill.talk("one")
    assert drill.save() == 0
    store = drill.open()
    asyncio.run(take(store, "visitor", *(event for n in range(50) for event in turn(str(n)))))
    left = {each: each.read_bytes() for each in tmp_path.glob("conversations.db*")}
    store.engine.dispose()
    for file, data in left.items():
        file.write_bytes(data)
    (tmp_path / "conversations.db-shm").unlink()
    assert (tmp_path / "conversations.db-wal").stat().st_size
    assert drill.restore("--replace") == 0
    assert drill.kept() == said("one")


def test_what_is_counted_is_what_is_copied(
    drill: Drill, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    """Somebody talks to the assistant for the first time while the copy is made."""
    drill.talk("one")
    run = backup_postgresql._run

    def run_while_somebody_comes(*given: str) -> None:
        store = drill.open()
        asyncio.run(take(store, "somebody", *turn("two")))
        store.engine.dispose()
        run(*given)

    with monkeypatch.context() as patch:
        patch.setattr(backup_postgresql, "_run", run_while_somebody_comes)
        assert drill.save() == 0
    assert "has a copy of 1 conversations." in capsys.readouterr().out
    assert drill.restore("--replace") == 0
    assert capsys.readouterr().out.startswith("1 conversations were restored")


def test_postgresqls_newest_release_is_taken(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_postgresql, "_DEBIANS", tmp_path)
    for release in ("9.6", "15", "10"):
        program = tmp_path / release / "bin" / "psql"
        program.parent.mkdir(parents=True)
        program.touch(0o755)
    found = [Path(each).parent.name for each in backup_postgresql.folders()]
    assert found == ["15", "10", "9.6"]
    assert postgresql_program("psql") == str(tmp_path / "15" / "bin" / "psql")


@pytest.mark.parametrize("more", [[], ["--replace"]])
def test_another_programs_database_stays_where_it_is(
    tmp_path: Path, more: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    drill, path = _sqlite(tmp_path)
    drill.talk("one")
    assert drill.save() == 0
    path.unlink()
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA journal_mode=WAL")
        connection.execute("CREATE TABLE invoices (id int)")
    connection.close()
    before = path.read_bytes()
    assert drill.restore(*more) == 1
    assert "has no conversations" in capsys.readouterr().err
    assert path.read_bytes() == before
    assert list(tmp_path.glob("*.damaged-*")) == []


def test_a_damaged_database_is_set_aside(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    drill, path = _sqlite(tmp_path)
    drill.talk("one")
    assert drill.save() == 0
    path.write_bytes(b"damaged" * 1000)
    with path.open("rb"):  # a server has it open
        assert drill.restore() == 1
    assert drill.restore() == 0
    assert drill.kept() == said("one")
    (damaged,) = tmp_path.glob("conversations.db.damaged-*")
    assert damaged.read_bytes().startswith(b"damaged")
    assert f"it is now {damaged}." in capsys.readouterr().out


def test_where_there_is_nothing_yet_a_copy_is_put(tmp_path: Path) -> None:
    drill, path = _sqlite(tmp_path)
    drill.talk("one")
    assert drill.save() == 0
    path.unlink()
    assert drill.restore() == 0
    assert drill.kept() == said("one")
    assert path.stat().st_mode & 0o777 == 0o600


def test_a_copy_is_one_plain_file(tmp_path: Path) -> None:
    drill, _ = _sqlite(tmp_path)
    drill.talk("one")
    assert drill.save() == 0
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    shutil.copy(drill.copy, elsewhere / "copy")
    with sqlite3.connect(elsewhere / "copy") as connection:
        assert connection.execute("SELECT count(*) FROM events").fetchone()[0] == len(turn("one"))
    assert sorted(os.listdir(elsewhere)) == ["copy"]
