"""Asks for sources: of the subject a message speaks of, and again for the next one."""

from __future__ import annotations

from dataclasses import replace

from actions.naming import is_bare_role, sourced_subject
from actions.questions import is_yes_no
from actions.subjects import follow_up_subject
from actions.telling import SOURCE, tell_source
from actions.terms import named_terms
from actions.thread import Subject
from actions.turn import Reply, Turn

_WORDS = 8
_AGAIN = frozenset("and for of also too about plus".split())
_ASKING = frozenset(
    "which who whom whose is it there source sources reference references citation cited cite "
    "university universities uni paper".split()
)


def answer_on_source(turn: Turn) -> Reply | None:
    """The source of what a short message names right after another source; None for any other."""
    is_short = len(turn.words) <= _WORDS and bool(_AGAIN & set(turn.words[:3]))
    was_source = turn.manner == SOURCE or bool(turn.thread.cited)
    if not was_source or not is_short or is_yes_no(turn.words):
        return None
    subject = spoken_of(turn)
    if subject is None and is_bare_role(replace(turn, words=_unasking(turn.words))):
        subject = follow_up_subject(turn.content, turn.thread, turn.roles)
    return tell_source(turn, subject) if subject else None


def spoken_of(turn: Turn) -> Subject | None:
    """The subject whose source a message asks for, by its title or by what belongs to it."""
    subject = sourced_subject(turn)
    if subject is not None:
        return subject
    return next((Subject(term.topic, term.role) for term in named_terms(turn)), None)


def _unasking(words: list[str]) -> list[str]:
    return [word for word in words if word not in _ASKING]
