"""Which subject a message means, given what was spoken of before."""

from __future__ import annotations

from collections.abc import Sequence

from actions.thread import Subject, Thread
from content.loader import Content

BOTH, OTHER, FORMER, LATTER = "both", "other", "former", "latter"


def resolve_role(content: Content, thread: Thread, asked: Sequence[str]) -> str | None:
    """The one role that is asked about; None for all of them.

    Args:
        content: knows the roles and their order.
        thread: knows the role last spoken of, which "the other" turns away from.
        asked: values of the message's role entities.
    """
    roles = list(content.roles)
    named = [value for value in asked if value in content.roles]
    if len(set(named)) == 1:
        return named[0]
    if named or BOTH in asked:
        return None
    if FORMER in asked:
        return roles[0]
    if LATTER in asked:
        return roles[-1]
    if OTHER in asked:
        others = [role for role in roles if role != thread.role]
        return others[0] if thread.role and len(others) == 1 else None
    return thread.role


def resolve_subject(content: Content, thread: Thread, topic: str, asked: Sequence[str]) -> Subject:
    """The subject of a question on a topic; only aspects are told role by role."""
    if topic not in content.aspects:
        return Subject(topic)
    return Subject(topic, resolve_role(content, thread, asked))


def follow_up_subject(content: Content, thread: Thread, asked: Sequence[str]) -> Subject | None:
    """The subject of "and for AI?": the last topic, told of the role asked about.

    A role named before any topic is a question of what that role is: the first aspect.
    """
    topic = thread.topic
    if topic is None or (topic not in content.aspects and _names_role(content, asked)):
        if topic in content.gaps:
            return Subject(str(topic))
        topic = next(iter(content.aspects)) if asked or topic else None
    return resolve_subject(content, thread, topic, asked or [OTHER]) if topic else None


def _names_role(content: Content, asked: Sequence[str]) -> bool:
    return any(value in content.roles for value in asked)
