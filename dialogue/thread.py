"""The thread of a conversation: what was told, offered and asked, kept in slots."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, field, replace
from typing import Any, NamedTuple

from content.loader import Content
from dialogue.understanding import Reading

BOTH, OTHER, FORMER, LATTER = "both", "other", "former", "latter"
_FORM = {"text", "kind", "statements", "topic", "role", "verdict"}  # of an item of `said`
_TRAIL, _TEXTS, _HEARD = 20, 60, 6  # how many are kept
_WORTH = 0.35  # of having to do with a message: what a correction may still mean


class Subject(NamedTuple):
    """A topic, and the role it is told of; None for a topic without a role or for all roles."""

    topic: str
    role: str | None = None

    @property
    def key(self) -> str:
        """Form in which utterances and feedback name it."""
        return f"{self.topic}/{self.role}" if self.role else self.topic

    @classmethod
    def from_key(cls, key: str) -> Subject:
        """The subject that such a key names."""
        topic, _, role = key.partition("/")
        return cls(topic, role or None)


@dataclass(frozen=True)
class Thread:
    """State of a conversation. Its fields are slots of the same name.

    Attributes:
        topic: id of the topic or gap last spoken of.
        role: the role last spoken of; None for all roles side by side.
        offered: what was offered last, each with title, intent and role.
        listed: parts of what was listed last, topics or statements, while they can be picked.
        said: what the last reply told: of each text, kind, statements, topic, role, verdict, form.
        told: ids of all statements told so far.
        trail: what was told before, in the form of `said` without texts, for "go back".
        unsure: how many messages in a row were not understood.
        form: the guided form, while it is open: the question asked, and the choices made.
        visit: when the visitor's present session began.
        greeted: whether a greeting was returned in this session.
        feedback: what was said of which answer.
        heard: statements that the last question may have meant, likeliest first.
        texts: checksums of what was told, so that nothing is told twice word for word.
    """

    topic: str | None = None
    role: str | None = None
    offered: list[dict[str, Any]] = field(default_factory=list)
    listed: list[str] = field(default_factory=list)
    said: list[dict[str, Any]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    trail: list[dict[str, Any]] = field(default_factory=list)
    unsure: float = 0
    form: dict[str, Any] | None = None
    visit: float | None = None
    greeted: bool = False
    feedback: list[dict[str, Any]] = field(default_factory=list)
    heard: list[str] = field(default_factory=list)
    texts: list[int] = field(default_factory=list)

    @classmethod
    def from_slots(cls, slots: Mapping[str, Any]) -> Thread:
        """The state as slots have it; unset slots take their default.

        What an earlier version of the assistant kept in another form is forgotten.
        """
        names = cls.__dataclass_fields__
        found = {name: slots[name] for name in names if slots.get(name) is not None}
        for name in ("said", "trail"):
            kept = [each for each in found.get(name, []) if isinstance(each, Mapping)]
            found[name] = [dict(each) for each in kept if set(each) >= _FORM]
        return cls(**found)

    def changes(self, before: Thread) -> dict[str, Any]:
        """Slots that differ from the state before."""
        old = asdict(before)
        return {name: value for name, value in asdict(self).items() if value != old[name]}

    @property
    def last(self) -> list[str]:
        """Ids of the statements that the last reply told, in order."""
        return list(dict.fromkeys(each for said in self.said for each in said["statements"]))

    @property
    def last_form(self) -> str | None:
        """The form of what the last reply told, where it had one."""
        return next((each["form"] for each in self.said if each.get("form")), None)

    @property
    def subject(self) -> Subject | None:
        """What was last spoken of."""
        return Subject(self.topic, self.role) if self.topic else None

    def known(self, content: Content) -> Thread:
        """The thread without what an editor has taken out of the content since."""
        statements, is_known = content.statements, content.topic
        kept = [
            {**each, "statements": [one for one in each["statements"] if one in statements]}
            for each in self.said
        ]
        return replace(
            self,
            topic=self.topic if self.topic and is_known(self.topic) else None,
            role=self.role if self.role in content.roles else None,
            said=kept,
            told=[each for each in self.told if each in statements],
            listed=[each for each in self.listed if each in statements or is_known(each)],
            trail=[
                each
                for each in self.trail
                if is_known(each["topic"] or "")
                and all(s in statements for s in each["statements"])
            ],
            heard=[each for each in self.heard if each in statements],
        )

    def in_visit(self, visit: float | None) -> Thread:
        """The thread in a visit: in a new one nobody was greeted yet and no form is open."""
        if visit == self.visit:
            return self
        return replace(self, visit=visit, greeted=False, form=None)

    def saying(self, said: Sequence[dict[str, Any]], is_step: bool = True) -> Thread:
        """The thread after a reply told something.

        Args:
            said: as in `said`.
            is_step: whether "go back" comes back to it.
        """
        spoken = [each for each in said if each["topic"]]
        steps = [{**each, "text": ""} for each in spoken[-1:]] if is_step else []
        last = spoken[-1] if spoken else {"topic": self.topic, "role": self.role}
        new = [one for each in said for one in each["statements"] if one not in self.told]
        return replace(
            self,
            topic=last["topic"],
            role=last["role"],
            said=list(said),
            told=[*self.told, *dict.fromkeys(new)],
            trail=[*self.trail, *steps][-_TRAIL:],
            unsure=0,
        )

    def offering(self, offered: Sequence[dict[str, Any]]) -> Thread:
        """The thread after something was offered: what is picked now is of that."""
        return replace(self, offered=list(offered), listed=[])

    def hearing(self, reading: Reading) -> Thread:
        """The thread after a question was answered: what else it may have meant, best first."""
        likely = sorted(reading.judged, key=lambda each: -each.applies)
        left = [e.id for e in likely if e.applies >= _WORTH and e.id not in self.last]
        return replace(self, heard=left[:_HEARD])

    def uttering(self, texts: Iterable[str]) -> Thread:
        """The thread after texts were said, an answer or not."""
        new = dict.fromkeys(checksum(each) for each in texts if each)
        fresh = [each for each in new if each not in self.texts]
        return replace(self, texts=[*self.texts, *fresh][-_TEXTS:])

    def has_said(self, text: str) -> bool:
        """Whether this was told before, word for word."""
        return checksum(text) in self.texts


def checksum(text: str) -> int:
    """A number for a text."""
    return zlib.crc32(text.encode())


def resolve_role(content: Content, thread: Thread, asked: Iterable[str]) -> str | None:
    """The one role that is asked about; None for all of them.

    Args:
        content: knows the roles and their order.
        thread: knows the role last spoken of, which "the other" turns away from.
        asked: values of the message's role entities.
    """
    asked = list(asked)
    roles = list(content.roles)
    named = {value for value in asked if value in content.roles}
    if BOTH in asked or len(named) > 1:
        return None
    if named:
        return named.pop()
    if not roles:
        return None
    if FORMER in asked:
        return roles[0]
    if LATTER in asked:
        return roles[-1]
    if OTHER in asked:
        others = [role for role in roles if role != thread.role]
        return others[0] if thread.role and len(others) == 1 else None
    return thread.role


def is_told(content: Content, thread: Thread, subject: Subject) -> bool:
    """Whether at least half of what there is on a subject was told."""
    ids = [each.id for each in content.told_of(subject.topic, subject.role)]
    return bool(ids) and 2 * sum(each in thread.told for each in ids) >= len(ids)


def home(
    content: Content, ids: Sequence[str], topic: str | None = None, role: str | None = None
) -> Subject | None:
    """The subject that most of some statements belong to.

    Where several are as good: the `topic` spoken of, else the one that tells the first statement
    first. A grid topic is told of the one role that they are on; of `role` where they are on all.
    """
    telling = [content.topics_of(each) for each in ids]
    counts: dict[str, float] = {}
    for place, found in enumerate(telling):
        for name in dict(found):
            counts[name] = counts.get(name, 0) + 1 + (0.1 if place == 0 else 0)
    if not counts:
        return None
    best = max(counts, key=lambda name: counts[name] + (0.5 if name == topic else 0))
    of_best = [{each for name, each in found if name == best} for found in telling]
    roles = {each for found in of_best if len(found) == 1 for each in found}
    if not roles and content.is_grid(best):
        return Subject(best, role)
    return Subject(best, roles.pop() if len(roles) == 1 else None)
