"""One conversation as it was held: what was said, what was understood of it, and why it was so.

A decision is not stored, but all that it was made of is: it is made anew, by the same table.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy.engine import Engine

from content.loader import Content
from dialogue.decode import Decision, decode
from dialogue.thread import Thread
from dialogue.understanding import Understanding
from keepers.masking import Masker
from keepers.store import Event, conversation_of
from tools.console import wrapped

_JUDGED = 4
_LEAST = 0.05  # probability of an act below which it is not worth a look
_LABELS = ("answers", "confirms", "denies", "near")


@dataclass
class Spoken:
    """A message and the reply to it.

    Attributes:
        time: when it was sent.
        text: as typed, or the payload of a button.
        parsed: what the model made of it.
        slots: the state of the conversation before it.
        visit: when the session began.
        replies: what was said to it.
        statements: ids of the statements that were told.
    """

    time: float
    text: str
    parsed: Mapping[str, Any]
    slots: Mapping[str, Any]
    visit: float | None
    replies: list[str] = field(default_factory=list)
    statements: list[str] = field(default_factory=list)

    def decision(self, content: Content) -> Decision:
        """What is decided on it with a content."""
        thread = Thread.from_slots(self.slots).known(content).in_visit(self.visit)
        return decode(Understanding.from_message(self.parsed), thread, content)

    @property
    def reply(self) -> str:
        """Text of the replies."""
        return "\n".join(filter(None, self.replies))


def spoken(events: Iterable[Event]) -> list[Spoken]:
    """The messages of one visitor's events, in their order."""
    found: list[Spoken] = []
    slots: dict[str, Any] = {}
    visit: float | None = None
    for event in events:
        data = _parsed(event.data)
        if event.kind == "session_started":
            visit = event.time
        elif event.kind == "slot":
            slots[str(data.get("name"))] = data.get("value")
        elif event.kind == "user":
            parsed = data.get("parse_data") or {}
            found.append(Spoken(event.time, data.get("text") or "", parsed, dict(slots), visit))
        elif event.kind == "bot" and found:
            found[-1].replies.append(data.get("text") or "")
            found[-1].statements += (data.get("metadata") or {}).get("statements") or []
    return found


def _parsed(data: str) -> dict[str, Any]:
    try:
        found = json.loads(data)
    except (ValueError, TypeError):
        return {}
    return found if isinstance(found, dict) else {}


def read_conversation(engine: Engine, sender: str) -> list[Spoken]:
    """All that one visitor said, with the replies.

    Raises:
        CommandError: if the database cannot be read.
    """
    return spoken(conversation_of(engine, sender))


def understood(each: Spoken, content: Content) -> Iterator[str]:
    """What was understood of a message and why it was answered so, as lines."""
    yield line("decided", each.decision(content).line())
    yield from reading_lines(each.parsed, content, each.statements, _JUDGED)
    yield line("intent", intent_of(each.parsed))


def reading_lines(
    parsed: Mapping[str, Any], content: Content, told: Collection[str], most: int
) -> Iterator[str]:
    """What the statement reader made of a message: acts, verdict, candidates.

    Args:
        parsed: the message as the pipeline left it.
        content: what the statements say.
        told: ids of statements to be marked.
        most: candidates to be shown.
    """
    reading = Understanding.from_message(parsed).reading
    acts = sorted(reading.acts.items(), key=lambda one: -one[1])
    done = [f"{act} {share:.2f}" for act, share in acts if share >= _LEAST]
    yield line("does", ", ".join(done) or "-")
    leaning = f", leaning to {reading.leaning}" * (reading.leaning != reading.verdict)
    yield line("verdict", f"{reading.verdict} ({reading.confidence:.2f}{leaning})")
    for judged in reading.judged[:most]:
        scores = " ".join(f"{label} {getattr(judged, label):.2f}" for label in _LABELS)
        known = content.statements.get(judged.id)
        mark = "*" if judged.id in told else " "
        yield line(f"{mark}{judged.id}", f"{scores}: {known.text if known else '-'}")


def intent_of(parsed: Mapping[str, Any]) -> str:
    """What the classifier decided, and what it took the message for."""
    intent = parsed.get("intent") or {}
    outcome = (parsed.get("understanding") or {}).get("outcome") or "payload"
    return f"{outcome}: {intent.get('name')} ({intent.get('confidence') or 0:.2f})"


def transcript(said: Iterable[Spoken], masker: Masker, at: float) -> Iterator[str]:
    """A conversation, masked, as lines; the message that was sent `at` that time is marked."""
    for each in said:
        mark = "=> " if each.time == at else "   "
        yield wrapped(f"> {masker.mask(each.text)}", "     ", mark)
        for reply in each.replies:
            for text in reply.splitlines():
                yield wrapped(text, "     ", "     ")


def line(name: str, text: str) -> str:
    """A named line, wrapped."""
    return wrapped(text, " " * 12, f"  {name:<9} ")
