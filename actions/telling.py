"""Tells what is known on a subject."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from actions.claims import opens_with_yes_or_no, telling_stems
from actions.evidence import asks_for_evidence, asks_who_is_cited
from actions.figures import figures
from actions.naming import titled_topic
from actions.options import next_options
from actions.phrasing import claim_form, limits, special_form
from actions.reactions import (
    asks_briefly,
    asks_for_all,
    asks_if_sure,
    asks_what_else,
    asks_yes_or_no,
)
from actions.sources import source_text
from actions.tables import table_of
from actions.thread import Subject
from actions.turn import ANSWER, GAP, PROMPT, Message, Reply, Turn
from actions.wording import stems, words_of

SOURCE = "source"  # manner of a reply that names where an answer is from
_DOUBT_WORDS = 6


def tell(turn: Turn, subject: Subject) -> Reply:
    """The answer on a subject, and what could be asked next."""
    gap = turn.content.gaps.get(subject.topic)
    text = gap.answer if gap else turn.content.reply(subject.topic, subject.role).answer
    return say_on(turn, subject, text, is_whole=True)


def tell_further(turn: Turn, subject: Subject) -> Reply | None:
    """What else is known, to another question on what was just told, if that has more of its words.

    None where the answer was not just told, or `more` was told too.
    """
    said = [str(each["text"]) for each in turn.thread.said]
    if subject.topic in turn.content.gaps or subject != turn.thread.subject:
        return None
    reply = turn.content.reply(*subject)
    if said != [reply.answer]:
        return None
    asked = telling_stems(turn.question or turn.words, turn.role_names)
    in_answer, in_more = (
        len(asked & set(stems(words_of(text)))) for text in (reply.answer, reply.more)
    )
    is_more = in_more > in_answer or (asks_what_else(turn.words) and not in_answer)
    return say_on(turn, subject, reply.more) if is_more else None


def tell_whole(turn: Turn) -> Reply | None:
    """All that is known on the last subject, to a message that asks for it as a whole.

    That is its answer, where only a part of it was told, or else what the answer leaves out.
    """
    last = turn.last_answer
    if last is None or turn.manner == SOURCE or not asks_for_all(turn.words):
        return None
    if titled_topic(turn) not in (None, last.topic):
        return None
    reply = turn.content.reply(*last)
    said = [str(each["text"]) for each in turn.thread.said]
    return say_on(turn, last, reply.more) if said == [reply.answer] else tell(turn, last)


def tell_all(turn: Turn, subjects: Sequence[Subject]) -> Reply:
    """The answers on several subjects, one after the other."""
    messages: list[Message] = []
    reply = Reply(turn.thread)
    for subject in subjects:
        reply = tell(replace(turn, thread=reply.thread), subject)
        messages.extend(reply.messages)
    return Reply.telling(reply.thread, messages, reply.options)


def reply_to(turn: Turn, subject: Subject) -> Reply:
    """The answer to a question, in the form that suits the words it is asked in.

    What the question takes for granted and the content denies is put right; what asks for a yes
    or a no gets one first where it is sure; interests that speak for several roles are a tie.
    """
    return (
        on_claim(turn, subject)
        or suited(turn, subject)
        or in_limits(turn, subject)
        or in_brief(turn, subject)
        or tell(turn, subject)
    )


def suited(turn: Turn, subject: Subject) -> Reply | None:
    """The answer in a form that suits the question better than the plain one, if there is one."""
    special = special_form(turn, subject)
    return say_on(turn, subject, special) if special else None


def on_claim(turn: Turn, subject: Subject) -> Reply | None:
    """What puts right or confirms what a question claims of a subject, if that is known."""
    claimed = claim_form(turn, subject)
    return say_on(turn, subject, claimed) if claimed else None


def on_doubt(turn: Turn) -> Reply | None:
    """What says the last answer again to somebody who only doubts it: "sure?", "is that a yes?"."""
    last = turn.last_answer
    if last and asks_if_sure(turn.text, turn.words):
        return affirm(turn, last)
    return _yes_or_no(turn) if turn.thread.subject and asks_yes_or_no(turn.words) else None


def _yes_or_no(turn: Turn) -> Reply | None:
    """The last reply once more if it has a yes or a no, else that there is none."""
    subject, said = turn.thread.subject, [str(each["text"]) for each in turn.thread.said]
    if subject is None or not said:
        return None
    text = said[-1]
    if subject.topic not in turn.content.gaps and not opens_with_yes_or_no(text):
        short = turn.content.reply(*subject).short
        text = turn.content.prompts["yes_or_no"].format(answer=short)
    return say_on(turn, subject, text)


def affirm(turn: Turn, subject: Subject) -> Reply:
    """The answer on a subject in short, as what the article says, and where it is from."""
    short = turn.content.reply(*subject).short
    doubted = turn.content.prompts["doubt"].format(answer=short)
    reply = tell_source(turn, subject)
    return replace(reply, messages=[Message(doubted, PROMPT, subject), *reply.messages])


def on_figure(turn: Turn) -> Reply | None:
    """What puts right a bare figure that doubts the last answer: "I read 25 somewhere"."""
    last = turn.last_answer
    if last is None or len(turn.words) > _DOUBT_WORDS:
        return None
    named = figures(turn.text)
    for each in turn.content.reply(*last).corrections if named else ():
        if each.percentages and named.isdisjoint(each.percentages):
            return say_on(turn, last, str(each.answer))
    return None


def in_limits(turn: Turn, subject: Subject) -> Reply | None:
    """What to say to somebody who asks whether a list has what it does not name."""
    limit = limits(turn, subject)
    return say_on(turn, subject, limit) if limit else None


def in_brief(turn: Turn, subject: Subject) -> Reply | None:
    """The short form for somebody who asks for one; a gap has no other than its answer."""
    if subject.topic in turn.content.gaps or not asks_briefly(turn.words):
        return None
    return say_on(turn, subject, str(turn.content.reply(*subject).short))


def say_on(turn: Turn, subject: Subject, text: str, is_whole: bool = False) -> Reply:
    """A text on a subject, with its table if it is the whole answer, and what to ask next."""
    message = message_on(turn, subject, text, is_whole)
    has_roles = subject.topic in turn.content.aspects or subject.role is not None
    gap = turn.content.gaps.get(subject.topic)
    if gap is not None and gap.outside:  # as small talk, it leaves the thread where it was
        options = next_options(turn.content, turn.thread, subject)
        return Reply(replace(turn.thread, offered=options, unsure=0), [message], options=options)
    thread = turn.thread.told(subject, has_roles)
    if gap is not None and len(turn.named_roles) == 1:
        thread = replace(thread, role=turn.named_roles[0])  # whose pay it was has the skills next
    return Reply.telling(thread, [message], next_options(turn.content, thread, subject))


def message_on(turn: Turn, subject: Subject, text: str, is_whole: bool) -> Message:
    """A text on a subject, marked as an answer or a gap."""
    kind = GAP if subject.topic in turn.content.gaps else ANSWER
    return Message(text, kind, subject, table_of(turn.content, subject) if is_whole else None)


def source_message(turn: Turn, subject: Subject) -> Message:
    """Where the answer on a subject is from, in words."""
    text = source_text(turn.content, subject, asks_whom=asks_for_evidence(turn.words))
    return Message(text, PROMPT, subject)


def tell_source(turn: Turn, subject: Subject) -> Reply:
    """Where an answer is from; "and of the other?" then asks for the source of that.

    Somebody who asks whom the article cites for an aspect of all roles is told of each role's.
    """
    is_compared = subject.role is None and subject.topic in turn.content.aspects
    subjects = [subject]
    if is_compared and asks_who_is_cited(turn.words):
        subjects = [Subject(subject.topic, role) for role in turn.content.roles]
    messages = [source_message(turn, each) for each in subjects]
    return Reply(replace(turn.thread, manner=SOURCE), messages)
