"""A store with very many conversations is purged and reported on, while it serves visitors."""

from __future__ import annotations

import asyncio
import os
import time
from collections.abc import Iterator

import pytest
import sqlalchemy as sa

from benchmarks.services import Postgresql
from keepers.store import Period, read_events
from server.database import EVENTS
from server.tracker_store import ConversationStore
from tests.storage.conftest import DOMAIN
from tests.storage.test_tracker_store import begin, said, take, texts, turn
from tools.console import Progress
from tools.stores import open_store

#: Fewer may be asked for on a slow machine.
_CONVERSATIONS = int(os.environ.get("CONVERSATIONS", "200000"))
_EVENTS = 8
_DAYS = 200.0
_KEPT_DAYS = 180.0
# As many conversations begin every day; each event is an hour after the one before.
_FILL = """
INSERT INTO events (sender_id, type_name, timestamp, data)
SELECT 'web-' || c, CASE e WHEN 0 THEN 'session_started' WHEN 1 THEN 'user' ELSE 'slot' END,
       extract(epoch FROM now()) - 86400 * {days} * (1 - c::float / {count}) + 3600.0 * e, '{{}}'
FROM generate_series(1, {count}) AS c, generate_series(0, {events} - 1) AS e
ORDER BY c, e
"""


@pytest.fixture(scope="module")
def large(database_server: Postgresql) -> Iterator[Postgresql]:
    """A database of many conversations, whose user may let no statement take long."""
    maker = ConversationStore(DOMAIN, host=database_server.url, patience_seconds=600)
    engine = sa.create_engine(database_server.url)
    with engine.begin() as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS events"))
    asyncio.run(maker.keys())  # makes the table
    maker.engine.dispose()
    fill = _FILL.format(days=_DAYS, count=_CONVERSATIONS, events=_EVENTS)
    with engine.begin() as connection:
        connection.execute(sa.text(fill))
        connection.execute(sa.text("ALTER ROLE CURRENT_USER SET statement_timeout = '5s'"))
    yield database_server
    with engine.begin() as connection:
        connection.execute(sa.text("ALTER ROLE CURRENT_USER RESET statement_timeout"))
        connection.execute(sa.text("DROP TABLE events"))


def test_old_conversations_are_deleted_and_visitors_talk_on(large: Postgresql) -> None:
    store = ConversationStore(DOMAIN, host=large.url, patience_seconds=60)
    end = sa.func.max(EVENTS.c.timestamp)
    moment = time.time() - _KEPT_DAYS * 86_400
    with sa.create_engine(
        large.url, connect_args={"options": "-c statement_timeout=0"}
    ).begin() as c:
        ends = sa.select(EVENTS.c.sender_id).group_by(EVENTS.c.sender_id).having(end < moment)
        old = set(c.execute(ends).scalars())
    assert 0.05 * _CONVERSATIONS < len(old) < 0.15 * _CONVERSATIONS

    async def talk() -> list[str]:
        await take(store, "visitor", *begin())
        purging = asyncio.get_running_loop().run_in_executor(None, store.forget, _KEPT_DAYS)
        questions: list[str] = []
        while not purging.done():
            questions.append(f"turn {len(questions)}")
            await take(store, "visitor", *turn(questions[-1]))
            await asyncio.sleep(0.05)
        deleted = await purging
        # A few more may have become old since they were counted.
        assert len(old) <= deleted.conversations <= len(old) + 50
        assert deleted.events == _EVENTS * deleted.conversations
        assert await texts(store, "visitor") == said(*questions)
        return questions

    assert asyncio.run(talk())
    with store.engine.begin() as connection:
        left = sa.select(EVENTS.c.sender_id).where(EVENTS.c.sender_id.in_(list(old)[:1000]))
        assert connection.execute(left).first() is None
    store.engine.dispose()


def test_all_of_it_is_read_for_a_report(large: Postgresql) -> None:
    engine = open_store({"dialect": "postgresql", "url": large.url})
    read = sum(1 for _ in read_events(engine, Period(), Progress("Reading")))
    assert read > 0.8 * 2 * _CONVERSATIONS  # of each conversation the two that are no slots
