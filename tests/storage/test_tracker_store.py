"""The tracker store alone: what is saved is there, once, in order, whoever else writes."""

from __future__ import annotations

import asyncio
import time
from pathlib import Path

import pytest
import sqlalchemy as sa
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from sqlalchemy.engine import Connection

from server.tracker_store import ConversationStore, Overtaken, StoreError, latest_session
from tests.storage.conftest import DOMAIN, MakeStore


def turn(text: str) -> list[Event]:
    """Events of one turn, as Rasa makes them."""
    return [
        UserUttered(text, {"name": "ask", "confidence": 1.0}),
        SlotSet("topic", text),
        ActionExecuted("action_answer"),
        BotUttered(f"re: {text}"),
        ActionExecuted("action_listen"),
    ]


def begin() -> list[Event]:
    """Events of a session's start."""
    start, listen = ActionExecuted("action_session_start"), ActionExecuted("action_listen")
    return [start, SessionStarted(), listen]


async def take(store: ConversationStore, sender: str, *events: Event) -> None:
    """Reads a conversation, adds events, and saves it, as the processor does in a turn."""
    tracker = await store.get_or_create_tracker(sender, append_action_listen=False)
    tracker.update_with_events(list(events), DOMAIN)
    await store.save(tracker)


async def texts(store: ConversationStore, sender: str) -> list[str]:
    """All that was ever said in a conversation, oldest first."""
    tracker = await store.retrieve_full_tracker(sender)
    events = tracker.events if tracker else []
    return [event.text for event in events if isinstance(event, (UserUttered, BotUttered))]


def said(*questions: str) -> list[str]:
    """What `texts` yields when all of these were asked."""
    return [text for question in questions for text in (question, f"re: {question}")]


def test_what_one_process_saves_another_reads(make_store: MakeStore) -> None:
    async def talk() -> None:
        await take(make_store(), "visitor", *begin(), *turn("one"))
        await take(make_store(), "visitor", *turn("two"))
        found = make_store()
        assert await texts(found, "visitor") == said("one", "two")
        tracker = await found.retrieve("visitor")
        assert tracker is not None
        assert tracker.get_slot("topic") == "two"
        assert await found.retrieve("somebody else") is None
        assert list(await found.keys()) == ["visitor"]

    asyncio.run(talk())


def test_saving_twice_stores_once(make_store: MakeStore) -> None:
    async def talk() -> None:
        store = make_store()
        tracker = await store.get_or_create_tracker("visitor", append_action_listen=False)
        tracker.update_with_events([*begin(), *turn("one")], DOMAIN)
        await store.save(tracker)
        await store.save(tracker)
        tracker.update_with_events(turn("two"), DOMAIN)
        await store.save(tracker)
        assert await texts(store, "visitor") == said("one", "two")

    asyncio.run(talk())


def test_of_two_writers_who_read_the_same_the_late_one_is_refused_whole(
    make_store: MakeStore,
) -> None:
    async def talk() -> None:
        first, second = make_store(), make_store()
        await take(first, "visitor", *begin(), *turn("one"))
        early, late = [await store.retrieve("visitor") for store in (first, second)]
        assert early is not None
        assert late is not None
        late.update_with_events(turn("late"), DOMAIN)
        early.update_with_events(turn("two"), DOMAIN)
        await first.save(early)
        for _ in range(2):  # nor does it help to try again
            with pytest.raises(Overtaken):
                await second.save(late)
        early.update_with_events(turn("three"), DOMAIN)
        await first.save(early)
        assert await texts(first, "visitor") == said("one", "two", "three")

    asyncio.run(talk())


def test_two_who_begin_the_same_conversation_do_not_both(make_store: MakeStore) -> None:
    async def talk() -> None:
        stores = make_store(), make_store()
        trackers = [store.init_tracker("visitor") for store in stores]
        for tracker in trackers:
            tracker.update_with_events([*begin(), *turn("one")], DOMAIN)
        saved = [store.save(tracker) for store, tracker in zip(stores, trackers, strict=True)]
        errors = await asyncio.gather(*saved, return_exceptions=True)
        assert sorted(map(type, errors), key=str) == [type(None), Overtaken]
        assert await texts(stores[0], "visitor") == said("one")

    asyncio.run(talk())


def test_what_was_deleted_meanwhile_stays_deleted(make_store: MakeStore) -> None:
    async def talk() -> None:
        store = make_store()
        await take(store, "visitor", *begin(), *turn("one"))
        tracker = await store.retrieve("visitor")
        assert tracker is not None
        await make_store().delete("visitor")
        tracker.update_with_events(turn("two"), DOMAIN)
        with pytest.raises(Overtaken):
            await store.save(tracker)
        assert await texts(store, "visitor") == []

    asyncio.run(talk())


def test_a_commit_of_which_nobody_heard_is_not_taken_for_somebody_elses(
    make_store: MakeStore,
) -> None:
    async def talk() -> None:
        store = make_store()
        await take(store, "visitor", *begin(), *turn("one"))
        tracker = await store.retrieve("visitor")
        assert tracker is not None
        tracker.update_with_events(turn("two"), DOMAIN)
        lost = 0

        def lose_it(connection: Connection) -> None:
            nonlocal lost
            if not lost:
                lost += 1
                connection.connection.dbapi_connection.commit()
                raise sa.exc.OperationalError("COMMIT", {}, OSError("the connection was lost"))

        sa.event.listen(store.engine, "commit", lose_it)
        await store.save(tracker)
        assert lost
        tracker.update_with_events(turn("three"), DOMAIN)
        await store.save(tracker)
        assert await texts(store, "visitor") == said("one", "two", "three")

    asyncio.run(talk())


def test_turns_of_many_writers_stay_whole(make_store: MakeStore) -> None:
    names = [f"turn {number}" for number in range(20)]

    async def talk() -> tuple[list[str], list[str]]:
        stores = [make_store(), make_store()]
        await take(stores[0], "visitor", *begin())
        taken = await asyncio.gather(
            *(take(stores[i % 2], "visitor", *turn(name)) for i, name in enumerate(names)),
            return_exceptions=True,
        )
        kept = [name for name, error in zip(names, taken, strict=True) if error is None]
        assert {type(error) for error in taken} <= {type(None), Overtaken}
        return await texts(stores[0], "visitor"), kept

    found, kept = asyncio.run(talk())
    assert kept
    questions = found[::2]
    assert sorted(questions) == sorted(kept)
    assert found == said(*questions)


def test_only_the_latest_session_is_read(make_store: MakeStore) -> None:
    async def talk() -> None:
        store = make_store()
        await take(store, "visitor", *begin(), *turn("one"))
        await take(store, "visitor", *begin(), *turn("two"))
        tracker = await store.retrieve("visitor")
        assert tracker is not None
        assert [e.text for e in tracker.events if isinstance(e, UserUttered)] == ["two"]
        assert await texts(store, "visitor") == said("one", "two")

    asyncio.run(talk())


def test_a_clock_set_back_hides_nothing(
    make_store: MakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def talk() -> None:
        store = make_store()
        await take(store, "visitor", *begin(), *turn("one"))
        behind = time.time() - 86_400
        monkeypatch.setattr(time, "time", lambda: behind)
        await take(store, "visitor", *turn("two"))
        tracker = await store.retrieve("visitor")
        assert tracker is not None
        assert tracker.get_slot("topic") == "two"
        assert await texts(store, "visitor") == said("one", "two")

    asyncio.run(talk())


def test_a_long_session_is_followed_by_a_new_one_with_the_same_slots(make_store: MakeStore) -> None:
    async def talk() -> None:
        store = make_store(turns_per_session=3)
        await take(store, "visitor", *begin())
        for number in range(7):
            await take(store, "visitor", *turn(str(number)))
        tracker = await store.retrieve("visitor")
        assert tracker is not None
        assert [e.text for e in tracker.events if isinstance(e, UserUttered)] == ["6"]
        assert tracker.get_slot("topic") == "6"
        (begun,) = (each for each in tracker.events if isinstance(each, SessionStarted))
        kept = [each["text"] for each in (begun.metadata or {})["went_before"]]
        assert kept == ["4", "5"]
        assert await texts(store, "visitor") == said(*map(str, range(7)))

    asyncio.run(talk())


def test_a_new_session_keeps_a_slot_that_was_not_touched_in_the_last_one(
    make_store: MakeStore,
) -> None:
    async def talk() -> None:
        store = make_store(turns_per_session=1)
        await take(store, "visitor", *begin(), *turn("one"), SlotSet("unsure", 2.0))
        for number in range(3):
            await take(store, "visitor", *turn(str(number)))
        tracker = await store.retrieve("visitor")
        assert tracker is not None
        assert tracker.get_slot("unsure") == 2.0

    asyncio.run(talk())


def test_a_tracker_from_elsewhere_is_saved_as_rasa_saves_it(make_store: MakeStore) -> None:
    async def talk() -> None:
        store = make_store()
        await take(store, "visitor", *begin()[1:], *turn("one"))
        events = [*begin()[1:], *turn("one"), *turn("two")]
        await store.save(DialogueStateTracker.from_events("visitor", events, DOMAIN.slots))
        assert await texts(store, "visitor") == said("one", "two")

    asyncio.run(talk())


def test_deleting_removes_one_conversation(make_store: MakeStore) -> None:
    async def talk() -> None:
        store = make_store()
        for sender in ("visitor", "somebody else"):
            await take(store, sender, *begin(), *turn("one"))
        assert await store.delete("visitor") == len(begin()) + len(turn("one"))
        assert await texts(store, "visitor") == []
        assert await texts(store, "somebody else") == said("one")

    asyncio.run(talk())


def test_checking_leaves_nothing_behind(make_store: MakeStore) -> None:
    async def look() -> list[str]:
        store = make_store()
        await store.check()
        return list(await store.keys())

    assert asyncio.run(look()) == []


def test_checking_finds_a_damaged_file(tmp_path: Path) -> None:
    path = tmp_path / "conversations.db"

    async def talk() -> None:
        store = ConversationStore(DOMAIN, db=str(path))
        for number in range(30):
            await take(store, f"visitor {number}", *begin(), *turn("one" * 100))
        await store.check()
        store.engine.dispose()  # all of it is in the one file
        data = bytearray(path.read_bytes())
        middle = len(data) // 8192 * 4096
        data[middle : middle + 4096] = b"?" * 4096
        path.write_bytes(data)
        with pytest.raises(StoreError):
            await store.check()

    asyncio.run(talk())


def test_rasas_own_store_reads_what_this_one_wrote_and_the_other_way_round(tmp_path: Path) -> None:
    path = str(tmp_path / "conversations.db")

    async def talk() -> None:
        ours = ConversationStore(DOMAIN, db=path)
        await take(ours, "visitor", *begin(), *turn("one"))
        rasas = SQLTrackerStore(DOMAIN, db=path)
        await take(rasas, "visitor", *turn("two"))
        assert await texts(ours, "visitor") == said("one", "two")

    asyncio.run(talk())


def test_a_database_of_rasas_own_store_is_taken_over(tmp_path: Path) -> None:
    path = str(tmp_path / "conversations.db")

    async def talk() -> None:
        await take(SQLTrackerStore(DOMAIN, db=path), "visitor", *begin(), *turn("one"))
        ours = ConversationStore(DOMAIN, db=path)
        await take(ours, "visitor", *turn("two"))
        assert await texts(ours, "visitor") == said("one", "two")

    asyncio.run(talk())


def test_reading_a_session_uses_the_indices(make_store: MakeStore) -> None:
    store = make_store()
    asyncio.run(take(store, "visitor", *begin(), *turn("one")))
    query = latest_session("visitor").compile(store.engine, compile_kwargs={"literal_binds": True})
    with store.engine.begin() as connection:
        explain = "EXPLAIN QUERY PLAN"
        if connection.dialect.name == "postgresql":
            explain = "EXPLAIN"
            connection.execute(sa.text("SET LOCAL enable_seqscan = off"))  # the table is small
        plan = str(connection.execute(sa.text(f"{explain} {query}")).all())
    assert "events_sessions" in plan
    assert "events_of_conversation" in plan


def test_a_database_that_is_replaced_while_open_is_used_from_then_on(tmp_path: Path) -> None:
    path = tmp_path / "conversations.db"

    async def talk() -> None:
        store = ConversationStore(DOMAIN, db=str(path))
        await take(store, "visitor", *begin(), *turn("one"))
        for file in tmp_path.glob("conversations.db*"):
            file.unlink()
        await take(store, "visitor", *begin(), *turn("two"))
        assert await texts(ConversationStore(DOMAIN, db=str(path)), "visitor") == said("two")

    asyncio.run(talk())


def test_a_database_that_cannot_be_reached_is_an_error_without_a_visitors_words(
    tmp_path: Path,
) -> None:
    async def talk() -> None:
        store = ConversationStore(DOMAIN, db=str(tmp_path / "no such folder" / "x.db"))
        tracker = store.init_tracker("visitor")
        tracker.update_with_events([*begin(), *turn("a secret")], DOMAIN)
        with pytest.raises(StoreError) as raised:
            await store.save(tracker)
        assert "a secret" not in str(raised.value)
        with pytest.raises(StoreError):
            await store.retrieve("visitor")

    asyncio.run(talk())


def test_utterances_are_found_by_what_stands_in_them(make_store: MakeStore) -> None:
    async def talk() -> None:
        store = make_store()
        await take(store, "visitor", *begin(), *turn('50% "sure"_é'), *turn("one"))
        await take(store, "somebody else", *begin(), *turn("one"))
        found = await store.utterances("visitor", '50% "sure"_é')
        assert found is not None
        assert [event.as_dict()["text"] for event in found] == said('50% "sure"_é')
        assert await store.utterances("visitor", "50_") == []
        assert await store.utterances("nobody", "one") is None

    asyncio.run(talk())


def test_a_turn_that_is_given_up_while_it_is_stored_counts_as_stored(make_store: MakeStore) -> None:
    async def talk() -> None:
        store = make_store()
        tracker = store.init_tracker("visitor")
        tracker.update_with_events([*begin(), *turn("one")], DOMAIN)
        saving = asyncio.create_task(store.save(tracker))
        await asyncio.sleep(0)
        saving.cancel()
        await saving
        assert tracker.stored == len(tracker.events)
        assert await texts(store, "visitor") == said("one")

    asyncio.run(talk())
