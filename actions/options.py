"""What is offered next, and which offer a message picks."""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Sequence
from typing import Any

from actions.thread import Subject, Thread
from content.loader import Content

MAX_OPTIONS = 3

_ORDINALS: dict[str, int] = {
    word: index
    for index, names in enumerate(
        (
            ("1", "one", "first", "1st", "former", "top"),
            ("2", "two", "second", "2nd", "middle"),
            ("3", "three", "third", "3rd"),
            ("4", "four", "fourth", "4th"),
        )
    )
    for word in names
}
_LAST = ("last", "latter", "bottom", "final")
Option = dict[str, Any]


def option(content: Content, subject: Subject, as_question: bool = False) -> Option:
    """An offer of a subject: its title, and the intent and role that picking it stands for."""
    topic = content.topic(subject.topic)
    if topic is None:
        raise KeyError(subject.topic)
    title = getattr(topic, "question", topic.title) if as_question else topic.title
    if subject.role:
        title = f"{topic.title} ({content.roles[subject.role].plural})"
    return {"title": title, "intent": subject.topic, "role": subject.role}


def button(offer: Option) -> dict[str, str]:
    """The offer as a Rasa button."""
    entities = json.dumps({"role": offer["role"]}) if offer.get("role") else ""
    return {"title": offer["title"], "payload": f"/{offer['intent']}{entities}"}


def next_options(content: Content, thread: Thread, subject: Subject) -> list[Option]:
    """Up to three subjects near one, none of them told yet; aspects keep the subject's role."""
    topic = content.topic(subject.topic)
    near: Iterable[str] = topic.related if topic else ()
    role = subject.role or (thread.role if subject.topic in content.gaps else None)
    subjects = [Subject(name, role if name in content.aspects else None) for name in near]
    fresh = [each for each in subjects if each.key not in thread.covered]
    return [option(content, each) for each in fresh[:MAX_OPTIONS]]


def picked(offered: Sequence[Option], text: str) -> Option | None:
    """The offer that a message picks by number, by place or by title."""
    plain = " ".join(re.findall(r"\w+", text.lower()))
    for offer in offered:
        if " ".join(re.findall(r"\w+", offer["title"].lower())) == plain:
            return offer
    for word in plain.split():
        if word in _LAST and offered:
            return offered[-1]
        if _ORDINALS.get(word, len(offered)) < len(offered) and word != "one":
            return offered[_ORDINALS[word]]
    return offered[0] if plain == "one" and offered else None
