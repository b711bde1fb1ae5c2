"""Says a reply in the way the visitor's channel can show it."""

from __future__ import annotations

from typing import Any

from rasa_sdk.executor import CollectingDispatcher

from actions.options import button
from actions.sources import source_of
from actions.tables import as_lines
from actions.turn import Message, Reply, Turn


def say(dispatcher: CollectingDispatcher, turn: Turn, reply: Reply) -> None:
    """Utters the messages of a reply; its options become buttons, or a numbered list.

    Whatever is more than text and buttons travels as metadata of the utterance (keyword arguments
    end there: rasa/core/actions/action.py, `create_bot_utterance`), for channels that show it.
    """
    prompts = turn.content.prompts
    messages = list(reply.messages)
    if reply.prompt:
        text = prompts[reply.prompt].format(**reply.values)
        messages.append(Message(text, reply.kind))
    buttons = [button(offer) for offer in reply.options]
    if buttons and not turn.is_rich:
        lines = [f"{index}. {offer['title']}" for index, offer in enumerate(reply.options, 1)]
        listed = "  ".join(lines)
        text = listed if reply.prompt else prompts["next"].format(options=listed)
        messages.append(Message(text, reply.kind))
        buttons = []
    for index, message in enumerate(messages, 1):
        below = buttons if index == len(messages) else []
        dispatcher.utter_message(
            text=message.text if turn.is_rich else _as_text(turn, message),
            buttons=below or None,
            **_metadata(turn, message),
        )


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
