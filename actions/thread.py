"""The thread of a conversation: what was spoken of, kept in slots."""

from __future__ import annotations

from collections.abc import Container
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple

from rasa_sdk import Tracker
from rasa_sdk.events import EventType, SlotSet

_TRAIL_LENGTH = 20


class Subject(NamedTuple):
    """A topic, and the role it is told of; None for a topic without a role or for all roles."""

    topic: str
    role: str | None = None

    @property
    def key(self) -> str:
        """Form in which slots keep it."""
        return f"{self.topic}/{self.role}" if self.role else self.topic

    @classmethod
    def from_key(cls, key: str) -> Subject:
        """The subject that a slot keeps."""
        topic, _, role = key.partition("/")
        return cls(topic, role or None)


@dataclass(frozen=True)
class Thread:
    """State of a conversation. Its fields are slots of the same name."""

    topic: str | None = None
    role: str | None = None
    offered: list[dict[str, Any]] = field(default_factory=list)
    covered: list[str] = field(default_factory=list)
    trail: list[str] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    cited: list[str] = field(default_factory=list)
    manner: str | None = None
    unsure: float = 0
    form: dict[str, Any] | None = None
    visit: float | None = None
    greeted: bool = False
    feedback: list[dict[str, Any]] = field(default_factory=list)

    @classmethod
    def from_tracker(cls, tracker: Tracker) -> Thread:
        """The state as the tracker's slots have it; unset slots take their default."""
        slots = {name: tracker.get_slot(name) for name in cls.__dataclass_fields__}
        return cls(**{name: value for name, value in slots.items() if value is not None})

    @property
    def subject(self) -> Subject | None:
        """What was last spoken of."""
        return Subject.from_key(self.trail[-1]) if self.topic and self.trail else None

    def in_visit(self, visit: float | None) -> Thread:
        """The thread in a visit: in a new one nobody was greeted yet and no form is open."""
        if visit == self.visit:
            return self
        return replace(self, visit=visit, greeted=False, form=None)

    def before_gaps(self, gaps: Container[str]) -> Thread:
        """The thread as it was before the gaps at its end; itself if it has nothing else."""
        trail = list(self.trail)
        while trail and Subject.from_key(trail[-1]).topic in gaps:
            trail.pop()
        if not trail or self.topic is None:
            return self
        return replace(self, trail=trail, topic=Subject.from_key(trail[-1]).topic)

    def told(self, subject: Subject, has_roles: bool, is_covered: bool = True) -> Thread:
        """The thread after a subject was told.

        A topic that is not told role by role leaves the role of the conversation as it was. One of
        which only a term was told is not covered by that.
        """
        covered = self.covered
        if is_covered and subject.key not in covered:
            covered = [*covered, subject.key]
        trail = self.trail
        if not trail or trail[-1] != subject.key:
            trail = [*trail[:1], *[*trail[1:], subject.key][1 - _TRAIL_LENGTH :]]
        role = subject.role if has_roles else self.role
        return replace(self, topic=subject.topic, role=role, covered=covered, trail=trail, unsure=0)

    def events(self, before: Thread) -> list[EventType]:
        """Slot events for what differs from the state before."""
        old = asdict(before)
        return [SlotSet(name, value) for name, value in asdict(self).items() if value != old[name]]
