"""What all custom actions share: state in, reply out, and an apology when something breaks."""

from __future__ import annotations

import logging
import re
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from rasa_sdk import Action, Tracker
from rasa_sdk.events import EventType
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.options import Option, button
from actions.provenance import model_id, version_events
from actions.thread import Thread
from content.live import LiveContent
from content.loader import Content

logger = logging.getLogger(__name__)

_TEXT_CHANNELS = {"cmdline"}
_LIVE = LiveContent()


@dataclass
class Turn:
    """One message of a visitor, with everything an answer may depend on.

    Attributes:
        content: what the assistant knows.
        thread: state of the conversation before this message.
        intent: what the classifier made of the message.
        text: the message as typed.
        words: its words, spelling repaired, roles under their short names.
        roles: values of the role entities.
        ranking: answerable intents with their confidence, likeliest first.
        outcome: what the classifier decided (see nlu/decision.py).
        reason: why it could not read the message, if it could not.
        parts: intent and roles of each question, where the message joins several.
        model: id of the model that understood the message.
        shows_buttons: whether the channel can show buttons.
    """

    content: Content
    thread: Thread
    intent: str
    text: str
    words: list[str]
    roles: list[str]
    ranking: list[dict[str, Any]]
    outcome: str
    reason: str
    parts: list[dict[str, Any]]
    model: str
    shows_buttons: bool


@dataclass
class Reply:
    """What an action says, and the thread after it.

    Attributes:
        thread: the conversation's state from now on.
        texts: answers from the content, each a message of its own.
        prompt: name of a prompt in the content to say after them, with `values` filled in.
        options: what is offered below the last message.
    """

    thread: Thread
    texts: Sequence[str] = ()
    prompt: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    options: Sequence[Option] = ()


class ThreadAction(Action, ABC):
    """An action that turns the visitor's message and the thread into a reply."""

    async def run(
        self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict
    ) -> list[EventType]:
        """Answers; any failure is logged and told to the visitor as an apology.

        A custom action that raises leaves the visitor without a word (rasa/core/processor.py,
        `_run_action`), so nothing may pass this method.
        """
        try:
            turn = read_turn(tracker)
            reply = self.respond(turn)
            _say(dispatcher, turn, reply)
            return [*reply.thread.events(turn.thread), *version_events(tracker, turn.content)]
        except Exception:
            logger.exception("%s failed", self.name())
            dispatcher.messages.clear()
            dispatcher.utter_message(text=_LIVE.get().prompts["failure"])
            return []

    def name(self) -> str:
        """Name in the domain: ActionTellMore is `action_tell_more`."""
        words = "".join(f"_{c.lower()}" if c.isupper() else c for c in type(self).__name__)
        return words.lstrip("_")

    @abstractmethod
    def respond(self, turn: Turn) -> Reply:
        """What to say in this turn."""


def read_turn(tracker: Tracker) -> Turn:
    """Reads a tracker as it comes from the Rasa server."""
    message = tracker.latest_message
    understanding = message.get("understanding") or {}
    return Turn(
        content=_LIVE.get(),
        thread=Thread.from_tracker(tracker),
        intent=(message.get("intent") or {}).get("name") or "",
        text=message.get("text") or "",
        words=re.findall(r"[\w']+", (understanding.get("text") or "").lower()),
        roles=[e["value"] for e in message.get("entities") or [] if e.get("entity") == "role"],
        ranking=message.get("intent_ranking") or [],
        outcome=understanding.get("outcome") or "",
        reason=understanding.get("reason") or "",
        parts=understanding.get("parts") or [],
        model=model_id(tracker),
        shows_buttons=tracker.get_latest_input_channel() not in _TEXT_CHANNELS,
    )


def _say(dispatcher: CollectingDispatcher, turn: Turn, reply: Reply) -> None:
    prompts = turn.content.prompts
    texts = list(reply.texts)
    if reply.prompt:
        texts.append(prompts[reply.prompt].format(**reply.values))
    buttons = [button(offer) for offer in reply.options]
    if buttons and not turn.shows_buttons:
        lines = [f"{index}. {offer['title']}" for index, offer in enumerate(reply.options, 1)]
        listed = "  ".join(lines)
        texts.append(listed if reply.prompt else prompts["next"].format(options=listed))
        buttons = []
    for text in texts[:-1]:
        dispatcher.utter_message(text=text)
    dispatcher.utter_message(text=texts[-1], buttons=buttons or None)
