"""Holds conversations in this process: the pipeline and the action, and no server.

What Rasa does between the two is the same for every message of this assistant: it predicts
`action_reply` and sets the slots that this returns. So a message is handed to the pipeline, what
that makes of it to the action, and slots and sessions are kept as the servers keep them.
A reading takes most of a turn's time, so it is kept in a file, by the digest of all that it
depends on: the model, the sources and weights behind it, the content, the message and what was said
before it.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import time
from functools import cached_property
from pathlib import Path
from typing import Any

import yaml
from rasa.core.actions.action import create_bot_utterance
from rasa.core.channels.channel import UserMessage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig
from rasa_sdk.executor import ActionExecutor

from benchmarks.model import load_agent
from content.live import live_content
from nlu.components.conversation import said_before
from nlu.components.fingerprint import source_digest
from nlu.slots import slots
from server.remote_action import PromptRemoteAction
from server.tracker_store import went_before

RUN, ENDPOINTS, DOMAIN = Path(".run"), Path("endpoints.yml"), Path("domain.yml")
_CHANNEL, _SESSION_START = "rest", "/session_start"
#: What of a parse goes to the action server (`dialogue.understanding`).
_PASSED_ON = (
    *("intent", "entities", "intent_ranking", "text"),
    *("understanding", "reading", "parts", "wanted", "places"),
)


class Player:
    """The assistant with a model.

    Args:
        model: its archive; loaded only when a message comes whose parse is not kept.
        folder: where parses are kept.
    """

    def __init__(self, model: Path, folder: Path = RUN) -> None:
        made_of = f"{model.name} {source_digest()} {live_content().get().version}"
        self.model = model
        self._file = folder / f"parses-{hashlib.sha256(made_of.encode()).hexdigest()[:12]}.json"
        known = self._file.read_text(encoding="utf-8") if self._file.exists() else "{}"
        self._parses: dict[str, dict[str, Any]] = json.loads(known)
        self._kept = len(self._parses)
        given = yaml.safe_load(DOMAIN.read_text(encoding="utf-8"))
        self.domain = Domain.from_dict({**given, "slots": {**given["slots"], **slots()}})
        endpoints = yaml.safe_load(ENDPOINTS.read_text(encoding="utf-8"))
        self.turns_per_session = int(endpoints["tracker_store"]["turns_per_session"])
        self.action = PromptRemoteAction(
            "action_reply", EndpointConfig.from_dict(endpoints["action_endpoint"])
        )

    @cached_property
    def _agent(self) -> Any:
        return load_agent(self.model)

    @cached_property
    def _executor(self) -> ActionExecutor:
        executor = ActionExecutor()
        executor.register_package("actions")
        return executor

    @property
    def read(self) -> int:
        """How many messages were read by the model, as no parse of them was kept."""
        return len(self._parses) - self._kept

    def visitor(self) -> PlayedConversation:
        """A new visitor."""
        return PlayedConversation(self)

    def parse(self, text: str, tracker: DialogueStateTracker) -> dict[str, Any]:
        """What the pipeline makes of a message, as the action server gets it."""
        made_of = json.dumps([text, *said_before(tracker, live_content(), text)])
        key = hashlib.sha256(made_of.encode()).hexdigest()
        if key not in self._parses:
            message = UserMessage(text, sender_id=tracker.sender_id)
            parsed = asyncio.run(self._agent.processor.parse_message(message, tracker))
            found = {name: parsed[name] for name in _PASSED_ON if name in parsed}
            self._parses[key] = json.loads(json.dumps(found))
        return self._parses[key]

    def reply(self, tracker: DialogueStateTracker) -> dict[str, Any]:
        """Events and responses that the action gives to the last message, as JSON has them."""
        call = self.action._action_call_format(tracker, self.domain)
        result = asyncio.run(self._executor.run(json.loads(json.dumps(call))))
        found: dict[str, Any] = json.loads(json.dumps(result))
        return found

    def save(self) -> None:
        """Keeps the parses for the next run, in the place of those of another model or content."""
        if not self.read:
            return
        self._file.parent.mkdir(exist_ok=True)
        part = self._file.with_suffix(".part")
        part.write_text(json.dumps(self._parses), encoding="utf-8")
        for old in self._file.parent.glob("parses-*.json"):
            old.unlink(missing_ok=True)
        part.rename(self._file)


class PlayedConversation:
    """One visitor, talked to as over Rasa's REST channel (see `tests.conftest.Conversation`)."""

    def __init__(self, player: Player) -> None:
        self._player = player
        self._begin(time.time(), [])
        self.messages: list[dict[str, Any]] = []
        self.metadata: list[dict[str, Any]] = []

    def _begin(
        self, visit: float, carried: list[SlotSet], before: dict[str, Any] | None = None
    ) -> None:
        self._visit, self._turns = visit, 0
        self._tracker = DialogueStateTracker.from_events(
            "visitor", [SessionStarted(visit, before), *carried], self._player.domain.slots
        )

    def say(self, text: str) -> str:
        """Says a text and returns the texts of the reply, joined by newlines."""
        if text == _SESSION_START:  # carried out by Rasa itself, without a word
            self._next_session(time.time())
            self.messages = self.metadata = []
            return ""
        if self._turns >= self._player.turns_per_session:  # as server.tracker_store does
            self._next_session(self._visit, went_before(self._tracker))
        parsed, tracker = self._player.parse(text, self._tracker), self._tracker
        tracker.update(
            UserUttered(text, parsed["intent"], parsed["entities"], parsed, input_channel=_CHANNEL)
        )
        result = self._player.reply(tracker)
        for event in result["events"]:
            tracker.update(SlotSet(event["name"], event["value"]))
        self._turns += 1
        said = [create_bot_utterance(self._worded(each)) for each in result["responses"]]
        self.metadata = [each.metadata for each in said]
        self.messages = [
            {"text": each.text, "buttons": each.data.get("buttons") or []} for each in said
        ]
        return "\n".join(each.text or "" for each in said)

    def _next_session(self, visit: float, before: dict[str, Any] | None = None) -> None:
        """Begins a session with the slots of the one before, and what else is kept of it."""
        kept = {slot.name: slot.value for slot in self._tracker.slots.values()}
        self._begin(visit, [SlotSet(name, value) for name, value in kept.items() if value], before)

    def _worded(self, response: dict[str, Any]) -> dict[str, Any]:
        """A response with its text; of several wordings in the domain the first."""
        named = response.get("response")
        if not named:
            return dict(response)
        return {**response, "text": self._player.domain.responses[named][0]["text"]}

    @property
    def buttons(self) -> list[dict[str, str]]:
        """Buttons of the last reply."""
        return [button for message in self.messages for button in message["buttons"]]
