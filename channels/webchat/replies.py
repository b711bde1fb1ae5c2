"""The assistant's utterances in the form that the web chat gets them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rasa.core.channels.channel import OutputChannel

NAME = "webchat"
SMALL_TALK, APOLOGY = "small_talk", "apology"
NO_VERDICT = "none"

Reply = dict[str, Any]


def reply_from(message: Mapping[str, Any]) -> Reply | None:
    """The reply that a bot utterance is; None if there is nothing in it to show.

    Args:
        message: as BotUttered.message() gives it (rasa/shared/core/events.py): text, data and
            metadata in one. Keyword arguments that actions give to `utter_message` are metadata.
    """
    text, table, image = message.get("text") or "", message.get("table"), message.get("image")
    if not (text or table or image):
        return None
    buttons = [
        {"title": button["title"], "payload": button["payload"]}
        for button in message.get("buttons") or []
        if button.get("title") and button.get("payload")
    ]
    return {
        "text": text,
        "kind": message.get("kind") or SMALL_TALK,
        "buttons": buttons,
        "table": table,
        "points": message.get("points"),
        "image": image,
        "source": message.get("source"),
        "answer": message.get("answer"),
        "verdict": message.get("verdict") or NO_VERDICT,
        "statements": message.get("statements") or [],
    }


class ReplyCollector(OutputChannel):
    """Gathers the replies to one message.

    Rasa's own collecting channel keeps text and buttons only, and splits texts at blank lines
    (rasa/core/channels/channel.py, CollectingOutputChannel).
    """

    def __init__(self) -> None:
        self.replies: list[Reply] = []

    @classmethod
    def name(cls) -> str:
        """Name by which the domain can word a response for this channel alone."""
        return NAME

    async def send_response(self, recipient_id: str, message: dict[str, Any]) -> None:
        """Takes one bot utterance."""
        reply = reply_from(message)
        if reply is not None:
            self.replies.append(reply)
