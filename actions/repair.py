"""What a message means that says the last answer was not what it asked for."""

from __future__ import annotations

from actions.reactions import corrects
from actions.terms import named_terms
from actions.turn import Turn

# What a topic must have to be told in place of one that was not what was meant.
_LIKELY = 0.02


def not_again(turn: Turn, topic: str) -> str | None:
    """The next likely topic for a message which says that the last answer was not what it meant.

    None where it names another role, whose answer is another one, or nothing else is likely.
    """
    last = turn.thread.subject
    if last is None or topic != last.topic or not corrects(turn.words):
        return None
    roles = set(turn.named_roles)
    if topic in turn.content.aspects and roles and roles != {last.role}:
        return None
    named = (term.topic for term in named_terms(turn) if term.topic != topic)
    likely = (item for item in turn.own_ranking if turn.content.topic(item["name"]))
    others = (i["name"] for i in likely if i["name"] != topic and i["confidence"] >= _LIKELY)
    return next(named, None) or next(others, None)
