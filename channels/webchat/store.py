"""Reaches the tracker store itself.

Rasa wraps it in a FailSafeTrackerStore, to which a database that does not answer is an empty
conversation (rasa/core/tracker_store.py). Here that would throw a visitor out: an error must stay
an error.
"""

from __future__ import annotations

from rasa.core.agent import Agent
from rasa.core.tracker_store import (
    InMemoryTrackerStore,
    RedisTrackerStore,
    SQLTrackerStore,
    TrackerStore,
)
from rasa.shared.core.events import Event
from rasa.shared.core.trackers import DialogueStateTracker


class NotDeletable(Exception):
    """The tracker store in use has no way to delete that is known here."""


async def full_tracker(agent: Agent, sender: str) -> DialogueStateTracker | None:
    """The conversation with all its sessions; None if there is none."""
    tracker = await _primary(agent).retrieve_full_tracker(sender)
    return tracker if tracker is not None and tracker.events else None


async def utterances(agent: Agent, sender: str, text: str) -> list[Event] | None:
    """Utterances that contain a text, perhaps with others; None if there is no conversation."""
    find = getattr(_primary(agent), "utterances", None)
    if find is not None:
        found: list[Event] | None = await find(sender, text)
        return found
    tracker = await full_tracker(agent, sender)
    return list(tracker.events) if tracker is not None else None


async def begin(agent: Agent, sender: str) -> None:
    """Keeps a new conversation, so that from now on there is one."""
    tracker = await agent.processor.fetch_tracker_with_initial_session(sender)
    await _primary(agent).save(tracker)


async def delete(agent: Agent, sender: str) -> None:
    """Removes a conversation with all its sessions.

    Raises:
        NotDeletable: by stores other than Rasa's for SQL, Redis and memory and those with a
            `delete` of their own.
    """
    store = _primary(agent)
    own = getattr(store, "delete", None)
    if own is not None:
        await own(sender)
    elif isinstance(store, SQLTrackerStore):
        with store.session_scope() as session:
            session.query(store.SQLEvent).filter(store.SQLEvent.sender_id == sender).delete()
            session.commit()
    elif isinstance(store, RedisTrackerStore):
        store.red.delete(store.key_prefix + sender)
    elif isinstance(store, InMemoryTrackerStore):
        store.store.pop(sender, None)
    else:
        raise NotDeletable(type(store).__name__)
    # What could not be saved at some time went to memory.
    fallback = getattr(agent.tracker_store, "_fallback_tracker_store", None)
    if fallback is not None:
        fallback.store.pop(sender, None)


def _primary(agent: Agent) -> TrackerStore:
    store = agent.tracker_store
    while hasattr(store, "_tracker_store"):  # FailSafe-, AwaitableTrackerStore
        store = store._tracker_store
    return store
