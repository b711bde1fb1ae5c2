"""Which role is asked about where a message names only the other: by a mover, or as knowledge."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.questions import is_yes_no
from actions.wording import names_field
from content.loader import Content

_OWN = (
    r"\b(?:i am|i'm|im|i've been|ive been|i have been|i was|i work|working|work|we are|we're|my|our"
    r"|from|as)\b(?: (?:as|being|an?|the|\w+ years?(?: as)?|current|present|currently"
    r"|experienced))*"
)
_KNOWING = (
    r"\b(?:know|learn|study|master|understand|need|use)(?: (?:to (?:know|learn|understand)|about))?"
)
MOVING = frozenset(
    "switch switching switched move moving change changing transition transitioning cross crossing "
    "retrain retraining leave leaving new".split()
)


def role_moved_to(content: Content, words: Sequence[str], named: Sequence[str]) -> str | None:
    """The other role, where a message names only its speaker's own and speaks of a change.

    "I'm one of these and want to switch, what would be new for me?" asks about the others.
    """
    others = [role for role in content.roles if role not in named]
    if len(named) != 1 or named[0] not in content.roles or len(others) != 1:
        return None
    short = re.escape(content.roles[named[0]].short.lower())
    is_own = re.search(rf"{_OWN} {short}\b", " ".join(words))
    return others[0] if is_own and MOVING & set(words) else None


def role_of_knower(
    content: Content, words: Sequence[str], named: Sequence[str], last: str | None
) -> str | None:
    """The role last spoken of, where a message asks if it takes knowing what names the other.

    "Must they know that too?", of what one role is named for, after the other asks about the other.
    """
    if last is None or len(named) != 1 or named[0] == last or named[0] not in content.roles:
        return None
    short = content.roles[named[0]].short.lower()
    is_known = re.search(rf"{_KNOWING} {re.escape(short)}\b", " ".join(words))
    return last if is_known and names_field(words, short) and is_yes_no(words) else None
