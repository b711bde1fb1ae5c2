"""Reads a message in the light of what was spoken of before."""

from __future__ import annotations

import re
from dataclasses import replace

from actions.interests import best_fits
from actions.naming import bare_topic, is_asked_with
from actions.questions import asks_who, is_yes_no
from actions.turn import Turn
from actions.wording import has_phrase, stems, words_of

# A topic beside the last one counts this many times as likely as the classifier, which knows no
# conversation, takes it to be.
_NEARNESS = 2.5
# The last topic itself is rarely asked for twice in a row, but a doubt about it is.
_SAMENESS = 1.5
# What a topic must reach for that to overrule the classifier when it refused or was unsure.
_CLEAR_REFUSED = 0.6
_CLEAR_UNSURE = 0.2
# Longer messages carry their own context.
_ELLIPSIS_WORDS = 9
_CLAUSE_END = re.compile(r"[,.;:!?]\s+")
# How the end of a message opens that names what it is on: "which tools?", "let's start with tools".
_OPENING = frozenset("which what let's lets us start begin with first".split())
# A question what a role demands is none which role suits somebody.
_NEEDING = frozenset("need needs needed require requires required must have".split())


def topic_in_context(turn: Turn) -> str | None:
    """The topic that a message means in its place in the conversation; None if it stays unclear.

    The classifier's own decision stands, but for short messages that a topic next to the last one
    explains better ("in what fields" after a question about demand).
    """
    decided = turn.intent if turn.content.topic(turn.intent) else None
    named = bare_topic(turn) or _topic_at_end(turn)
    if named is not None:
        return named
    last = turn.content.topic(turn.thread.topic) if turn.thread.topic else None
    if last is None or len(turn.words) > _ELLIPSIS_WORDS:
        return decided
    near = {**dict.fromkeys(last.related, _NEARNESS), last.id: _SAMENESS}
    weighted = {
        item["name"]: item["confidence"] * near.get(item["name"], 1.0)
        for item in turn.ranking
        if turn.content.topic(item["name"])
    }
    best = max(weighted, key=lambda name: weighted[name], default=None)
    if best is None or best not in near:
        return decided
    if turn.outcome == "answer":
        return best
    needed = _CLEAR_REFUSED if turn.outcome == "refuse" else _CLEAR_UNSURE
    return best if weighted[best] >= needed and _may_overrule(turn) else decided


def _topic_at_end(turn: Turn) -> str | None:
    """The topic that the end of a message names: "now for the other one, which tools?"."""
    end = words_of(_CLAUSE_END.split(turn.text)[-1])
    asked = [word for word in end if word not in _OPENING]
    if len(asked) == len(end) or len(end) == len(turn.words):
        return None
    return bare_topic(replace(turn, words=asked))


def topic_instead(turn: Turn) -> str | None:
    """What a topic means right after the last one: "give me an example", "how do I get there?"."""
    if turn.roles or len(turn.words) > _ELLIPSIS_WORDS:
        return None
    told = [turn.thread.subject, turn.last_answer]  # a gap in between changes nothing
    lasts = (turn.content.topic(each.topic) for each in told if each)
    meant = (last.instead.get(turn.intent) for last in lasts if last)
    return next(filter(None, meant), None)


def asks_which_role(turn: Turn) -> bool:
    """Whether a message asks which of the roles: "who does that?", "one or the other?"."""
    is_choice = "or" in turn.words and len(set(turn.roles) & set(turn.content.roles)) > 1
    return is_choice or asks_who(turn.words)


def fit_instead(turn: Turn) -> str | None:
    """The entry that tells which role suits whom, where a gap gives way to it."""
    gap = turn.content.gaps.get(turn.intent)
    if gap is None or "fits" not in gap.yields or _NEEDING & set(turn.words):
        return None
    suiting = (each for each in turn.content.entries.values() if each.fits)
    entry = next(suiting, None)
    is_asked = "which" in turn.words or asks_which_role(turn)
    if entry is None or not is_asked or not best_fits(entry.fits, turn.words):
        return None
    return str(entry.id)


def aspect_instead(turn: Turn, topic: str) -> str | None:
    """The aspect that a question names which lacks the words of the entry it was taken for.

    "Which skills do both roles share?" is on what they have in common, "which skills do both roles
    need?" on the skills of each.
    """
    entry = turn.content.entries.get(topic)
    heard = stems(turn.words)
    if entry is None or is_asked_with(entry, turn.words) or is_yes_no(turn.words):
        return None
    aspects = [name for name in entry.related if name in turn.content.aspects]
    named = (name for name in aspects if has_phrase(heard, turn.content.aspects[name].title))
    return next(named, None)


def _may_overrule(turn: Turn) -> bool:
    """Named gaps stand: only a plain "outside my subject" or "unsure" gives way to the context."""
    return turn.outcome != "refuse" or turn.intent == "out_of_scope"
