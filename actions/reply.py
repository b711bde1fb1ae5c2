"""What the assistant says to a message, and what that may depend on."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from content.loader import Content
from dialogue.thread import Subject, Thread

# Kinds of messages, for channels that show them differently.
ANSWER, GAP, CLARIFY, PROMPT, APOLOGY = "answer", "gap", "clarify", "prompt", "apology"

Option = dict[str, Any]


class Table(NamedTuple):
    """The roles side by side: a column for each, a row for each topic."""

    columns: list[str]
    rows: list[list[str]]


class Points(NamedTuple):
    """A list: numbered where its points are ordered, else with bullets."""

    ordered: bool
    items: list[str]


@dataclass(frozen=True)
class Message:
    """A text of the assistant.

    Attributes:
        text: what is said; empty where only `response` names it.
        kind: one of the kinds above; None for small talk.
        subject: what an answer is on.
        statements: what it tells.
        verdict: on what was asked.
        table: the same as a table, where it sets roles side by side.
        source: where it is from.
        response: name of a response of the domain.
        points: the list that stands in the text as lines, where it has one.
        form: the form that it has because that was wanted: a list's or a table's name.
    """

    text: str
    kind: str | None = None
    subject: Subject | None = None
    statements: tuple[str, ...] = ()
    verdict: str | None = None
    table: Table | None = None
    source: dict[str, Any] | None = None
    response: str | None = None
    points: Points | None = None
    form: str | None = None

    def as_said(self) -> dict[str, Any]:
        """What the thread remembers of it."""
        topic, role = self.subject or (None, None)
        return {
            "text": self.text,
            "kind": self.kind,
            "statements": list(self.statements),
            "topic": topic,
            "role": role,
            "verdict": self.verdict,
            "form": self.form,
        }


@dataclass(frozen=True)
class Reply:
    """What is said, the thread after it, and what is offered below the last message.

    `asks` tells whether it asks the guided form's question or ends it.
    """

    thread: Thread
    messages: Sequence[Message] = ()
    options: Sequence[Option] = ()
    asks: bool = False


@dataclass(frozen=True)
class Scene:
    """What a reply may depend on besides the act.

    Attributes:
        content: what the assistant knows.
        thread: the conversation before the reply.
        model: id of the model that understood the message; empty where it is not known.
        is_return: whether the visitor is back after a pause, and this is the first message since.
        has_tables: whether the visitor's channel shows tables of its own.
    """

    content: Content
    thread: Thread
    model: str = ""
    is_return: bool = False
    has_tables: bool = False

    def prompt(self, name: str, **values: str) -> str:
        """A prompt filled in: its variants take turns, those not told yet first.

        Most stand inside a longer reply, so that `has_said` alone would never see them.
        """
        texts = [each.format(**values) for each in self.content.variants[name]]
        turn = len(self.thread.texts) % len(texts)
        texts = [*texts[turn:], *texts[:turn]]
        return next((each for each in texts if not self.thread.has_said(each)), texts[0])

    def prompted(self, name: str, kind: str | None = PROMPT, **values: str) -> Message:
        """The same as a message."""
        return Message(self.prompt(name, **values), kind)
