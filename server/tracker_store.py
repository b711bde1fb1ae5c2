"""The tracker store: no event lost, none doubled, and no turn that waits for its database."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from typing import Any, TypeVar

import sqlalchemy as sa
from rasa.core.brokers.broker import EventBroker
from rasa.core.tracker_store import SQLTrackerStore, TrackerStore, validate_port
from rasa.shared.core.constants import ACTION_LISTEN_NAME, ACTION_SESSION_START_NAME
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    BotUttered,
    Event,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.exceptions import RasaException
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from server.database import EVENTS, SESSION_STARTED, create_engine

logger = logging.getLogger(__name__)

# Up to when something that failed is tried again: a restarting database is soon back.
_RETRY_SECONDS = 0.9
_RETRY_PAUSE_SECONDS = 0.1
# Threads that talk to the database; as many turns read or write at a time.
_THREADS = 8

# Spelt out in the statement, as a partial index does not serve a parameter.
_SESSION_STARTED = sa.literal_column(f"'{SESSION_STARTED}'")

T = TypeVar("T")


class StoreError(RasaException):
    """The database could not be read or written; the message names no visitor and no text."""


class StoredTracker(DialogueStateTracker):
    """A tracker that knows how many of its events the database has.

    Rasa's store finds that out by counting rows when it saves (rasa/core/tracker_store.py,
    `_additional_events`), which loses events as soon as somebody else has saved in between.
    """

    stored = 0


class ConversationStore(SQLTrackerStore):
    """Conversations in SQLite or PostgreSQL, in the table that Rasa's own SQL store uses.

    All work on the database is done in threads, so that the event loop never waits for it. Rasa
    keeps a store inside a `FailSafeTrackerStore`, which takes a failure for a new conversation and
    saves to memory what it never reads again; `server.agent` leaves that out.

    Args:
        domain: for the slots of trackers.
        turns_per_session: after so many turns of a visitor a new session begins by itself, with
            the slots carried over. Rasa replays the events of a session several times a turn, so
            this bounds what a turn costs in a long conversation. 0: sessions end by time alone.
        others: as in Rasa's SQL store.
    """

    def __init__(
        self,
        domain: Domain | None = None,
        dialect: str = "sqlite",
        host: str | None = None,
        port: int | str | None = None,
        db: str = "conversations.db",
        username: str | None = None,
        password: str | None = None,
        event_broker: EventBroker | None = None,
        query: dict[str, str] | None = None,
        turns_per_session: int = 0,
    ) -> None:
        # Not Rasa's own constructor: it waits for the database in an endless loop.
        TrackerStore.__init__(self, domain, event_broker)
        url = self.get_db_url(
            dialect, host, validate_port(port), db, username, password, None, query
        )
        self.engine = create_engine(url)
        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)
        self._turns_per_session = turns_per_session
        self._threads = ThreadPoolExecutor(_THREADS, thread_name_prefix="tracker-store")

    def init_tracker(self, sender_id: str) -> StoredTracker:
        """An empty tracker; nothing of it is stored."""
        return StoredTracker(sender_id, self.domain.slots)

    async def retrieve(self, sender_id: str) -> StoredTracker | None:
        """The conversation's latest session; None if there is no such conversation.

        Raises:
            StoreError: if the database does not answer.
        """
        return self._tracker(sender_id, await self._in_thread(_read_session, sender_id))

    async def retrieve_full_tracker(self, conversation_id: str) -> StoredTracker | None:
        """The conversation with all its sessions; None if there is no such conversation.

        Raises:
            StoreError: if the database does not answer.
        """
        return self._tracker(conversation_id, await self._in_thread(_read_all, conversation_id))

    def _tracker(self, sender_id: str, rows: Sequence[str]) -> StoredTracker | None:
        if not rows:
            return None
        tracker = StoredTracker.from_events(sender_id, _events(rows), self.domain.slots)
        tracker.stored = len(tracker.events)
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Stores the events that the tracker has gained since it was read, all or none.

        Raises:
            StoreError: if they could not be stored.
        """
        if isinstance(tracker, StoredTracker):
            events = list(tracker.events)[tracker.stored :]
        else:  # from Rasa's HTTP API, which replaces conversations
            stored = await self._in_thread(_read_session, tracker.sender_id)
            events = list(tracker.events)[len(stored) :]
        if not events:
            return
        closing = self._next_session(tracker)
        rows = [_row(tracker.sender_id, each) for each in (*events, *closing)]
        await _whatever_comes(self._in_thread(_Append(rows), tracker.sender_id))
        if isinstance(tracker, StoredTracker):
            tracker.stored = len(tracker.events)
        if self.event_broker is not None:
            await self._stream_new_events(self.event_broker, events, tracker.sender_id)

    def _next_session(self, tracker: DialogueStateTracker) -> list[Event]:
        """Events that begin a new session, if the present one has become long.

        Its start bears the time of the session it goes on with: the visitor has not been away.
        """
        turns = sum(isinstance(event, UserUttered) for event in tracker.events)
        if not 0 < self._turns_per_session <= turns:
            return []
        if tracker.is_paused() or tracker.active_loop:
            return []
        slots = [
            SlotSet(slot.name, slot.value)
            for slot in tracker.slots.values()
            if slot.value != slot.initial_value
        ]
        begun = tracker.get_last_event_for(SessionStarted, event_verbosity=EventVerbosity.ALL)
        return [
            ActionExecuted(ACTION_SESSION_START_NAME),
            SessionStarted(begun.timestamp if begun else None),
            *slots,
            ActionExecuted(ACTION_LISTEN_NAME),
        ]

    async def utterances(self, sender_id: str, text: str) -> list[Event] | None:
        """What was said in a conversation, by either side, where the event contains a text.

        Much cheaper than the tracker of a long conversation.

        Args:
            sender_id: the conversation.
            text: stands anywhere in the event, in its metadata for example.

        Returns:
            Events, oldest first; None if there is no such conversation.

        Raises:
            StoreError: if the database does not answer.
        """
        rows = await self._in_thread(_Find(text), sender_id)
        if rows is None:
            return None
        return _events(rows)

    async def keys(self) -> Iterable[str]:
        """Ids of all conversations."""
        return await self._in_thread(_read_senders, "")

    async def check(self) -> None:
        """Raises StoreError if conversations cannot be written at this moment."""
        await self._in_thread(_check, "")

    async def delete(self, sender_id: str) -> int:
        """Deletes a conversation; returns how many events it had."""
        return await self._in_thread(_delete, sender_id)

    async def _in_thread(self, work: Callable[[Connection, str], T], sender_id: str) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._attempt, work, sender_id)

    def _attempt(self, work: Callable[[Connection, str], T], sender_id: str) -> T:
        deadline = time.monotonic() + _RETRY_SECONDS
        while True:
            try:
                with self.engine.begin() as connection:
                    return work(connection, sender_id)
            except (SQLAlchemyError, OSError) as error:
                if time.monotonic() > deadline:
                    raise StoreError(f"conversations cannot be reached: {_reason(error)}") from None
            time.sleep(_RETRY_PAUSE_SECONDS)


async def _whatever_comes(work: Coroutine[Any, Any, None]) -> None:
    """Waits for the end of what must not be left open, even if the caller is told to give up.

    A turn that runs out of time while it is being stored would else be both stored and apologised
    for. It takes two seconds at most.
    """
    done = asyncio.ensure_future(work)
    try:
        await asyncio.shield(done)
    except asyncio.CancelledError:
        await done


def _events(rows: Iterable[str]) -> list[Event]:
    found = ((_event_class(data["event"]), data) for data in map(json.loads, rows))
    return [kind._from_parameters(data) for kind, data in found if kind is not None]


@cache
def _event_class(name: str) -> type[Event] | None:
    # Rasa looks through all classes of events for every one that it reads
    # (rasa/shared/core/events.py): more work than all the rest of reading.
    return Event.resolve_by_type(name)


def _reason(error: Exception) -> str:
    # Without the statement, which SQLAlchemy adds to the message.
    return str(getattr(error, "orig", None) or error).strip()


def latest_session(sender_id: str) -> sa.sql.Select:
    """The query for the stored events of a conversation's latest session, oldest first."""
    # By id, not by time as Rasa does: a clock that was set back must not hide what came after.
    start = (
        sa.select(sa.func.max(EVENTS.c.id))
        .where(EVENTS.c.sender_id == sender_id, EVENTS.c.type_name == _SESSION_STARTED)
        .scalar_subquery()
    )
    return _all_sessions(sender_id).where(EVENTS.c.id >= sa.func.coalesce(start, 0))


def _all_sessions(sender_id: str) -> sa.sql.Select:
    return sa.select(EVENTS.c.data).where(EVENTS.c.sender_id == sender_id).order_by(EVENTS.c.id)


def _read_session(connection: Connection, sender_id: str) -> list[str]:
    return list(connection.execute(latest_session(sender_id)).scalars())


def _read_all(connection: Connection, sender_id: str) -> list[str]:
    return list(connection.execute(_all_sessions(sender_id)).scalars())


def _read_senders(connection: Connection, _: str) -> list[str]:
    return list(connection.execute(sa.select(EVENTS.c.sender_id).distinct()).scalars())


def _delete(connection: Connection, sender_id: str) -> int:
    return int(connection.execute(EVENTS.delete().where(EVENTS.c.sender_id == sender_id)).rowcount)


def _check(connection: Connection, _: str) -> None:
    # A row that is taken back: reading alone does not notice a lock or a read-only disk.
    connection.execute(EVENTS.insert(), {"sender_id": "", "type_name": "check"})
    connection.get_transaction().rollback()


def _row(sender_id: str, event: Event) -> dict[str, Any]:
    data = event.as_dict()
    return {
        "sender_id": sender_id,
        "type_name": event.type_name,
        "timestamp": data.get("timestamp"),
        "intent_name": ((data.get("parse_data") or {}).get("intent") or {}).get("name"),
        "action_name": data.get("name"),
        "data": json.dumps(data),
    }


class _Find:
    """Finds utterances that contain a text; None if there is no such conversation."""

    def __init__(self, text: str) -> None:
        self._text = json.dumps(text)[1:-1]  # as it stands in the stored JSON

    def __call__(self, connection: Connection, sender_id: str) -> list[str] | None:
        of_conversation = EVENTS.c.sender_id == sender_id
        if (
            connection.execute(sa.select(EVENTS.c.id).where(of_conversation).limit(1)).first()
            is None
        ):
            return None
        query = _all_sessions(sender_id).where(
            EVENTS.c.type_name.in_((UserUttered.type_name, BotUttered.type_name)),
            EVENTS.c.data.contains(self._text, autoescape=True),
        )
        return list(connection.execute(query).scalars())


class _Append:
    """Adds rows once, however often it is tried."""

    def __init__(self, rows: Sequence[dict[str, Any]]) -> None:
        self._rows = rows
        self._tried = False

    def __call__(self, connection: Connection, sender_id: str) -> None:
        if connection.dialect.name == "postgresql":
            # Two writers of one conversation: one turn after the other, not their rows mixed.
            connection.execute(
                sa.select(sa.func.pg_advisory_xact_lock(sa.func.hashtext(sender_id)))
            )
        if self._tried and self._is_there(connection):
            return
        self._tried = True
        connection.execute(EVENTS.insert(), self._rows)

    def _is_there(self, connection: Connection) -> bool:
        # A connection lost during the commit leaves open whether it was done.
        first = self._rows[0]
        query = sa.select(EVENTS.c.id).where(
            *(EVENTS.c[name] == first[name] for name in ("sender_id", "type_name", "timestamp"))
        )
        return connection.execute(query).first() is not None
