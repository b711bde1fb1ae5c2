"""Asks of a source again: "and for the tools?" after it was named where an answer is from."""

from __future__ import annotations

from actions.naming import is_bare_role, titled_topic
from actions.questions import is_yes_no
from actions.subjects import follow_up_subject, resolve_subject
from actions.telling import SOURCE, tell_source
from actions.terms import named_terms
from actions.thread import Subject
from actions.turn import Reply, Turn

_WORDS = 8
_AGAIN = frozenset("and for of also too about plus".split())


def answer_on_source(turn: Turn) -> Reply | None:
    """The source of what a short message names right after another source; None for any other."""
    is_short = len(turn.words) <= _WORDS and bool(_AGAIN & set(turn.words[:3]))
    if turn.manner != SOURCE or not is_short or is_yes_no(turn.words):
        return None
    subject = _named(turn)
    return tell_source(turn, subject) if subject else None


def _named(turn: Turn) -> Subject | None:
    topic = titled_topic(turn)
    if topic is not None:
        return resolve_subject(turn.content, turn.thread, topic, turn.roles, turn.words)
    for term in named_terms(turn):
        return Subject(term.topic, term.role)
    if is_bare_role(turn):
        return follow_up_subject(turn.content, turn.thread, turn.roles)
    return None
