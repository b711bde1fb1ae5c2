"""Which role somebody wants to get to who is of the other one now."""

from __future__ import annotations

import re
from collections.abc import Sequence

from content.loader import Content

_OWN = (
    r"\b(?:i am|i'm|im|i've been|ive been|i have been|i was|i work|working|work|we are|we're|my|our"
    r"|from|as)\b(?: (?:as|being|an?|the|\w+ years?(?: as)?|current|present|currently"
    r"|experienced))*"
)
_MOVING = frozenset(
    "switch switching switched move moving change changing transition transitioning cross crossing "
    "retrain retraining leave leaving new".split()
)


def role_moved_to(content: Content, words: Sequence[str], named: Sequence[str]) -> str | None:
    """The other role, where a message names only its speaker's own and speaks of a change.

    "I'm an ML engineer and want to switch, what would be new for me?" asks about AI engineers.
    """
    others = [role for role in content.roles if role not in named]
    if len(named) != 1 or named[0] not in content.roles or len(others) != 1:
        return None
    short = re.escape(content.roles[named[0]].short.lower())
    is_own = re.search(rf"{_OWN} {short}\b", " ".join(words))
    return others[0] if is_own and _MOVING & set(words) else None
