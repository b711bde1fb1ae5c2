"""Whether a message asks for the sources of what was said, or of a thing it names."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.questions import is_yes_no
from actions.wording import stem, stems

CITING = frozenset(map(stem, "cite quote".split()))
EVIDENCE = frozenset(map(stem, "source citation reference evidence proof".split()))
_WHOM = frozenset("who whom whose anyone anybody someone does do did they".split())
# What somebody is behind: who is behind a system is no question of sources.
_SAYINGS = frozenset("claim statement sentence quotation definition quote".split())
_SOURCE_OF = re.compile(
    r"\b(?:any|an?|independent|external|the) (?:\w+ )?"
    r"(?:sources?|references?|evidence|citations?|proof|stud(?:y|ies)) (?:for|behind)\b"
    r"|\bwhere (?:does|did) .{0,60}\b(?:get|take|have) .{0,60}\bfrom$"
)
_SAYING = frozenset("says said claims claimed".split())


def asks_who_is_cited(words: Sequence[str]) -> bool:
    """Whether a message asks for those whom the article cites: "who is quoted for the skills?"."""
    heard = set(words)
    who_says = list(words[:1]) == ["who"] and bool(_SAYING & set(words[1:2]))
    if who_says or asks_says_who(words) or {"cited", "quoted", "referenced"} & heard:
        return True
    is_behind = "behind" in heard and bool(_SAYINGS & heard)
    return is_behind or (bool(_WHOM & heard) and bool(CITING & set(stems(words))))


def asks_says_who(words: Sequence[str]) -> bool:
    """Whether a message ends in doubt: "35 % fewer? says who"."""
    return list(words[-2:]) == ["says", "who"]


def asks_for_evidence(words: Sequence[str]) -> bool:
    """Whether a message asks if somebody is cited at all: "is there a source for that?"."""
    is_any = is_yes_no(words) and bool(EVIDENCE & set(stems(words)))
    return is_any or asks_who_is_cited(words) or asks_for_source(words)


def asks_for_source(words: Sequence[str]) -> bool:
    """Whether a message asks for the source of a thing: "is there a study behind the 35 %?"."""
    return bool(_SOURCE_OF.search(" ".join(words)))
