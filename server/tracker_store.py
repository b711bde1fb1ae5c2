"""The tracker store: no event lost, none doubled, and no turn that waits for its database."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Callable, Coroutine, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import islice, takewhile
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
    Restarted,
    SessionStarted,
    SlotSet,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.shared.exceptions import RasaException
from sqlalchemy.engine import Connection
from sqlalchemy.exc import SQLAlchemyError

from server.database import EVENTS, SESSION_STARTED, create_engine, patience
from server.retention import Deleted, delete_untouched_since

logger = logging.getLogger(__name__)

# Up to when something that failed is tried again: a restarting database is soon back.
_RETRY_SECONDS = 0.6
_RETRY_PAUSE_SECONDS = 0.1
_SECONDS_OF_A_DAY = 86_400
# What is written to learn whether a turn could be: as much as a long one.
_CHECKED_CHARACTERS = 16_384
# An SQLite file up to this size is looked through as well: it takes a fraction of a second.
_LOOKED_THROUGH_BYTES = 64_000_000
# Threads that talk to the database; as many turns read or write at a time.
_THREADS = 8

# Spelt out in the statement, as a partial index does not serve a parameter.
_SESSION_STARTED = sa.literal_column(f"'{SESSION_STARTED}'")
_CARRIED = 2  # messages that a session which goes on with another one keeps of it

# Sender id of what is written only to see whether it can be; no conversation has it.
NOBODY = ""

T = TypeVar("T")
#: Number and JSON of an event that is stored.
_Stored = tuple[int, str]


class StoreError(RasaException):
    """The database could not be read or written; the message names no visitor and no text."""


class Overtaken(StoreError):
    """Somebody else has written to the conversation since it was read; nothing was stored."""


class StoredTracker(DialogueStateTracker):
    """A tracker that knows how many of its events the database has, and where they end there.

    Rasa's store finds that out by counting rows when it saves (rasa/core/tracker_store.py,
    `_additional_events`), which loses events as soon as somebody else has saved in between.

    Attributes:
        stored: how many of its events are stored.
        last: number of the last of them in the database; None if there is none.
    """

    stored = 0
    last: int | None = None


class ConversationStore(SQLTrackerStore):
    """Conversations in SQLite or PostgreSQL, in the table that Rasa's own SQL store uses.

    All work on the database is done in threads, so that the event loop never waits for it. Rasa
    keeps a store inside a `FailSafeTrackerStore`, which takes a failure for a new conversation and
    saves to memory what it never reads again; `server.agent` leaves that out.

    Args:
        domain: for the slots of trackers.
        keep_days: conversations that nobody has continued for so long are deleted by the servers
            themselves, daily (`server.housekeeping`); 0: kept for ever.
        patience_seconds: how long one try to read or write waits for a PostgreSQL that hangs.
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
        keep_days: float = 180,
        patience_seconds: float = 1.0,
    ) -> None:
        # Not Rasa's own constructor: it waits for the database in an endless loop.
        TrackerStore.__init__(self, domain, event_broker)
        url = self.get_db_url(
            dialect, host, validate_port(port), db, username, password, None, query
        )
        self.engine = create_engine(url)
        self.sessionmaker = sa.orm.session.sessionmaker(bind=self.engine)
        self._turns_per_session = turns_per_session
        if not 0 <= float(keep_days) < float("inf"):
            raise ValueError(f"keep_days: {keep_days} is no number of days")
        self.keep_days = float(keep_days)
        self.patience_seconds = float(patience_seconds)
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

    def _tracker(self, sender_id: str, rows: Sequence[_Stored]) -> StoredTracker | None:
        if not rows:
            return None
        texts = [data for _, data in rows]
        tracker = StoredTracker.from_events(sender_id, _events(texts), self.domain.slots)
        tracker.stored, tracker.last = len(tracker.events), rows[-1][0]
        return tracker

    async def save(self, tracker: DialogueStateTracker) -> None:
        """Stores the events that the tracker has gained since it was read, all or none.

        Raises:
            Overtaken: if the conversation is no longer as it was read, as when this server froze
                in the middle of a turn and another one has answered meanwhile.
            StoreError: if they could not be stored.
        """
        if isinstance(tracker, StoredTracker):
            events, last = list(tracker.events)[tracker.stored :], tracker.last
        else:  # from Rasa's HTTP API, which replaces conversations
            stored = await self._in_thread(_read_session, tracker.sender_id)
            events, last = list(tracker.events)[len(stored) :], stored[-1][0] if stored else None
        if not events:
            return
        closing = self._next_session(tracker)
        rows = [_row(tracker.sender_id, each) for each in (*events, *closing)]
        append = _Append(rows, last)
        last = await _whatever_comes(self._in_thread(append, tracker.sender_id))
        if isinstance(tracker, StoredTracker):
            tracker.stored, tracker.last = len(tracker.events), last
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
            SessionStarted(begun.timestamp if begun else None, went_before(tracker)),
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
        """Raises StoreError if a turn could not be stored at this moment."""
        if self.engine.dialect.name == "sqlite":
            await self._in_thread(_look_through, NOBODY)
        # Written for good, and then taken away: what is rolled back never asks a disk for room.
        await self._in_thread(_write_check, NOBODY)
        await self._in_thread(_delete, NOBODY)

    async def delete(self, sender_id: str) -> int:
        """Deletes a conversation, also from the journal; returns how many events it had."""
        deleted = await self._in_thread(_delete, sender_id)
        if self.engine.dialect.name == "sqlite":
            await self._in_thread(_empty_journal, sender_id)
        return deleted

    def forget(self, days: float) -> Deleted:
        """Deletes conversations that nobody has continued for some days; takes its time."""
        return delete_untouched_since(self.engine.url, time.time() - days * _SECONDS_OF_A_DAY)

    async def _in_thread(self, work: Callable[[Connection, str], T], sender_id: str) -> T:
        loop = asyncio.get_running_loop()
        return await loop.run_in_executor(self._threads, self._attempt, work, sender_id)

    def _attempt(self, work: Callable[[Connection, str], T], sender_id: str) -> T:
        deadline = time.monotonic() + _RETRY_SECONDS
        while True:
            try:
                with patience(self.patience_seconds), self.engine.begin() as connection:
                    return work(connection, sender_id)
            except (SQLAlchemyError, OSError) as error:
                if time.monotonic() > deadline:
                    raise StoreError(f"conversations cannot be reached: {_reason(error)}") from None
            time.sleep(_RETRY_PAUSE_SECONDS)


async def _whatever_comes(work: Coroutine[Any, Any, T]) -> T:
    """Waits for the end of what must not be left open, even if the caller is told to give up.

    A turn that runs out of time while it is being stored would else be both stored and apologised
    for. It takes two seconds at most.
    """
    done = asyncio.ensure_future(work)
    try:
        return await asyncio.shield(done)
    except asyncio.CancelledError:
        return await done


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


def went_before(tracker: DialogueStateTracker) -> dict[str, Any]:
    """What a session that goes on with another one has to know of what was said there.

    The pipeline reads a message in the light of the last ones (nlu/components/conversation.py), and
    is handed the events of the latest session alone.

    Returns:
        Metadata of a SessionStarted: the last messages, text and title of each, the latest last.
    """
    lately = takewhile(lambda each: not isinstance(each, Restarted), reversed(tracker.events))
    messages = islice((each for each in lately if isinstance(each, UserUttered)), _CARRIED)
    kept = [
        {"text": each.text or "", "title": (each.metadata or {}).get("title")} for each in messages
    ]
    return {"went_before": kept[::-1]}


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
    of_conversation = EVENTS.c.sender_id == sender_id
    return sa.select(EVENTS.c.id, EVENTS.c.data).where(of_conversation).order_by(EVENTS.c.id)


def _read_session(connection: Connection, sender_id: str) -> list[_Stored]:
    return [(row[0], row[1]) for row in connection.execute(latest_session(sender_id))]


def _read_all(connection: Connection, sender_id: str) -> list[_Stored]:
    return [(row[0], row[1]) for row in connection.execute(_all_sessions(sender_id))]


def _read_senders(connection: Connection, _: str) -> list[str]:
    senders = sa.select(EVENTS.c.sender_id).where(EVENTS.c.sender_id != NOBODY).distinct()
    return list(connection.execute(senders).scalars())


def _delete(connection: Connection, sender_id: str) -> int:
    return int(connection.execute(EVENTS.delete().where(EVENTS.c.sender_id == sender_id)).rowcount)


def _empty_journal(connection: Connection, _: str) -> None:
    # Beside readers it is emptied by whoever comes later; all of it is in the file by then.
    connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")


def _look_through(connection: Connection, _: str) -> None:
    """Finds a damaged file, such as one that was copied over another beside a running server."""
    size = 1
    for name in ("page_count", "page_size"):
        size *= int(connection.exec_driver_sql(f"PRAGMA {name}").scalar())
    if size <= _LOOKED_THROUGH_BYTES:
        state = connection.exec_driver_sql("PRAGMA quick_check(1)").scalar()
        if state != "ok":
            raise StoreError(f"the file of conversations is damaged: {state}")


def _write_check(connection: Connection, sender_id: str) -> None:
    row = {"sender_id": sender_id, "type_name": "check", "data": " " * _CHECKED_CHARACTERS}
    connection.execute(EVENTS.insert(), row)


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
        return [data for _, data in connection.execute(query)]


class _Append:
    """Adds rows after the last one that their writer has seen, once, however often it is tried.

    Args:
        rows: to be added, all of one conversation.
        last: number of the conversation's last row when it was read; None if there was none.
    """

    def __init__(self, rows: Sequence[dict[str, Any]], last: int | None) -> None:
        self._rows = rows
        self._last = last
        self._tried = False

    def __call__(self, connection: Connection, sender_id: str) -> int:
        """Number of the last of the rows.

        Raises:
            Overtaken: if another row is the last one by now.
        """
        _have_it_alone(connection, sender_id)
        if _last_row(connection, sender_id) != self._last:
            # A connection lost during the commit leaves open whether it was done.
            own = self._own_rows(connection, sender_id) if self._tried else []
            if not own:
                raise Overtaken("the conversation was written to by somebody else")
            return own[-1]
        self._tried = True
        connection.execute(EVENTS.insert(), self._rows)
        last = _last_row(connection, sender_id)
        assert last is not None  # noqa: S101  just inserted
        return last

    def _own_rows(self, connection: Connection, sender_id: str) -> list[int]:
        query = _all_sessions(sender_id).where(EVENTS.c.id > (self._last or 0))
        found = list(connection.execute(query.limit(len(self._rows))))
        is_own = [row[1] for row in found] == [row["data"] for row in self._rows]
        return [row[0] for row in found] if is_own else []


def _have_it_alone(connection: Connection, sender_id: str) -> None:
    """Lets nobody else write to the conversation until the transaction ends."""
    if connection.dialect.name == "postgresql":
        lock = sa.func.pg_advisory_xact_lock(sa.func.hashtext(sender_id))
        connection.execute(sa.select(lock))
    else:
        connection.exec_driver_sql("BEGIN IMMEDIATE")


def _last_row(connection: Connection, sender_id: str) -> int | None:
    query = sa.select(sa.func.max(EVENTS.c.id)).where(EVENTS.c.sender_id == sender_id)
    found: int | None = connection.execute(query).scalar()
    return found
