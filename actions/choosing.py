"""Takes up what a visitor picks from what was offered."""

from __future__ import annotations

from dataclasses import replace

from actions import form
from actions.naming import bare_topic, named_subject
from actions.options import FORM, NONE, Option, titled
from actions.subjects import follow_up_subject, resolve_subject
from actions.telling import tell
from actions.thread import Subject
from actions.turn import Reply, Turn

# "No thanks" names nothing; "no, rather what they earn" does.
_NAMING_WORDS = 3


def take_title(turn: Turn) -> Reply | None:
    """What comes of a message that is the title of an offer, or names no more than an aspect."""
    offer = titled(turn.thread.offered, turn.text)
    if offer is not None:
        return take(turn, offer)
    topic = bare_topic(turn)
    if topic not in turn.content.aspects:
        return None
    return tell(turn, resolve_subject(turn.content, turn.thread, str(topic), turn.roles))


def take(turn: Turn, offer: Option) -> Reply:
    """What an offer stands for: the answer on its subject, the guided form, or none of all."""
    if offer["intent"] == NONE:
        return reject(turn)
    if offer["intent"] == FORM:
        return form.start(turn)
    if turn.content.topic(offer["intent"]) is None:  # of a form that is over
        return Reply(replace(turn.thread, offered=[]), prompt="all_right")
    return tell(turn, Subject(offer["intent"], offer.get("role")))


def instead(turn: Turn) -> Reply | None:
    """The answer on what a message names besides saying no: "no, rather the other one"."""
    if len(turn.words) < _NAMING_WORDS:
        return None
    subject = named_subject(turn)
    if subject is None and turn.roles:
        subject = follow_up_subject(turn.content, turn.thread, turn.roles)
    return tell(turn, subject) if subject else None


def reject(turn: Turn) -> Reply:
    """What to say when nothing of what was offered is wanted."""
    prompt = "none_of_these" if turn.thread.unsure else "all_right"
    return Reply(replace(turn.thread, offered=[]), prompt=prompt)
