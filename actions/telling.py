"""Tells what is known on a subject."""

from __future__ import annotations

from dataclasses import replace

from actions.options import next_options
from actions.phrasing import denial, special_form
from actions.sources import source_text
from actions.tables import table_of
from actions.thread import Subject
from actions.turn import ANSWER, GAP, PROMPT, Message, Reply, Turn


def tell(turn: Turn, subject: Subject) -> Reply:
    """The answer on a subject, and what could be asked next."""
    gap = turn.content.gaps.get(subject.topic)
    text = gap.answer if gap else turn.content.reply(subject.topic, subject.role).answer
    return say_on(turn, subject, text, is_whole=True)


def reply_to(turn: Turn, subject: Subject) -> Reply:
    """The answer to a question, in the form that suits the words it is asked in.

    What the question takes for granted and the content denies is put right; what asks for a yes
    or a no gets one first where it is sure; interests that speak for several roles are a tie.
    """
    special = denial(turn, subject) or special_form(turn, subject)
    return say_on(turn, subject, special) if special else tell(turn, subject)


def say_on(turn: Turn, subject: Subject, text: str, is_whole: bool = False) -> Reply:
    """A text on a subject, with its table if it is the whole answer, and what to ask next."""
    message = message_on(turn, subject, text, is_whole)
    has_roles = subject.topic in turn.content.aspects or subject.role is not None
    gap = turn.content.gaps.get(subject.topic)
    if gap is not None and gap.outside:  # as small talk, it leaves the thread where it was
        options = next_options(turn.content, turn.thread, subject)
        return Reply(replace(turn.thread, offered=options, unsure=0), [message], options=options)
    thread = turn.thread.told(subject, has_roles)
    return Reply.telling(thread, [message], next_options(turn.content, thread, subject))


def message_on(turn: Turn, subject: Subject, text: str, is_whole: bool) -> Message:
    """A text on a subject, marked as an answer or a gap."""
    kind = GAP if subject.topic in turn.content.gaps else ANSWER
    return Message(text, kind, subject, table_of(turn.content, subject) if is_whole else None)


def source_message(turn: Turn, subject: Subject) -> Message:
    """Where the answer on a subject is from, in words."""
    return Message(source_text(turn.content, subject), PROMPT, subject)
