"""Asks for sources: of the subject a message speaks of, and again for the next one."""

from __future__ import annotations

from collections.abc import Sequence, Set
from dataclasses import replace

from actions.evidence import CITING, EVIDENCE, asks_for_source, asks_says_who, asks_who_is_cited
from actions.naming import SOURCE_STEMS, is_bare_role, last_of_role, sourced_subject
from actions.passages import quoted_subject
from actions.questions import POINTING_BACK, is_yes_no
from actions.subjects import definition, resolve_subject
from actions.telling import SOURCE, tell_source
from actions.terms import subject_of_terms
from actions.thread import Subject
from actions.turn import Reply, Turn
from actions.wording import stem, stems, words_of

_WORDS = 9
# How many of an answer's words quote it: more than a title has, or some where no title is named.
_QUOTED_CLEARLY, _QUOTED = 3, 2
_OTHER_SOURCES = frozenset("open data".split())  # what makes another thing of "source"
_ARTICLES = frozenset("a an".split())
_SOURCE_KINDS = frozenset("good proper reliable single specific named cited published".split())
_WORKS = frozenset(map(stem, "source citation reference paper".split()))
_ASKS_ON = frozenset("does do did should must need needs use uses can".split())
_AGAIN = frozenset("and for of also too about plus".split())
# What may stand beside a role in a question who was cited for it: "and for the other, which uni?".
_ASKING = (
    SOURCE_STEMS | CITING | frozenset(map(stem, "which who whom whose university uni".split()))
)


def subject_to_source(turn: Turn) -> Subject | None:
    """The subject whose source a message asks for though it was taken for a question on it.

    "Who is quoted for it?" is no question on all references: it is on what was spoken of last.
    """
    if turn.intent in turn.content.entries and asks_says_who(turn.words):
        return Subject(turn.intent)
    if _cites_for_entry(turn):
        return Subject(turn.intent)
    if turn.intent not in turn.content.aspects:
        points_back = asks_who_is_cited(turn.words) and POINTING_BACK & set(turn.words[-1:])
        return turn.thread.subject if points_back and spoken_of(turn) is None else None
    asks_source = asks_who_is_cited(turn.words) or _asks_for_work(turn.words, EVIDENCE)
    if not asks_source:
        return None
    aspect = resolve_subject(turn.content, turn.thread, turn.intent, turn.roles)
    return subject_of_terms(turn) or aspect


def _cites_for_entry(turn: Turn) -> bool:
    """Whether a message asks for the source of an entry; one on sources is itself the answer."""
    entry = turn.content.entries.get(turn.intent)
    if entry is None or SOURCE_STEMS & set(stems(words_of(entry.title))):
        return False
    return _asks_for_work(turn.words, _WORKS)


def _asks_for_work(words: Sequence[str], works: Set[str]) -> bool:
    """Whether a message speaks of a source, but not of "a neutral source", "open source" ones."""
    before = zip(["", "", *words], ["", *words], words, strict=False)
    return any(
        stem(word) in works and not word.endswith("ing")
        for third, second, word in before
        if second not in _OTHER_SOURCES and (third not in _ARTICLES or second in _SOURCE_KINDS)
    )


def answer_on_source(turn: Turn) -> Reply | None:
    """The source of what a short message names right after another source; None for any other."""
    is_again = bool(_AGAIN & set(turn.words[:3])) or "behind" in turn.words
    if asks_for_source(turn.words):
        meant = spoken_of(turn) or turn.thread.subject
        return tell_source(turn, meant) if meant else None
    is_short = len(turn.words) <= _WORDS and is_again
    is_other = bool(_ASKS_ON & set(turn.words)) or is_yes_no(turn.words)
    is_other = is_other and not asks_who_is_cited(turn.words)
    if turn.manner != SOURCE or not is_short or is_other:
        return None
    subject = spoken_of(turn)
    rest = [word for word in turn.words if stem(word) not in _ASKING]
    if subject is None and is_bare_role(replace(turn, words=rest)):
        subject = of_role(turn)
    return tell_source(turn, subject) if subject else None


def spoken_of(turn: Turn) -> Subject | None:
    """The subject whose source a message asks for, by title, by what belongs to it, or quoted."""
    return (
        quoted_subject(turn, _QUOTED_CLEARLY)
        or sourced_subject(turn)
        or subject_of_terms(turn)
        or quoted_subject(turn, _QUOTED)
    )


def of_role(turn: Turn) -> Subject | None:
    """What a message that names a role and no topic asks the source of.

    It is the last topic, or what the role is where there is none or it is not told role by role.
    """
    last = last_of_role(turn)
    if last is not None and (last.role or last.topic not in turn.content.entries):
        return last
    return definition(turn.content, turn.thread, turn.roles) if turn.roles else None
