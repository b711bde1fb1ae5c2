"""Reads a conversation's events: what was said, what was offered, what was answered before."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import datetime, timezone
from typing import Any

from rasa.shared.core.events import BotUttered, Event, UserUttered

from channels.webchat.replies import Reply, reply_from

#: Metadata of a visitor's message: the title of a pressed button; whether it is not to be shown.
TITLE, SILENT = "title", "silent"
#: U+2060, invisible: stands before a typed slash, which Rasa would take for an order.
GUARD = "\u2060"
#: What the menu of the chat says to the assistant besides what was offered.
START_OVER = "/start_over"


@dataclass
class Exchange:
    """A visitor's message, or None before the first, with the assistant's utterances after it."""

    asked: UserUttered | None
    said: list[BotUttered] = field(default_factory=list)

    @property
    def replies(self) -> list[Reply]:
        """The utterances as replies."""
        replies = (reply_from(event.message()) for event in self.said)
        return [reply for reply in replies if reply is not None]


def exchanges(events: Iterable[Event]) -> Iterator[Exchange]:
    """The conversation, message by message."""
    current = Exchange(None)
    for event in events:
        if isinstance(event, UserUttered):
            yield current
            current = Exchange(event)
        elif isinstance(event, BotUttered):
            current.said.append(event)
    yield current


def messages(events: Iterable[Event]) -> list[dict[str, Any]]:
    """Everything to show again, oldest first."""
    shown: list[dict[str, Any]] = []
    for exchange in exchanges(events):
        if exchange.asked is not None:
            if exchange.asked.metadata.get(SILENT):
                continue
            shown.append(_visitor_message(exchange.asked))
        for event in exchange.said:
            reply = reply_from(event.message())
            if reply is not None:
                shown.append({"from": "assistant", "time": _time(event), **reply})
    return shown


def replies_to(events: Iterable[Event], message_id: str) -> list[Reply] | None:
    """The replies that a message got; None if it is new."""
    for exchange in exchanges(events):
        if exchange.asked is not None and exchange.asked.message_id == message_id:
            return exchange.replies
    return None


def offered_title(events: Iterable[Event], payload: str) -> str | None:
    """Title of the button that last offered a payload in this conversation, if one did."""
    title = None
    for exchange in exchanges(events):
        for reply in exchange.replies:
            for button in reply["buttons"]:
                if button["payload"] == payload:
                    title = button["title"]
    return title


def has_answer(events: Iterable[Event], handle: str) -> bool:
    """Whether an answer of that handle was given in this conversation."""
    return any(
        reply["answer"] == handle for exchange in exchanges(events) for reply in exchange.replies
    )


def _visitor_message(event: UserUttered) -> dict[str, Any]:
    text = event.metadata.get(TITLE) or (event.text or "").removeprefix(GUARD)
    shown = {"from": "visitor", "id": event.message_id, "text": text, "time": _time(event)}
    if event.text == START_OVER:
        shown["order"] = START_OVER.removeprefix("/")  # a beginning, in the language of the page
    return shown


def _time(event: Event) -> str:
    """When it happened, as ISO 8601 in UTC, to the millisecond."""
    moment = datetime.fromtimestamp(event.timestamp, timezone.utc)
    return moment.isoformat(timespec="milliseconds").replace("+00:00", "Z")
