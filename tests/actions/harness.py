"""Runs the action on a tracker with parse data made by hand, and reads the reply."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from functools import cache
from typing import Any, NamedTuple

from rasa_sdk.executor import ActionExecutor

from content.loader import load
from dialogue.understanding import Wanted

CONTENT = load()
ML, AI = CONTENT.roles
BOTH, OTHER, FORMER, LATTER = "both", "other", "former", "latter"
SURE = 0.9

Parse = dict[str, Any]


class Reply(NamedTuple):
    """What the action said, and the tracker it said it on."""

    messages: list[dict[str, Any]]
    events: list[dict[str, Any]]
    tracker: dict[str, Any]


def reading(verdict: str = "none", act: str = "ask", **labels: Mapping[str, float]) -> Parse:
    """A reading, as the pipeline writes it.

    Args:
        verdict: on the message.
        act: what the message surely does.
        labels: by name of a label, the statements that have it with their probabilities.
    """
    judged: dict[str, dict[str, Any]] = {}
    for label, scores in labels.items():
        for name, score in scores.items():
            empty = {"id": name, "answers": 0.0, "confirms": 0.0, "denies": 0.0, "near": 0.0}
            judged.setdefault(name, empty)[label] = score
    ids = [each["id"] for each in judged.values()]
    carrying = [each for each in ids if max(list(judged[each].values())[1:]) >= 0.4]
    best = max((max(list(each.values())[1:4]) for each in judged.values()), default=0.0)
    return {
        "acts": {act: SURE},
        "verdict": verdict,
        "leaning": verdict,
        "confidence": best if verdict not in ("none", "not_stated") else 1 - best,
        "statements": carrying,
        "judged": list(judged.values()),
        "alone": list(judged.values()) if act == "source" else [],
    }


def answered(*ids: str, act: str = "ask") -> Parse:
    """A reading that statements answer, the first one best."""
    scores = {each: round(0.95 - 0.05 * place, 2) for place, each in enumerate(ids)}
    return reading("answered", act, answers=scores)


def make_tracker(
    intent: str = "",
    sure: float = SURE,
    read: Parse | None = None,
    roles: Sequence[str] = (),
    ranking: Sequence[tuple[str, float]] = (),
    channel: str = "rest",
    after: Reply | None = None,
    entities: Mapping[str, str] | None = None,
    pressed: bool = False,
    wanted: Wanted | None = None,
    places: Sequence[int | str] = (),
    parts: Sequence[Parse] = (),
    **understanding: Any,
) -> dict[str, Any]:
    """A tracker as Rasa's server sends it, with one message after what was said before.

    Args:
        intent: what the classifier took the message for.
        sure: how sure it is of that.
        read: what the reader made of it.
        roles: values of its role entities.
        ranking: answerable intents with their confidence, where the intent is not the first.
        channel: where the visitor writes.
        after: the reply before.
        entities: other entities by name.
        pressed: whether it is a button's payload.
        wanted: the form that it asks for.
        places: what it points to.
        parts: of a message that joins several questions.
        understanding: what else the classifier says, such as `reason`.
    """
    named = [{"entity": "role", "value": role} for role in roles]
    named += [{"entity": name, "value": value} for name, value in (entities or {}).items()]
    message: Parse = {"intent": {"name": intent, "confidence": sure}, "entities": named}
    if not pressed:
        ranked = ranking or ([(intent, sure)] if intent else [])
        message |= {
            "intent_ranking": [{"name": name, "confidence": share} for name, share in ranked],
            "understanding": {"outcome": "answer", **understanding},
            "reading": read or reading(act="none"),
            "parts": list(parts),
            "wanted": asdict(Wanted() if wanted is None else wanted),
            "places": list(places),
        }
    message["text"] = "The words of the visitor are none of the action's business."
    before = after.tracker["events"] if after else []
    said = {"event": "user", "text": "", "parse_data": message, "input_channel": channel}
    return {
        "sender_id": "visitor",
        "slots": slots(after) if after else {},
        "latest_message": message,
        "events": [*before, said],
        "paused": False,
        "latest_action_name": "action_listen",
    }


def run(**message: Any) -> Reply:
    """What the action answers to a message; see `make_tracker`."""
    tracker = make_tracker(**message)
    call = {"next_action": "action_reply", "sender_id": "visitor", "tracker": tracker}
    result = asyncio.run(executor().run(call))
    return Reply(result["responses"], result["events"], tracker)


def press(payload: str, after: Reply | None = None, **entities: str) -> Reply:
    """What pressing a button does."""
    role = [entities.pop("role")] if "role" in entities else []
    return run(intent=payload, pressed=True, roles=role, entities=entities, after=after)


def said(reply: Reply) -> str:
    """All that a reply says, as one text."""
    return "\n".join(texts(reply))


def texts(reply: Reply) -> list[str]:
    """The texts of a reply's messages; the name where a response of the domain is said."""
    return [message["text"] or message["response"] for message in reply.messages]


def told(*ids: str) -> str:
    """The sentences of statements, as they stand."""
    return " ".join(CONTENT.statements[each].text for each in ids)


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
