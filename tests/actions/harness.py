"""Runs a custom action on a tracker of Rasa's server, and reads what comes of it."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any, NamedTuple

from rasa_sdk.executor import ActionExecutor

from content.loader import load

CONTENT = load()
ML, AI = CONTENT.roles
BOTH, OTHER, FORMER, LATTER = "both", "other", "former", "latter"


class Reply(NamedTuple):
    """What an action said, and the tracker it said it on."""

    messages: list[dict[str, Any]]
    events: list[dict[str, Any]]
    tracker: dict[str, Any]


def make_tracker(
    text: str = "",
    intent: str = "",
    roles: Sequence[str] = (),
    ranking: Sequence[tuple[str, float]] = (),
    channel: str = "rest",
    after: Reply | None = None,
    entities: Mapping[str, str] | None = None,
    **understanding: Any,
) -> dict[str, Any]:
    """A tracker as Rasa's server sends it, with one message after what was said before.

    Args:
        text: the message.
        intent: its intent.
        roles: values of its role entities.
        ranking: its answerable intents with their confidence.
        channel: where the visitor writes.
        after: the reply before.
        entities: other entities by name.
        understanding: what else the classifier says, such as `reason`.
    """
    message = {
        "text": text,
        "intent": {"name": intent, "confidence": 1.0},
        "entities": [
            *({"entity": "role", "value": role} for role in roles),
            *({"entity": name, "value": value} for name, value in (entities or {}).items()),
        ],
        "intent_ranking": [{"name": name, "confidence": share} for name, share in ranking],
        "understanding": {"outcome": "answer", "text": text.lower(), **understanding},
    }
    before = after.tracker["events"] if after else []
    said = {"event": "user", "text": text, "parse_data": message, "input_channel": channel}
    return {
        "sender_id": "visitor",
        "slots": slots(after) if after else {},
        "latest_message": message,
        "events": [*before, said],
        "paused": False,
        "latest_action_name": "action_listen",
    }


def run(action: str, **message: Any) -> Reply:
    """What an action answers to a message; see `make_tracker`."""
    tracker = make_tracker(**message)
    call = {"next_action": f"action_{action}", "sender_id": "visitor", "tracker": tracker}
    result = asyncio.run(executor().run(call))
    return Reply(result["responses"], result["events"], tracker)


def texts(reply: Reply) -> list[str]:
    """The texts of a reply's messages."""
    return [message["text"] for message in reply.messages]


def buttons(reply: Reply) -> list[dict[str, str]]:
    """The buttons of a reply, which stand below its last message."""
    return list(reply.messages[-1]["buttons"])


def slots(reply: Reply) -> dict[str, Any]:
    """All slots after a reply."""
    changed = {event["name"]: event["value"] for event in reply.events if event["event"] == "slot"}
    return {**reply.tracker["slots"], **changed}


@cache
def executor() -> ActionExecutor:
    """The action server's own executor with all actions of this project."""
    result = ActionExecutor()
    result.register_package("actions")
    return result
