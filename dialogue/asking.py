"""What a question asks for: a function for each row of the table's last part."""

from __future__ import annotations

from dialogue.acts import Acknowledge, Act, Ask, Check, Refuse
from dialogue.thread import OTHER, resolve_role
from dialogue.turn import CERTAIN, CLEAR, LEAST, NEAR, Turn, ask, check, nearest, side
from dialogue.understanding import ANSWER, ANSWERED, NOT_STATED, REFUSE

TOPIC = 0.6  # confidence of a topic that counts without a reading
OUTSIDE_NEAR = 0.6  # nearness that counts though the classifier takes it for another subject
# Probability of telling something from which what is not settled is taken as told: with a statement
# that comes near it, and without one, where there would be nothing else to say.
TELLS, _TELLS_BARE = 0.4, 0.2
_SURE_GAP = 0.8  # confidence of a gap among the gaps, from which it is named
LIKELY = 0.35  # confidence of a topic that is told rather than asked back
_OPEN = 0.75  # confidence that nothing settles a question, from which no topic is told instead
_BROAD = 2  # statements of a question that is asked of a topic as a whole


def gap(turn: Turn) -> tuple[Act, ...]:
    """What the article is known to leave open, unless the reader is surer that it settles it."""
    found = turn.found
    gap = turn.content.gaps.get(found.intent)
    if gap is None or gap.outside or found.refused <= turn.reading.strength:
        return ()
    if turn.reading.verdict == NOT_STATED and settled_by(turn):
        return ()
    near = nearest(turn, OUTSIDE_NEAR)
    if found.sure < _SURE_GAP:  # its words would speak of something else than was asked
        return (_open(turn, near),)
    return (Refuse(found.intent, near),)


def _open(turn: Turn, near: tuple[str, ...]) -> Act:
    """What the article leaves open; what is only told wants no answer."""
    done = turn.reading.acts
    tells = done.get("tell", 0) >= (TELLS if near else _TELLS_BARE)
    if turn.reading.verdict == NOT_STATED and tells and done.get("ask", 0) < LEAST:
        return Acknowledge("tell")
    return Check(NOT_STATED, near=near, wanted=turn.found.wanted)


def broad(turn: Turn) -> tuple[Act, ...]:
    """A topic as a whole, where most of what the reader finds is told by it and some of it is new.

    Without anything new in the topic, what else the reader finds is worth more than its end.
    """
    if turn.reading.leaning != ANSWERED:
        return ()
    is_half = is_certain(turn) and len(turn.named_roles) > 1 and len(_roles(turn)) == 1
    if len(turn.carrying()) < _BROAD and not is_half:
        return ()
    asked = of_topic(turn, TOPIC)
    if asked and not _covers(turn, asked[0]):
        return ()
    is_new = any(one not in turn.thread.last for each in asked for one in turn.answered_by(each))
    return asked if is_new or not turn.fresh() else ()


def _covers(turn: Turn, asked: Act) -> bool:
    """Whether a topic tells the best statement, and not of other roles what is asked of one."""
    if not isinstance(asked, Ask):
        return False
    is_of_all = turn.content.is_grid(asked.topic) and asked.role is None
    if is_of_all and len(turn.named_roles) < 2 and len(_roles(turn)) == 1:
        return False
    best, told = turn.carrying()[0], turn.answered_by(asked)
    if turn.content.topics[asked.topic].form:  # it tells what holds in general
        return best == told[0] and side(turn, turn.carrying()) is None
    return is_certain(turn) or best in told


def _roles(turn: Turn) -> set[str]:
    """The roles that what the reader finds is on; empty if some of it is on all of them."""
    roles = {turn.content.statements[each].role for each in turn.carrying()}
    return set() if None in roles else {each for each in roles if each}


def of_topic(turn: Turn, least: float) -> tuple[Act, ...]:
    """The classifier's topic, unless most of what the reader finds is told elsewhere."""
    found, carrying = turn.found, turn.carrying()
    if not turn.is_topic or found.confidence(found.intent) < least:
        return ()
    asked = ask(turn, found.intent)
    common = len(set(turn.answered_by(asked)) & set(carrying))
    is_told_there = common > 0 if is_certain(turn) else 2 * common >= len(carrying)
    return (asked,) if is_told_there or not carrying else ()


def is_certain(turn: Turn) -> bool:
    """Whether the classifier has no doubt of its topic, nor of that having an answer."""
    found = turn.found
    is_sure = found.confidence(found.intent) >= CERTAIN and found.refused <= 1 - CERTAIN
    return turn.is_topic and is_sure


def role_meant(turn: Turn) -> tuple[Act, ...]:
    """A likely topic of the role that is meant, where the reader finds only another role's part.

    That is the role that is named, else the one spoken of: "and their tools?" is not asked of the
    one that nobody speaks of.
    """
    found, thread, content = turn.found, turn.thread, turn.content
    role, carrying = turn.role_meant, set(turn.carrying())
    name = str(thread.topic) if found.intent == "followup" else found.intent
    is_likely = found.outcome == ANSWER and found.confidence(found.intent) >= TOPIC
    if role is None or not carrying or not is_likely or not content.is_grid(name):
        return ()
    others = [each for each in content.roles if each != role]
    told = {each.id for other in others for each in content.told_of(name, other)}
    own = {each.id for each in content.told_of(name, role)}
    return (Ask(name, role, found.wanted),) if carrying <= told - own else ()


def settled(turn: Turn) -> tuple[Act, ...]:
    """What statements answer or decide; of what hardly asks only a clear reading counts."""
    is_asked = turn.reading.strength >= CLEAR or not turn.hardly_asks
    return (check(turn, turn.carrying()),) if turn.reading.is_settled and is_asked else ()


def other_role(turn: Turn) -> tuple[Act, ...]:
    """The last topic, of another role: "and the others?"."""
    found, thread, content = turn.found, turn.thread, turn.content
    if found.intent != "followup" or not content.is_grid(thread.topic or ""):
        return ()
    role = resolve_role(content, thread, found.roles or (OTHER,))
    return (Ask(str(thread.topic), role, found.wanted),)


def topic(turn: Turn) -> tuple[Act, ...]:
    """A topic that the classifier is sure of."""
    found, reading = turn.found, turn.reading
    is_open = reading.verdict == NOT_STATED and reading.confidence >= _OPEN
    # One that guides has more to give than statements, where none comes near.
    guides = turn.is_topic and turn.content.topics[found.intent].form and not nearest(turn, NEAR)
    is_open = is_open and not guides
    if not turn.is_topic or found.confidence(found.intent) < TOPIC or is_open:
        return ()
    return (ask(turn, found.intent),)


def not_stated(turn: Turn) -> tuple[Act, ...]:
    """What nothing settles, with what comes nearest."""
    if turn.reading.verdict != NOT_STATED:
        return ()
    is_outside = turn.found.outcome == REFUSE
    is_surely = turn.found.refused >= CERTAIN
    least = (CERTAIN if is_surely else OUTSIDE_NEAR) if is_outside else NEAR
    near = nearest(turn, least)
    opened = _open(turn, near)
    if isinstance(opened, Check):
        if settled_by(turn):
            return (Check(ANSWERED, settled_by(turn), wanted=turn.found.wanted),)
        if is_outside and not near:
            return ()
    return (opened,)


def settled_by(turn: Turn) -> tuple[str, ...]:
    """The nearest statement, where it rather settles what was said than is merely near it.

    "The article does not say", said in front of the very fact, would be the worst of all replies.
    """
    best = max(turn.reading.judged, key=lambda each: each.applies, default=None)
    if best is None or best.id in turn.thread.last:  # whoever asks on after it heard that already
        return ()
    is_fit = best.applies >= OUTSIDE_NEAR and best.settles > best.near / 2
    return (best.id,) if is_fit else ()


def refused(turn: Turn) -> tuple[Act, ...]:
    """What the classifier alone knows to be open, or another subject."""
    is_gap = turn.found.outcome == REFUSE and turn.found.intent in turn.content.gaps
    return (Refuse(turn.found.intent),) if is_gap else ()


def likely_topic(turn: Turn) -> tuple[Act, ...]:
    """A topic that is likelier than any other."""
    likely = turn.is_topic and turn.found.confidence(turn.found.intent) >= LIKELY
    return (ask(turn, turn.found.intent),) if likely else ()
