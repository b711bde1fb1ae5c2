"""Which subject a message means, given what was spoken of before."""

from __future__ import annotations

from collections.abc import Sequence

from actions.interests import best_fits
from actions.thread import Subject, Thread
from content.loader import Content

# Words that set the roles side by side although none of them is named: "difference in skills".
_COMPARING = frozenset(
    "compare compared comparing comparison comparisons differ differs difference differences "
    "contrast versus vs same alike similar".split()
)
BOTH, OTHER, FORMER, LATTER = "both", "other", "former", "latter"


def resolve_role(content: Content, thread: Thread, asked: Sequence[str]) -> str | None:
    """The one role that is asked about; None for all of them.

    Args:
        content: knows the roles and their order.
        thread: knows the role last spoken of, which "the other" turns away from.
        asked: values of the message's role entities.
    """
    roles = list(content.roles)
    named = {value for value in asked if value in content.roles}
    if BOTH in asked or len(named) > 1:
        return None
    if named:
        return named.pop()
    if FORMER in asked:
        return roles[0]
    if LATTER in asked:
        return roles[-1]
    if OTHER in asked:
        others = [role for role in roles if role != thread.role]
        return others[0] if thread.role and len(others) == 1 else None
    return thread.role


def resolve_subject(
    content: Content,
    thread: Thread,
    topic: str,
    asked: Sequence[str],
    words: Sequence[str] = (),
) -> Subject:
    """The subject of a question on a topic, given the roles and the words it is asked in."""
    if topic in content.aspects:
        compared = not asked and bool(_COMPARING & set(words))
        return Subject(topic, None if compared else resolve_role(content, thread, asked))
    entry = content.entries.get(topic)
    fitting = best_fits(entry.fits, words) if entry else []
    return Subject(topic, fitting[0] if len(fitting) == 1 else None)


def follow_up_subject(content: Content, thread: Thread, asked: Sequence[str]) -> Subject | None:
    """The subject of "and for the other?": the last topic, told of the role asked about.

    A role named before any topic is a question of what that role is: the first aspect.
    """
    if thread.topic is None:
        return definition(content, thread, asked) if asked else None
    entry = content.entries.get(thread.topic)
    if entry is not None and entry.fits:
        return Subject(thread.topic, resolve_role(content, thread, asked or [OTHER]))
    return resolve_subject(content, thread, thread.topic, asked or [OTHER])


def definition(content: Content, thread: Thread, asked: Sequence[str]) -> Subject:
    """What a role is: the first aspect in the content."""
    return Subject(next(iter(content.aspects)), resolve_role(content, thread, asked))
