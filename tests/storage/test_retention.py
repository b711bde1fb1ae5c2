"""Old conversations are deleted, whole, and no others, while the database is in use."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
import yaml

from server.database import EVENTS
from server.retention import Deleted, delete_untouched_since
from server.tracker_store import ConversationStore
from tests.conftest import ROOT
from tests.storage.conftest import DOMAIN, MakeStore
from tests.storage.test_tracker_store import begin, said, take, texts, turn
from tools import purge

_DAY = 86_400.0


async def fill(store: ConversationStore, count: int, days: float) -> None:
    """Stores conversations that ended some days ago."""
    for number in range(count):
        await take(store, f"{days:g} days, {number}", *begin(), *turn("one"))
    with store.engine.begin() as connection:
        if connection.dialect.name == "postgresql":  # not what is tested
            connection.execute(sa.text("SET LOCAL statement_timeout = 0"))
        connection.execute(
            EVENTS.update()
            .where(EVENTS.c.sender_id.startswith(f"{days:g} days"))
            .values(timestamp=time.time() - days * _DAY)
        )


def test_only_conversations_that_ended_before_are_deleted(make_store: MakeStore) -> None:
    async def talk() -> None:
        store = make_store()
        await fill(store, 250, days=40)
        await fill(store, 3, days=20)
        await take(store, "40 days, 0", *begin(), *turn("back again"))
        deleted = delete_untouched_since(store.engine.url, time.time() - 30 * _DAY)
        assert deleted == Deleted(249, 249 * len(begin() + turn("one")))
        left = {"40 days, 0", "20 days, 0", "20 days, 1", "20 days, 2"}
        assert set(await store.keys()) == left
        assert await texts(store, "40 days, 0") == said("one", "back again")

    asyncio.run(talk())


def test_visitors_talk_on_meanwhile(make_store: MakeStore) -> None:
    async def talk() -> None:
        store = make_store()
        await fill(store, 300, days=40)
        loop = asyncio.get_running_loop()
        moment = time.time() - 30 * _DAY
        purging = loop.run_in_executor(
            None, delete_untouched_since, make_store().engine.url, moment
        )
        questions: list[str] = []
        while not purging.done():
            questions.append(f"turn {len(questions)}")
            await take(store, "visitor", *turn(questions[-1]))
        assert (await purging).conversations == 300
        assert questions
        assert await texts(store, "visitor") == said(*questions)

    asyncio.run(talk())


def test_the_command_tells_how_many(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    db = str(tmp_path / "conversations.db")
    asyncio.run(fill(ConversationStore(DOMAIN, db=db), 2, days=40))
    endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
    endpoints["tracker_store"]["db"] = db
    path = tmp_path / "endpoints.yml"
    path.write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    assert purge.main(["30", "--endpoints", str(path)]) == 0
    assert capsys.readouterr().out.startswith("Deleted 2 conversations (16 events)")
    assert sa.create_engine(f"sqlite:///{db}").execute("SELECT count(*) FROM events").scalar() == 0


@pytest.mark.parametrize("days", ["0", "-3", "soon", "nan", ""])
def test_the_command_refuses_a_number_of_days_that_makes_no_sense(days: str) -> None:
    with pytest.raises(SystemExit) as ended:
        purge.main([days])
    assert ended.value.code


def test_the_command_refuses_a_file_that_is_not_there(capsys: pytest.CaptureFixture[str]) -> None:
    assert purge.main(["30", "--endpoints", "nowhere.yml"]) == 1
    assert capsys.readouterr().err == "make: there is no file nowhere.yml\n"
