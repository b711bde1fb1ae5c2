"""One message of a visitor as actions read it, and what they say to it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from rasa_sdk import Tracker

from actions.descriptions import described_role
from actions.moves import role_moved_to, role_of_knower
from actions.options import Option
from actions.provenance import model_id
from actions.questions import is_question
from actions.tables import Table
from actions.thread import Subject, Thread
from actions.wording import words_of
from content.loader import Content

# Kinds of messages, for channels that show them differently.
ANSWER, GAP, CLARIFY, PROMPT, APOLOGY = "answer", "gap", "clarify", "prompt", "apology"

_TEXT_CHANNELS = {"cmdline"}
_SENTENCE_END = re.compile(r"(?<=[.!?;\n])\s+")


@dataclass
class Turn:
    """One message of a visitor, with everything an answer may depend on.

    Attributes:
        content: what the assistant knows.
        thread: state of the conversation before this message.
        intent: what the classifier made of the message.
        text: the message as typed.
        words: its words, spelling repaired, roles under their short names.
        question: the words of its last question, where that is not all of it.
        whole: the words of all of it, where the turn is that of its last question alone.
        entities: values of its entities by name, in order of appearance.
        ranking: answerable intents with their confidence, likeliest first.
        own_ranking: the same by the message's own words, whatever was said before.
        outcome: what the classifier decided (see nlu/decision.py).
        reason: why it could not read the message, if it could not.
        parts: intent and roles of each question, where the message joins several.
        manner: how the last reply spoke of its subject: "source" if it named where it is from.
        model: id of the model that understood the message; empty where it is not known.
        is_rich: whether the channel can show more than text: buttons and tables.
        is_return: whether the visitor is back after a pause, and this is the first message since.
    """

    content: Content
    thread: Thread
    intent: str
    text: str
    words: list[str]
    question: list[str]
    entities: dict[str, list[str]]
    ranking: list[dict[str, Any]]
    own_ranking: list[dict[str, Any]]
    outcome: str
    reason: str
    parts: list[dict[str, Any]]
    model: str
    manner: str | None
    is_rich: bool
    is_return: bool
    whole: list[str] = field(default_factory=list)

    @property
    def roles(self) -> list[str]:
        """Values of the role entities."""
        return self.entities.get("role", [])

    @property
    def named_roles(self) -> list[str]:
        """The roles among them that are named, not only pointed to as "other" or "both"."""
        return [role for role in self.roles if role in self.content.roles]

    @property
    def last_answer(self) -> Subject | None:
        """What was last spoken of that has an answer."""
        last = self.thread.before_gaps(self.content.gaps).subject
        return None if last is None or last.topic in self.content.gaps else last

    def views(self) -> Iterator[Turn]:
        """The turn, and the turn of somebody who says nothing but the last question."""
        yield self
        if self.question:
            yield replace(self, words=self.question, question=[], whole=self.words)

    @property
    def role_names(self) -> list[str]:
        """Short names of all roles, as they stand in `words`."""
        return [word for role in self.content.roles.values() for word in words_of(role.short)]


@dataclass(frozen=True)
class Message:
    """A text of the assistant.

    Attributes:
        text: what is said.
        kind: one of the kinds above; None for small talk.
        subject: what an answer is on.
        table: the same as a table, where it sets roles side by side.
    """

    text: str
    kind: str | None = None
    subject: Subject | None = None
    table: Table | None = None


@dataclass
class Reply:
    """What an action says, and the thread after it.

    Attributes:
        thread: the conversation's state from now on.
        messages: what is said.
        prompt: name of a prompt in the content to say after that, with `values` filled in.
        values: of the prompt's words in braces.
        kind: of the prompt.
        options: what is offered below the last message.
        asks: whether it asks the guided form's question.
    """

    thread: Thread
    messages: Sequence[Message] = ()
    prompt: str | None = None
    values: dict[str, str] = field(default_factory=dict)
    kind: str | None = PROMPT
    options: Sequence[Option] = ()
    asks: bool = False

    @classmethod
    def telling(
        cls, thread: Thread, messages: Sequence[Message], options: Sequence[Option]
    ) -> Reply:
        """Answers that the thread remembers, so that they can be repeated, and offers below."""
        said = [
            {"text": each.text, "kind": each.kind, "subject": each.subject.key}
            | {"is_table": each.table is not None}
            for each in messages
            if each.subject
        ]
        return cls(replace(thread, said=said, offered=list(options)), messages, options=options)

    def spoken(self, content: Content) -> list[Message]:
        """All that is said, the prompt too."""
        if self.prompt is None:
            return list(self.messages)
        text = content.prompts[self.prompt].format(**self.values)
        return [*self.messages, Message(text, self.kind)]


def read_turn(tracker: Tracker, content: Content) -> Turn:
    """Reads a tracker as it comes from the Rasa server."""
    message = tracker.latest_message
    understanding = message.get("understanding") or {}
    entities: dict[str, list[str]] = {}
    for entity in message.get("entities") or []:
        entities.setdefault(entity.get("entity"), []).append(entity["value"])
    text = understanding.get("text") or ""
    words = words_of(text)
    ranking = message.get("intent_ranking") or []
    if "role" not in entities:
        words, described = described_role(content, words)
        if described is not None:
            entities["role"] = [described]
    before, visit = _known(Thread.from_tracker(tracker), content), _visit(tracker)
    named = entities.get("role", [])
    implied = role_moved_to(content, words, named) or role_of_knower(
        content, words, named, before.role
    )
    if implied is not None:
        entities["role"] = [implied]
    words = _with_places(content, words)
    return Turn(
        content=content,
        thread=replace(before.in_visit(visit), manner=None),
        manner=before.manner,
        intent=(message.get("intent") or {}).get("name") or "",
        text=message.get("text") or "",
        words=words,
        question=_last_question(text),
        entities=entities,
        ranking=ranking,
        own_ranking=understanding.get("own_ranking") or ranking,
        outcome=understanding.get("outcome") or "",
        reason=understanding.get("reason") or "",
        parts=understanding.get("parts") or [],
        model=model_id(tracker),
        is_rich=tracker.get_latest_input_channel() not in _TEXT_CHANNELS,
        is_return=before.visit not in (None, visit),
    )


def _known(thread: Thread, content: Content) -> Thread:
    """The thread without what an editor has taken out of the content since."""

    def is_known(key: str) -> bool:
        topic, role = Subject.from_key(key)
        return content.topic(topic) is not None and (role is None or role in content.roles)

    trail = [key for key in thread.trail if is_known(key)]
    topic = thread.topic
    if topic is not None and content.topic(topic) is None:
        topic = Subject.from_key(trail[-1]).topic if trail else None
    return replace(
        thread,
        topic=topic,
        role=thread.role if thread.role in content.roles else None,
        trail=trail,
        covered=[key for key in thread.covered if is_known(key)],
        said=[each for each in thread.said if is_known(str(each["subject"]))],
        cited=[each for each in thread.cited if each in content.references],
    )


def _with_places(content: Content, words: list[str]) -> list[str]:
    """The words with names for "the first is inside the second"."""
    names = [words_of(role.short)[0] for role in content.roles.values()]
    for places in (("first", "second"), ("former", "latter")):
        if set(places) <= set(words):
            named = dict(zip(places, (names[0], names[-1]), strict=True))
            return [named.get(word, word) for word in words]
    return words


def _last_question(text: str) -> list[str]:
    sentences = _SENTENCE_END.split(text.strip())
    questions = [sentence for sentence in sentences if is_question(sentence, words_of(sentence))]
    return words_of(questions[-1]) if questions and len(sentences) > 1 else []


def _visit(tracker: Tracker) -> float | None:
    """When the present session began; Rasa begins one after a pause (domain: session_config)."""
    starts = [e["timestamp"] for e in tracker.events if e.get("event") == "session_started"]
    return float(starts[-1]) if starts else None
