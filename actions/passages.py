"""Which subject's answer has the words of a message: a quotation, or something told before."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from actions.claims import telling_stems, told_stems
from actions.evidence import CITING, EVIDENCE
from actions.naming import titled_topic
from actions.sources import named_references
from actions.thread import Subject
from actions.turn import Turn
from actions.wording import stem
from content.loader import Content

# What speaks of a quotation and not of its subject.
_QUOTING = (
    EVIDENCE
    | CITING
    | frozenset(
        map(
            stem,
            "claim statement sentence passage part paragraph line bit give show find link back "
            "support exactly".split(),
        )
    )
)
_SHARE = 0.6
# What speaks of a message and not of its subject.
_MEANING = frozenset(
    map(
        stem,
        "mean meant ask asked asking question talk talking speak speaking answer back go return "
        "wrong misunderstand misunderstood listen".split(),
    )
)
_ASIDE = frozenset("not never".split())


def quoted_subject(turn: Turn, at_least: int) -> Subject | None:
    """The subject whose reply has most of the words that a message quotes; None if none has.

    A message that names a reference asks about that.

    Args:
        turn: the message; if it names a role, the subject is of that role, or of none.
        at_least: how many of its words the reply must have.
    """
    if named_references(turn.content, turn.words):
        return None
    quoted = telling_stems(turn.words, turn.role_names) - _QUOTING
    found = {
        subject: len(quoted & told_stems(turn.content.reply(*subject)))
        for subject in _subjects(turn.content, turn.roles)
    }
    best = max(found, key=lambda subject: found[subject], default=None)
    if best is None or found[best] < max(at_least, _SHARE * len(quoted)):
        return None
    return best


def recalled_subject(turn: Turn) -> Subject | None:
    """The subject told before that a message goes back to: "I meant the patients, not the jobs"."""
    if turn.roles or titled_topic(turn) is not None:
        return None
    aside = [index for index, word in enumerate(turn.words) if word in _ASIDE]
    meant = telling_stems(turn.words[: aside[-1]] if aside else turn.words, turn.role_names)
    meant -= _QUOTING | _MEANING
    for key in reversed(turn.thread.trail[:-1]):
        subject = Subject.from_key(key)
        is_gap = subject.topic in turn.content.gaps
        if meant and not is_gap and meant <= told_stems(turn.content.reply(*subject)):
            return subject
    return None


def _subjects(content: Content, roles: Sequence[str]) -> Iterator[Subject]:
    asked = [role for role in content.roles if role in roles] or list(content.roles)
    for name in content.aspects:
        yield from (Subject(name, role) for role in asked)
    yield from map(Subject, content.entries)
