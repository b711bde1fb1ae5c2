"""Takes up what a visitor picks from what was offered."""

from __future__ import annotations

from dataclasses import replace

from actions import form
from actions.options import FORM, NONE, Option, titled
from actions.telling import tell
from actions.thread import Subject
from actions.turn import Reply, Turn


def take_title(turn: Turn) -> Reply | None:
    """What comes of a message that is the title of an offer."""
    offer = titled(turn.thread.offered, turn.text)
    return take(turn, offer) if offer else None


def take(turn: Turn, offer: Option) -> Reply:
    """What an offer stands for: the answer on its subject, the guided form, or none of all."""
    if offer["intent"] == NONE:
        return reject(turn)
    if offer["intent"] == FORM:
        return form.start(turn)
    if turn.content.topic(offer["intent"]) is None:  # of a form that is over
        return Reply(replace(turn.thread, offered=[]), prompt="all_right")
    return tell(turn, Subject(offer["intent"], offer.get("role")))


def reject(turn: Turn) -> Reply:
    """What to say when nothing of what was offered is wanted."""
    prompt = "none_of_these" if turn.thread.unsure else "all_right"
    return Reply(replace(turn.thread, offered=[]), prompt=prompt)
