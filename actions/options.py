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
_ROLE_BY_PLACE = re.compile(
    r"\b(?:for|of|about|versus|vs|with|to) (?:the )?(?P<place>\w+)(?: (?:one|ones|role|job))?"
    r"(?=$| (?:which|what|who|how|where|why|when|is|are|do|does|can|please|too|also|then|now)\b)"
)
Option = dict[str, Any]

NONE, SKIP, STOP, FORM, CHOOSE = "none_of_these", "skip", "cancel", "fit_form", "choose"


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
    named = {name: offer[name] for name in ("role", "option") if offer.get(name)}
    entities = json.dumps(named) if named else ""
    return {"title": offer["title"], "payload": f"/{offer['intent']}{entities}"}


def next_options(content: Content, thread: Thread, subject: Subject) -> list[Option]:
    """Up to three subjects near one, none of them told yet; aspects keep the subject's role.

    A topic that asks which role fits, and has not been told which, offers the guided form first.
    """
    topic = content.topic(subject.topic)
    near: Iterable[str] = topic.related if topic else ()
    role = subject.role or (thread.role if subject.topic in content.gaps else None)
    subjects = [Subject(name, role if name in content.aspects else None) for name in near]
    fresh = [option(content, each) for each in subjects if not _is_told(content, thread, each)]
    entry = content.entries.get(subject.topic)
    if entry is not None and entry.fits and subject.role is None and content.questions:
        fresh.insert(0, {"title": content.prompts["form_title"], "intent": FORM})
    return fresh[:MAX_OPTIONS]


def _is_told(content: Content, thread: Thread, subject: Subject) -> bool:
    if subject.topic in content.aspects:
        return subject.key in thread.covered
    return any(Subject.from_key(key).topic == subject.topic for key in thread.covered)


def titled(offered: Sequence[Option], text: str) -> Option | None:
    """The offer whose title a message is."""
    plain = _plain(text)
    return next((offer for offer in offered if _plain(offer["title"]) == plain), None)


def place(text: str) -> int | None:
    """Place, from 0, that a message names by a number or an ordinal; -1 is the last."""
    for word in _plain(text).split():
        if word in _LAST:
            return -1
        if word in _ORDINALS and word != "one":  # "the other one"
            return _ORDINALS[word]
    return None


def role_by_place(content: Content, words: Sequence[str]) -> str | None:
    """The role that "for the first" means, unlike "the first", which picks an offer."""
    match = _ROLE_BY_PLACE.search(" ".join(words))
    index = place(match["place"]) if match else None
    roles = list(content.roles)
    return roles[index] if index is not None and index < len(roles) else None


def picked(offered: Sequence[Option], text: str) -> Option | None:
    """The offer that a message picks by number, by place or by title."""
    index = 0 if _plain(text) == "one" else place(text)
    by_place = offered[index] if index is not None and index < len(offered) and offered else None
    return titled(offered, text) or by_place


def _plain(text: str) -> str:
    return " ".join(re.findall(r"\w+", text.lower()))
