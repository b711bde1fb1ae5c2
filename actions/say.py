"""Says a reply in the way the visitor's channel can show it."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.options import button
from actions.reply import ANSWER, GAP, Message, Reply
from content.loader import Content


def say(
    dispatcher: CollectingDispatcher, content: Content, reply: Reply, has_buttons: bool
) -> None:
    """Utters the messages of a reply; its options become buttons, or a numbered list.

    Whatever is more than text and buttons travels as metadata of the utterance (keyword arguments
    end there: rasa/core/actions/action.py, `create_bot_utterance`), for channels that show it.
    """
    messages = list(reply.messages)
    buttons = [button(offer) for offer in reply.options]
    if buttons and not has_buttons:
        messages.append(Message(_listed(content, reply), messages[-1].kind if messages else None))
        buttons = []
    for index, message in enumerate(messages, 1):
        below = buttons if index == len(messages) else []
        named = {"response": message.response} if message.response else {"text": message.text}
        dispatcher.utter_message(buttons=below or None, **named, **_metadata(message))


def _listed(content: Content, reply: Reply) -> str:
    listed = "  ".join(f"{place}. {offer['title']}" for place, offer in enumerate(reply.options, 1))
    is_aside = bool(reply.messages) and reply.messages[-1].kind in (ANSWER, GAP)
    return content.prompts["next"].format(options=listed) if is_aside else listed


def _metadata(message: Message) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": message.kind} if message.kind else {}
    if message.subject is not None:
        shown["answer"] = message.subject.key
    if message.source is not None:
        shown["source"] = message.source
    if message.verdict is not None:
        shown["verdict"] = message.verdict
        shown["statements"] = list(message.statements)
    if message.table is not None:
        shown["table"] = message.table._asdict()
    if message.points is not None:
        shown["points"] = message.points._asdict()
    return shown
