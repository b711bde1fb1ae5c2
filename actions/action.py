"""The one action: message and thread in, a reply out, and an apology if something breaks."""

from __future__ import annotations

import logging
from dataclasses import replace

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.executor import execute
from actions.provenance import model_id, version_events
from actions.reply import APOLOGY, Scene
from actions.say import say
from content.live import live_content
from content.loader import Content
from dialogue.acts import Again, Ask, Check, Refuse, Unclear
from dialogue.decode import decode
from dialogue.thread import Thread
from dialogue.understanding import Understanding

_TEXT_CHANNELS = {"cmdline"}  # they show no buttons
_TABLE_CHANNELS = {"webchat"}
# Acts after which a correction may mean another reading of the same message.
_ASKING = (Again, Ask, Check, Refuse, Unclear)
logger = logging.getLogger(__name__)


class ActionReply(Action):
    """Replies to every message."""

    def name(self) -> str:
        """Name in the domain."""
        return "action_reply"

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Answers; any failure is logged and told to the visitor as an apology.

        A custom action that raises leaves the visitor without a word (rasa/core/processor.py,
        `_run_action`), so nothing may pass this method.
        """
        try:
            return self._reply(dispatcher, tracker, live_content().get())
        except Exception:
            logger.exception("%s failed", self.name())
            dispatcher.messages.clear()
            dispatcher.utter_message(text=live_content().apology(), kind=APOLOGY)
            return []

    @staticmethod
    def _reply(
        dispatcher: CollectingDispatcher, tracker: Tracker, content: Content
    ) -> list[EventType]:
        found = Understanding.from_message(tracker.latest_message)
        before = Thread.from_slots(tracker.slots)
        scene = _scene(tracker, before, content)
        decision = decode(found, scene.thread, content)
        logger.info("decided: %s", decision.line())
        reply = execute(scene, decision.acts)
        if isinstance(decision.acts[0], _ASKING) and found.reading.judged:
            reply = replace(
                reply, thread=reply.thread.hearing(found.reading.known(content.statements))
            )
        channel = tracker.get_latest_input_channel()
        say(dispatcher, content, reply, has_buttons=channel not in _TEXT_CHANNELS)
        slots = reply.thread.changes(before)
        events = [SlotSet(name, value) for name, value in slots.items()]
        return [*events, *version_events(tracker, content)]


def _scene(tracker: Tracker, before: Thread, content: Content) -> Scene:
    visit = _visit(tracker)
    return Scene(
        content=content,
        thread=before.known(content).in_visit(visit),
        model=model_id(tracker),
        is_return=before.visit not in (None, visit),
        has_tables=tracker.get_latest_input_channel() in _TABLE_CHANNELS,
    )


def _visit(tracker: Tracker) -> float | None:
    """When the present session began; Rasa begins one after a pause (domain: session_config)."""
    starts = [e["timestamp"] for e in tracker.events if e.get("event") == "session_started"]
    return float(starts[-1]) if starts else None
