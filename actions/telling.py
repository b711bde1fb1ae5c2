"""Tells what is known on a subject."""

from __future__ import annotations

from actions.claims import (
    confirmation,
    correction,
    is_said,
    opens_with_yes_or_no,
)
from actions.interests import best_fits
from actions.options import next_options
from actions.questions import asks_of_article
from actions.tables import table_of
from actions.thread import Subject
from actions.turn import ANSWER, GAP, Message, Reply, Turn


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
    special = _denial(turn, subject) or _special(turn, subject)
    if special is None:
        return tell(turn, subject)
    return say_on(turn, subject, special)


def say_on(turn: Turn, subject: Subject, text: str, is_whole: bool = False) -> Reply:
    """A text on a subject, with its table if it is the whole answer, and what to ask next."""
    message = message_on(turn, subject, text, is_whole)
    has_roles = subject.topic in turn.content.aspects or subject.role is not None
    thread = turn.thread.told(subject, has_roles)
    return Reply.telling(thread, [message], next_options(turn.content, thread, subject))


def message_on(turn: Turn, subject: Subject, text: str, is_whole: bool) -> Message:
    """A text on a subject, marked as an answer or a gap."""
    kind = GAP if subject.topic in turn.content.gaps else ANSWER
    return Message(text, kind, subject, table_of(turn.content, subject) if is_whole else None)


def _denial(turn: Turn, subject: Subject) -> str | None:
    """A "no" to a question whether the article says what it does not say."""
    content = turn.content
    gap = content.gaps.get(subject.topic)
    if not asks_of_article(turn.words) or (gap is not None and gap.outside):
        return None
    reply = gap or content.reply(subject.topic, subject.role)
    if gap is None and not reply.empty:  # type: ignore[union-attr]
        return None
    return content.prompts["say_no"].format(answer=reply.answer[0].lower() + reply.answer[1:])


def _special(turn: Turn, subject: Subject) -> str | None:
    content = turn.content
    if subject.topic in content.gaps:
        return None
    reply = content.reply(subject.topic, subject.role)
    fitting = correction(reply, turn.text, turn.words) or confirmation(reply, turn.words)
    if fitting is not None:
        return str(fitting.answer)
    entry = content.entries.get(subject.topic)
    if entry is not None and entry.tie and len(best_fits(entry.fits, turn.words)) > 1:
        return str(entry.tie)
    if is_said(reply, turn.words) and not opens_with_yes_or_no(reply.answer):
        return content.prompts["say_yes"].format(answer=reply.answer)
    return None
