"""Which content and which model a conversation was held with."""

from __future__ import annotations

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

from content.loader import Content

_SLOT = "content_version"


def model_id(tracker: Tracker) -> str:
    """Id of the model behind the last event; empty where events carry none.

    Rasa writes it into the metadata of every event (rasa/shared/core/trackers.py, `update`).
    """
    found = ((event.get("metadata") or {}).get("model_id") for event in reversed(tracker.events))
    return next((str(each) for each in found if each), "")


def version_events(tracker: Tracker, content: Content) -> list[EventType]:
    """Keeps the content's version with the conversation, once and whenever it changes."""
    if tracker.get_slot(_SLOT) == content.version:
        return []
    return [SlotSet(_SLOT, content.version)]
