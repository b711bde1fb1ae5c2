"""Puts stored events together to turns: a message, and what the assistant made of it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from sys import intern  # ids and versions come again and again
from typing import Any

from content.loader import Content
from dialogue.understanding import Understanding
from keepers.store import Event, Period

ANSWER, GAP, CLARIFY, PROMPT = "answer", "gap", "clarify", "prompt"
APOLOGY, SMALL_TALK, SILENCE = "apology", "small_talk", "no reply"
KINDS = (ANSWER, GAP, CLARIFY, PROMPT, SMALL_TALK, APOLOGY, SILENCE)
#: Replies by which a message that was typed is seen to have asked something.
QUESTIONS = (ANSWER, GAP, CLARIFY)
#: What a reply says of the message's claim or question; `NO_VERDICT` where it says nothing of it.
VERDICTS = ("yes", "no", "partly", "answered", "not_stated")
NO_VERDICT = "none"
# Where a message had several replies, the first of these names it.
_FIRST = (APOLOGY, ANSWER, GAP, CLARIFY, PROMPT)

_FEEDBACK = "feedback_"
_SESSION, _USER = "session_started", "user"
_RANKED = 3


@dataclass(slots=True)
class Turn:
    """One message of a visitor and the reply.

    Attributes:
        conversation: number of the conversation, a visitor's session.
        time: when it was sent, in seconds since 1970.
        text: as typed, or the payload of a button.
        plain: as the model read it, spelling repaired, roles by one name; empty for a button.
        intent: what it was understood as.
        near: topics that came nearest, likeliest first.
        kind: what sort of reply it had, one of `KINDS`.
        verdict: of the reply, one of `VERDICTS` or `NO_VERDICT`.
        told: keys of the subjects that the reply told, or of the gap that it named.
        feedback: "good" or "bad" with the key of the answer it is of, if the message is that.
        content: version of the content that spoke; empty where that is not known.
        model: id of the model that understood; empty where that is not known.
        sender: whose conversation it is; never to be shown.
        found: what the model made of the message.
        reply: what was said to it.
        statements: ids of the statements that were told.
        nothing: whether the reply was that there is no more to tell.
    """

    conversation: int
    time: float
    text: str
    plain: str
    intent: str
    near: tuple[str, ...]
    sender: str
    found: Understanding
    kind: str = SILENCE
    verdict: str = NO_VERDICT
    told: tuple[str, ...] = ()
    feedback: tuple[str, str] | None = None
    content: str = ""
    model: str = ""
    reply: str = ""
    statements: tuple[str, ...] = ()
    nothing: bool = False

    @property
    def pressed(self) -> bool:
        """Whether it was a button and not typed."""
        return self.text.startswith("/")

    @property
    def is_thumb(self) -> bool:
        """Whether it is a thumb on the reply before, and nothing that was said."""
        return self.pressed and self.intent.startswith(_FEEDBACK)


@dataclass(slots=True)
class _Visitor:
    """What is known of one visitor while events go by; there may be hundreds of thousands.

    What stands behind `turn` is of the replies to the message that is open.
    """

    conversation: int = 0
    content: str = ""
    turn: Turn | None = None
    kinds: tuple[str, ...] = ()
    verdicts: tuple[str, ...] = ()
    told: tuple[str, ...] = ()
    replies: tuple[str, ...] = ()
    statements: tuple[str, ...] = ()


class TurnReader:
    """Makes turns of events; `unreadable` counts the events that are no valid JSON.

    Args:
        content: tells topics from small talk.
        period: turns outside it are left out.
    """

    def __init__(self, content: Content, period: Period) -> None:
        self._topics = frozenset(content.topic_ids)
        self._gaps = frozenset(content.gaps)
        self._no_more = frozenset(content.variants["all_told"] + content.variants["no_more"])
        self._period = period
        self._visitors: dict[str, _Visitor] = {}
        self._conversations = 0
        self.unreadable = 0

    @property
    def visitors(self) -> int:
        """How many visitors there were so far, in the period or before it."""
        return len(self._visitors)

    def read(self, events: Iterable[Event]) -> Iterator[Turn]:
        """Turns, each as soon as it is complete."""
        for event in events:
            visitor = self._visitors.get(event.sender)
            if visitor is None:
                visitor = self._visitors[event.sender] = _Visitor()
            if event.kind in (_SESSION, _USER):
                yield from self._close(visitor)
            if event.kind == _SESSION:
                visitor.conversation = 0
                continue
            data = self._parsed(event)
            if event.kind == _USER and event.time >= self._period.start:
                self._open(visitor, event, data)
            elif event.kind == "bot":
                self._hear(visitor, data)
            elif event.kind == "slot":
                _keep(visitor, data)
        for visitor in self._visitors.values():
            yield from self._close(visitor)

    def _parsed(self, event: Event) -> dict[str, Any]:
        try:
            data = json.loads(event.data)
        except (ValueError, TypeError):
            data = None
        if isinstance(data, dict):
            return data
        self.unreadable += 1
        return {}

    def _open(self, visitor: _Visitor, event: Event, data: dict[str, Any]) -> None:
        if not visitor.conversation:
            self._conversations += 1
            visitor.conversation = self._conversations
        parsed = data.get("parse_data") or {}
        understanding = parsed.get("understanding") or {}
        ranking = [item.get("name") for item in parsed.get("intent_ranking") or []]
        visitor.turn = Turn(
            conversation=visitor.conversation,
            time=event.time,
            text=data.get("text") or "",
            plain=understanding.get("text") or "",
            intent=intern((parsed.get("intent") or {}).get("name") or ""),
            near=tuple(intern(name) for name in ranking if name in self._topics)[:_RANKED],
            model=intern((data.get("metadata") or {}).get("model_id") or ""),
            sender=intern(event.sender),
            found=Understanding.from_message(parsed),
        )
        visitor.kinds = visitor.verdicts = visitor.told = ()
        visitor.replies = visitor.statements = ()

    def _hear(self, visitor: _Visitor, data: dict[str, Any]) -> None:
        """Takes in one reply: the action writes its kind, verdict and subject into its metadata.

        What is open without a gap of its own is told with the topic that comes nearest, which has
        not been answered by that.
        """
        metadata = data.get("metadata") or {}
        kind, key = metadata.get("kind") or "", metadata.get("answer") or ""
        visitor.kinds += (intern(kind),)
        visitor.replies += (data.get("text") or "",)
        visitor.statements += tuple(map(intern, metadata.get("statements") or ()))
        if metadata.get("verdict") in VERDICTS:
            visitor.verdicts += (intern(metadata["verdict"]),)
        if key and (kind == ANSWER or (kind == GAP and key in self._gaps)):
            visitor.told += (intern(key),)

    def _close(self, visitor: _Visitor) -> Iterator[Turn]:
        turn, visitor.turn = visitor.turn, None
        if turn is None:
            return
        turn.content = visitor.content
        named = (kind for kind in _FIRST if kind in visitor.kinds)
        turn.kind = next(named, SMALL_TALK if visitor.kinds else SILENCE)
        turn.verdict = next(iter(visitor.verdicts), NO_VERDICT)
        turn.reply = "\n".join(visitor.replies)
        turn.nothing = turn.reply in self._no_more
        turn.statements = tuple(dict.fromkeys(visitor.statements))
        if turn.kind in (ANSWER, GAP):
            turn.told = tuple(dict.fromkeys(visitor.told))
        yield turn


def _keep(visitor: _Visitor, data: dict[str, Any]) -> None:
    name, value, turn = data.get("name"), data.get("value"), visitor.turn
    if name == "content_version":
        visitor.content = intern(value or "")
    elif turn is not None and value and turn.intent.startswith(_FEEDBACK):
        verdict = value[-1]
        turn.feedback = (
            turn.intent.removeprefix(_FEEDBACK),
            verdict.get("subject") or "",
        )
