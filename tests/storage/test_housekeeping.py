"""Servers forget by themselves what nobody has continued, and what they forget is gone."""

from __future__ import annotations

import asyncio
import sqlite3
import time
from pathlib import Path

import pytest

from server import housekeeping
from server.tracker_store import ConversationStore
from tests.storage.conftest import DOMAIN, MakeStore
from tests.storage.test_retention import fill
from tests.storage.test_tracker_store import begin, take, turn

_WORD = "quetzalcoatl"


def test_by_itself_a_store_keeps_for_half_a_year(tmp_path: Path) -> None:
    assert ConversationStore(DOMAIN, db=str(tmp_path / "x.db")).keep_days == 180


@pytest.mark.parametrize("days", [-1, "nan", "inf", "many"])
def test_a_number_of_days_that_makes_no_sense_is_refused(days: object) -> None:
    with pytest.raises(ValueError, match=r"keep_days|float"):
        ConversationStore(DOMAIN, db=":memory:", keep_days=days)  # type: ignore[arg-type]


def test_old_conversations_go_at_the_start_and_later(make_store: MakeStore) -> None:
    async def live() -> None:
        store = make_store(keep_days=30)
        await fill(store, 2, days=40)
        await fill(store, 2, days=20)
        keeping = asyncio.create_task(housekeeping.keep_house(store, every=0.05))
        await _until_left(store, {"20 days, 0", "20 days, 1"})
        await fill(store, 1, days=50)
        await _until_left(store, {"20 days, 0", "20 days, 1"})
        keeping.cancel()

    asyncio.run(live())


def test_with_no_days_everything_is_kept(make_store: MakeStore) -> None:
    async def live() -> None:
        store = make_store(keep_days=0)
        await fill(store, 1, days=4000)
        await housekeeping.keep_house(store, every=0)  # returns, as there is nothing to do
        assert len(list(await store.keys())) == 1

    asyncio.run(live())


async def _until_left(store: ConversationStore, wanted: set[str]) -> None:
    deadline = time.monotonic() + 120
    while set(await store.keys()) != wanted:
        assert time.monotonic() < deadline
        await asyncio.sleep(0.05)


def _bytes(path: Path) -> bytes:
    return b"".join(each.read_bytes() for each in path.parent.glob(f"{path.name}*"))


@pytest.mark.parametrize("how", ["by the visitor", "by age"])
def test_what_was_deleted_is_in_no_file_any_more(tmp_path: Path, how: str) -> None:
    path = tmp_path / "conversations.db"

    async def live() -> None:
        store = ConversationStore(DOMAIN, db=str(path))
        await take(store, "visitor", *begin(), *(turn(f"{_WORD} {_WORD}" * 20)))
        await take(store, "somebody else", *begin(), *turn("one"))
        assert _WORD.encode() in _bytes(path)
        if how == "by age":
            with sqlite3.connect(path) as database:
                database.execute("UPDATE events SET timestamp = 0 WHERE sender_id = 'visitor'")
            assert store.forget(30).conversations == 1
        else:
            await store.delete("visitor")
        assert list(await store.keys()) == ["somebody else"]
        assert _WORD.encode() not in _bytes(path)

    asyncio.run(live())


def test_nobody_else_may_read_the_file_also_if_it_was_there_before(tmp_path: Path) -> None:
    path = tmp_path / "conversations.db"
    sqlite3.connect(path).close()
    path.touch(0o644)
    path.chmod(0o644)
    store = ConversationStore(DOMAIN, db=str(path))
    asyncio.run(take(store, "visitor", *begin(), *turn("one")))
    found = {each.name: each.stat().st_mode & 0o777 for each in tmp_path.glob("conversations.db*")}
    assert set(found.values()) == {0o600}
