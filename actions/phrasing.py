"""Which form of an answer suits the words it was asked in."""

from __future__ import annotations

from actions.claims import (
    confirmation,
    correction,
    is_foreign,
    is_said,
    opens_with_yes_or_no,
)
from actions.interests import best_fits
from actions.naming import is_asked_with, titled_topic
from actions.questions import (
    POINTING_BACK,
    asks_for_yes,
    asks_of_article,
    asks_openly,
    is_yes_no,
    offers_choice,
)
from actions.reactions import adds_something
from actions.thread import Subject
from actions.turn import Turn
from content.schema import Reply

# Confidence in a topic below which its own "yes" might answer another question than was asked.
_SURE = 0.6
# Confidence above which a topic is looked at that is not the likeliest, but knows what was claimed.
_CLAIMED = 0.1


def claim_form(turn: Turn, subject: Subject) -> str | None:
    """What puts right or confirms what a question takes for granted or claims."""
    denied = denial(turn, subject)
    if denied is not None or subject.topic in turn.content.gaps:
        return denied
    return claimed_of(turn, subject)


def denial(turn: Turn, subject: Subject) -> str | None:
    """A "no" to a question whether the article says what it does not say."""
    content = turn.content
    gap = content.gaps.get(subject.topic)
    if not asks_of_article(turn.words) or (gap is not None and gap.outside):
        return None
    if gap is None and not getattr(content.reply(*subject), "empty", False):
        return None
    answer = str(gap.answer if gap else content.reply(*subject).answer)
    return content.prompts["say_no"].format(answer=answer[0].lower() + answer[1:])


def special_form(turn: Turn, subject: Subject) -> str | None:
    """What suits a question that claims nothing better than the plain answer; None if nothing."""
    content = turn.content
    if subject.topic in content.gaps:
        return None
    reply = content.reply(*subject)
    entry = content.entries.get(subject.topic)
    if entry is not None and entry.tie and len(best_fits(entry.fits, turn.words)) > 1:
        return str(entry.tie)
    if opens_with_yes_or_no(reply.answer):
        is_asked = entry is None or is_asked_with(entry, turn.words)
        is_open = asks_openly(turn.words) or offers_choice(turn.words)
        is_yes_or_no = _is_sure(turn) and is_asked and not is_open
        return None if is_yes_or_no else _without_yes_or_no(reply.answer)
    if is_said(reply, turn.words, turn.role_names):
        return content.prompts["say_yes"].format(answer=reply.answer)
    return None


def limits(turn: Turn, subject: Subject) -> str | None:
    """What to say of a list to a question whether it has something that it does not name."""
    if subject.topic in turn.content.gaps:
        return None
    reply = turn.content.reply(*subject)
    is_added = subject.topic == turn.thread.topic and adds_something(turn.words)
    if reply.limits is None or not (asks_for_yes(turn.text, turn.words) or is_added):
        return None
    pointed_to = turn.whole if POINTING_BACK & set(turn.words) else []
    if not is_foreign(reply, [*turn.words, *pointed_to], turn.role_names):
        return None
    text = str(reply.limits)
    if opens_with_yes_or_no(text) or not asks_of_article(turn.words):
        return text
    return turn.content.prompts["say_no"].format(answer=text[0].lower() + text[1:])


def topic_of_claim(turn: Turn, subject: Subject) -> str | None:
    """The topic that knows what a yes/no question claims: the one taken, named or likely."""
    content = turn.content
    if subject.topic in content.gaps or not asks_for_yes(turn.text, turn.words):
        return None
    likely = [item["name"] for item in turn.ranking[:3] if item["confidence"] >= _CLAIMED]
    for topic in [subject.topic, titled_topic(turn), *likely]:
        if topic in content.topic_ids and topic not in content.gaps:
            role = subject.role if topic in content.aspects else None
            reply = content.reply(topic, role)
            if _claimed(turn, reply) is not None:
                return str(topic)
            if topic == subject.topic and _answers(turn, topic, reply):
                return None
    return None


def _answers(turn: Turn, topic: str, reply: Reply) -> bool:
    """Whether the yes or no that an answer opens with is one to the message."""
    entry = turn.content.entries.get(topic)
    is_asked = entry is not None and bool(entry.asked_with) and is_asked_with(entry, turn.words)
    return is_asked and opens_with_yes_or_no(reply.answer)


def claim_on_last(turn: Turn) -> str | None:
    """What the content says to a claim on the last answer: "is that part of it too?"."""
    last = turn.thread.subject
    points_back = is_yes_no(turn.words) and bool(POINTING_BACK & set(turn.words))
    if last is None or last.topic in turn.content.gaps or not points_back:
        return None
    return _claimed(turn, turn.content.reply(*last))


def claimed_of(turn: Turn, subject: Subject) -> str | None:
    """What puts right or confirms what a message claims of a subject."""
    return _claimed(turn, turn.content.reply(*subject))


def _claimed(turn: Turn, reply: Reply) -> str | None:
    """What puts the message right, or confirms it."""
    fitting = correction(reply, turn.text, turn.words) or confirmation(
        reply, turn.text, turn.words, turn.role_names
    )
    return str(fitting.answer) if fitting else None


def _is_sure(turn: Turn) -> bool:
    return not turn.ranking or turn.ranking[0]["confidence"] >= _SURE


def _without_yes_or_no(answer: str) -> str:
    rest = answer.partition(",")[2].strip()
    return rest[:1].upper() + rest[1:]
