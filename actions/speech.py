"""Says a reply in the way the visitor's channel can show it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.options import button
from actions.sources import source_of
from actions.tables import as_lines
from actions.turn import ANSWER, GAP, Message, Reply, Turn


def say(dispatcher: CollectingDispatcher, turn: Turn, reply: Reply) -> None:
    """Utters the messages of a reply; its options become buttons, or a numbered list.

    Whatever is more than text and buttons travels as metadata of the utterance (keyword arguments
    end there: rasa/core/actions/action.py, `create_bot_utterance`), for channels that show it.
    """
    messages = reply.spoken(turn.content)
    buttons = [button(offer) for offer in reply.options]
    if buttons and not turn.is_rich:
        messages.append(Message(_listed(turn, reply, messages), reply.kind))
        buttons = []
    for index, message in enumerate(messages, 1):
        below = buttons if index == len(messages) else []
        dispatcher.utter_message(
            text=message.text if turn.is_rich else _as_text(turn, message),
            buttons=below or None,
            **_metadata(turn, message),
        )


def _listed(turn: Turn, reply: Reply, messages: Sequence[Message]) -> str:
    listed = "  ".join(
        f"{number}. {offer['title']}" for number, offer in enumerate(reply.options, 1)
    )
    is_aside = messages[-1].kind in (ANSWER, GAP)
    return turn.content.prompts["next"].format(options=listed) if is_aside else listed


def _metadata(turn: Turn, message: Message) -> dict[str, Any]:
    shown: dict[str, Any] = {"kind": message.kind} if message.kind else {}
    if message.subject is not None:
        shown["answer"] = message.subject.key
        shown["source"] = source_of(turn.content, message.subject)
    if message.table is not None:
        shown["table"] = {"columns": message.table.columns, "rows": message.table.rows}
    return shown


def _as_text(turn: Turn, message: Message) -> str:
    if message.table is None or message.subject is None:
        return message.text
    short = turn.content.reply(*message.subject).short
    return "\n".join([short, *as_lines(message.table)])
