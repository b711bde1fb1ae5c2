"""Questions about the order of steps: "what comes first?", "which step is before tuning?"."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.claims import telling_stems
from actions.subjects import resolve_subject
from actions.telling import say_on, tell
from actions.terms import subject_of_terms
from actions.thread import Subject
from actions.turn import Reply, Turn
from actions.wording import stem, stems, words_of
from content.loader import Content

_FIRST = frozenset("first start starts begin begins initially".split())
_LAST = frozenset("last finally end ends final".split())
_BEFORE = frozenset("before precedes preceding".split())
_AFTER = frozenset("after afterwards follows following next then".split())
_PLACING = _FIRST | _LAST | _BEFORE | _AFTER
_STEP = frozenset("step steps stage stages phase phases".split())
_ASKING = frozenset("what what's whats which how where".split())
_CAREER = frozenset("become becoming career into towards pathway path get job".split())
_NODS = frozenset("and so ok okay".split())
_GOING = frozenset(
    "come comes do does happen happens follow follows is start starts begin begins go goes".split()
)
_NO_STEPS = frozenset(map(stem, _PLACING | _STEP))
_ALL = re.compile(
    r"\b(?:start to (?:finish|end)|beginning to end|first to last|all (?:the )?steps)\b"
)
_WORDS = 12  # at most
_BARE_WORDS = 5  # at most


def answer_on_steps(turn: Turn) -> Reply | None:
    """All steps, or the step that a message asks for by its place among those of a subject.

    "Before" and "after" go by the step that the message names, else by the one told last. None for
    any other message, or where neither the subject asked about nor the last one has steps.
    """
    heard = set(turn.words)
    if "steps" in heard and not heard & (_CAREER | _PLACING - {"start"}):
        whole = _with_steps(turn.content, subject_of_terms(turn) or turn.last_answer)
        return tell(turn, whole) if whole else None
    if not _asks_for_step(turn.words):
        return None
    asked = _with_steps(turn.content, _subject_asked(turn))
    last = _with_steps(turn.content, turn.last_answer)
    # "What should I learn first?" has a topic of its own.
    is_other = turn.content.topic(turn.intent) is not None and bool((_FIRST | _LAST) & heard)
    meant = asked or (last if heard & _STEP or not is_other else None)
    return _tell_step(turn, meant) if meant else None


def _asks_for_step(words: Sequence[str]) -> bool:
    heard = set(words)
    if len(words) > _WORDS or not heard & _PLACING or _ALL.search(" ".join(words)):
        return False
    opening = [word for word in words if word not in _NODS | _ASKING][:1]
    is_bare = len(words) <= _BARE_WORDS and bool(set(opening) & (_BEFORE | _AFTER))
    return is_bare or bool(heard & _STEP) or (bool(heard & _ASKING) and bool(heard & _GOING))


def _subject_asked(turn: Turn) -> Subject | None:
    if turn.content.topic(turn.intent) is None:
        return None
    return resolve_subject(turn.content, turn.thread, turn.intent, turn.roles, turn.words)


def _with_steps(content: Content, subject: Subject | None) -> Subject | None:
    """The subject, or of an aspect of all roles that of the one role with steps; None without."""
    if subject is None or subject.topic in content.gaps:
        return None
    aspect = content.aspects.get(subject.topic)
    if aspect is None or subject.role is not None:
        return subject if content.reply(*subject).steps else None
    roles = [role for role, cell in aspect.cells.items() if cell.steps]
    return Subject(subject.topic, roles[0]) if len(roles) == 1 else None


def _tell_step(turn: Turn, subject: Subject) -> Reply | None:
    steps, heard = turn.content.reply(*subject).steps, set(turn.words)
    if not heard & (_BEFORE | _AFTER):
        name, step = ("first_step", steps[0]) if heard & _FIRST else ("last_step", steps[-1])
        return _say(turn, subject, name, step)
    known = _named(turn, steps)
    known = _told(turn, steps) if known is None else known
    if known is None:
        return None
    name, move = ("step_after", 1) if heard & _AFTER else ("step_before", -1)
    if not 0 <= known + move < len(steps):
        return _say(turn, subject, f"no_{name}", steps[known])
    return _say(turn, subject, name, steps[known], steps[known + move])


def _say(turn: Turn, subject: Subject, prompt: str, step: str, other: str = "") -> Reply:
    text = turn.content.prompts[prompt].format(step=step, other=other)
    return say_on(turn, subject, text[0].upper() + text[1:])


def _named(turn: Turn, steps: Sequence[str]) -> int | None:
    """Place of the step that shares most words with a message."""
    asked = telling_stems(turn.words, turn.role_names) - _NO_STEPS
    shared = [len(asked & set(stems(words_of(step)))) for step in steps]
    return shared.index(max(shared)) if any(shared) else None


def _told(turn: Turn, steps: Sequence[str]) -> int | None:
    """Place of the step that the last reply told of, at its end where it told of two."""
    said = " ".join(str(each["text"]) for each in turn.thread.said).lower()
    places = {said.rfind(step.lower()): index for index, step in enumerate(steps)}
    return places[max(places)] if max(places) >= 0 else None
