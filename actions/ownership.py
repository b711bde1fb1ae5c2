"""Which role owns what a message is on: by its terms, though it names no role, or the other."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.context import asks_which_role
from actions.phrasing import claimed_of
from actions.questions import is_yes_no
from actions.terms import named_terms, terms_named
from actions.thread import Subject
from actions.turn import Turn
from actions.wording import names_field

_WHOSE_THAT = re.compile(
    r"\b(?:which (?:engineer|role|one|job|side) (?:is|was|does|did) (?:that|this)"
    r"|(?:who|whose job) (?:is|was|does|did) (?:that|this))\b"
)
_WHOSE_WORDS = 8  # at most
_ALIKE = frozenset(
    "counterpart equivalent instead other compared versus like besides corresponding".split()
)


def asks_whose_that_is(turn: Turn) -> bool:
    """Whether a message asks whose the last answer was: "wait, which engineer was that again?"."""
    last = turn.thread.subject
    return (
        last is not None
        and last.role is not None
        and len(turn.words) <= _WHOSE_WORDS
        and not turn.roles
        and bool(_WHOSE_THAT.search(" ".join(turn.words)))
        and not named_terms(turn)
    )


def owner(turn: Turn, topic: str) -> list[str]:
    """The role to which a question on an aspect points: "what must I know to build robots?"."""
    if topic not in turn.content.aspects or is_yes_no(turn.words) or asks_which_role(turn):
        return []
    meant, _ = terms_named(turn)
    owners = {term.role for term in meant}
    return [str(owners.pop())] if len(owners) == 1 and None not in owners else []


def part_of(turn: Turn, topic: str) -> list[str]:
    """The role of a thing of which a message asks whether, where or why the other role is in it.

    "Which part of the car is X?" is on the car, which the article tells of the role that is not X.
    """
    owners = {term.role for term in named_terms(turn) if term.topic == topic}
    if len(owners) != 1 or None in owners or not _names_a_field(turn) or _ALIKE & set(turn.words):
        return []
    owner = str(owners.pop())
    return [owner] if not is_yes_no(turn.words) or _is_claimed(turn, Subject(topic, owner)) else []


def _is_claimed(turn: Turn, subject: Subject) -> bool:
    """Whether a message claims of a subject something on the role it names: "is it all X?"."""
    nameless = [word for word in turn.words if word not in turn.role_names]
    claimed = claimed_of(turn, subject)
    return claimed is not None and claimed != claimed_of(replace(turn, words=nameless), subject)


def _names_a_field(turn: Turn) -> bool:
    """Whether a message names one role, and not its people: "is it all X?"."""
    if len(turn.roles) != 1 or not turn.named_roles:
        return False
    return names_field(turn.words, turn.content.roles[turn.roles[0]].short.lower())
