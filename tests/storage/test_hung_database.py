"""PostgreSQL hangs: it takes what is sent, and says nothing."""

from __future__ import annotations

import asyncio

import pytest
import sqlalchemy as sa

from benchmarks.hanging import hanging
from benchmarks.services import Postgresql
from server.tracker_store import ConversationStore, StoreError
from tests.storage.conftest import DOMAIN
from tests.storage.test_tracker_store import begin, said, take, texts, turn


@pytest.fixture
def store(database_server: Postgresql) -> ConversationStore:
    """A store that has talked to its database; until it hangs it is given time, as others work."""
    with sa.create_engine(database_server.url).begin() as connection:
        connection.execute(sa.text("DROP TABLE IF EXISTS events"))
    store = ConversationStore(DOMAIN, host=database_server.url, patience_seconds=60)
    asyncio.run(take(store, "visitor", *begin(), *turn("one")))
    return store


def test_it_is_given_up_and_used_again(
    store: ConversationStore, database_server: Postgresql
) -> None:
    async def talk() -> None:
        tracker = await store.retrieve("visitor")
        assert tracker is not None
        store.patience_seconds = 0.5
        with hanging(database_server.process_id):  # without a limit it would hang for ever
            for work in (store.retrieve("visitor"), store.delete("visitor"), store.check()):
                with pytest.raises(StoreError):
                    await work
            tracker.update_with_events(turn("lost"), DOMAIN)
            with pytest.raises(StoreError):
                await store.save(tracker)
        store.patience_seconds = 60
        await take(store, "visitor", *turn("two"))
        assert await texts(store, "visitor") == said("one", "two")

    asyncio.run(talk())
    store.engine.dispose()


def test_a_transaction_that_a_frozen_server_left_open_ends(
    store: ConversationStore, database_server: Postgresql
) -> None:
    """What it has locked, others can have soon; what it wrote is taken back."""
    frozen = store.engine.connect()
    transaction = frozen.begin()
    lock = sa.func.pg_advisory_xact_lock(sa.func.hashtext("visitor"))
    frozen.execute(sa.select(lock))

    async def talk() -> None:
        other = ConversationStore(DOMAIN, host=database_server.url, patience_seconds=60)
        while True:
            try:
                await take(other, "visitor", *turn("two"))
                break
            except StoreError:  # it waits for a lock for a part of that time
                continue
        assert await texts(other, "visitor") == said("one", "two")
        other.engine.dispose()

    asyncio.run(talk())
    with pytest.raises(sa.exc.SQLAlchemyError):
        frozen.execute(sa.text("SELECT 1"))
    transaction.close()
    frozen.close()
    store.engine.dispose()
