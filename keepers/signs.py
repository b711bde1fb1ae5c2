"""Signs that a message was answered wrongly, and how much they speak for it.

Nobody sees from outside whether a reply was right. What the visitor did next tells something, and
so does how sure the models were; each sign is a filter of the review, and most are a figure of the
report.
"""

from __future__ import annotations

import hashlib
from collections.abc import Collection
from math import exp, prod

from dialogue.understanding import ANSWERED, NO, PARTLY, YES
from keepers.turns import ANSWER, CLARIFY, GAP, QUESTIONS, Turn

UNSURE, REFUSED, DOWN, WRONG = "unsure", "refused", "down", "wrong"
AGAIN, NOTHING, MARGIN, LOW = "again", "nothing", "margin", "low"
LAST, SAMPLE = "last", "sample"

#: What each sign says, as people read it.
WHY = {
    UNSURE: "asked back: it was not understood",
    REFUSED: "refused: the article does not say",
    DOWN: "thumb down",
    WRONG: "the visitor said next that it was wrong",
    AGAIN: "asked again in other words",
    NOTHING: "said that there is no more to tell",
    MARGIN: "yes or no by a small margin",
    LOW: "told with low confidence",
    LAST: "the visitor left after it",
    SAMPLE: "of the random sample",
}
SIGNS = tuple(WHY)
# What a visitor does next, and how likely the reply was wrong by that alone.
_REACTIONS = {DOWN: 0.9, WRONG: 0.7, AGAIN: 0.4}
# Log-odds of a wrong reply by what the models made of a question: a logistic regression on 395
# questions of conversations by people who had not seen the assistant, judged by what they wanted
# told. On 125 more, of other authors, it tells wrong from right replies with an area of .88 under
# the curve, ten-fold over all with .81: what it looks at was chosen with all of them in view. A
# margin between yes and no adds nothing to that.
_BASE, _NOTHING_NEW = 0.6, 3.2
_CERTAIN = -2.25  # of what was told
_OPEN, _REFUSED_TOO = -0.25, -3.0  # said to be open; and the classifier refused as well
#: Certainty below which an answer was told with low confidence.
LOW_BELOW = 0.75
#: Lead of yes before no, or the other way round, below which the margin is small.
MARGIN_BELOW = 0.9
#: Of 256 questions so many are of the random sample.
SAMPLED = 13
_COMPLAINTS = ("correct", "feedback_bad", "insult")
_COMPLAINS = 0.5  # probability of the act


def is_question(turn: Turn) -> bool:
    """Whether something was asked in words, as far as the reply tells."""
    return not turn.pressed and turn.kind in QUESTIONS


def own_signs(turn: Turn) -> list[str]:
    """The signs that a question shows by itself; none of what was pressed or is no question."""
    if not is_question(turn):
        return []
    found = []
    if turn.kind == CLARIFY:
        found.append(UNSURE)
    if turn.kind == GAP:
        found.append(REFUSED)
    if turn.nothing:
        found.append(NOTHING)
    if turn.kind == ANSWER and has_small_margin(turn):
        found.append(MARGIN)
    if turn.kind == ANSWER and certainty(turn) < LOW_BELOW:
        found.append(LOW)
    if is_sampled(turn.sender, turn.time):
        found.append(SAMPLE)
    return found


def has_small_margin(turn: Turn) -> bool:
    """Whether its statements are for yes and no at once, or it was said by little."""
    reading = turn.found.reading
    if reading.leaning not in (YES, NO, PARTLY):
        return False
    return reading.verdict == ANSWERED or reading.confidence < MARGIN_BELOW


def certainty(turn: Turn) -> float:
    """How sure the model was of what it told: the reader of its statements, else the classifier."""
    reading, found = turn.found.reading, turn.found
    told = set(turn.statements)
    settling = [each.settles for each in reading.judged if each.id in told]
    topics = {key.partition("/")[0] for key in turn.told}
    by_topic = found.confidence(found.intent) * (1 - found.refused)
    return max([*settling, by_topic if found.intent in topics else 0.0], default=0.0)


def is_sampled(sender: str, time: float) -> bool:
    """Whether a message is of the random sample: by its digest, so that it stays in it or out."""
    return hashlib.sha256(f"{sender} {time!r}".encode()).digest()[0] < SAMPLED


def complains(turn: Turn) -> bool:
    """Whether somebody says that the reply before was wrong."""
    if turn.pressed:
        return False
    return turn.intent in _COMPLAINTS or turn.found.reading.acts.get("correct", 0.0) >= _COMPLAINS


def doubt_itself(turn: Turn) -> float:
    """How likely the reply was wrong, by what the models made of it."""
    odds = _BASE + _NOTHING_NEW * turn.nothing
    if turn.kind == ANSWER:
        odds += _CERTAIN * certainty(turn)
    elif turn.kind == GAP:
        odds += _OPEN + _REFUSED_TOO * turn.found.refused
    return 1 / (1 + exp(-odds))


def doubt_after(itself: float, signs: Collection[str]) -> float:
    """The same, by what the visitor did next as well."""
    return 1 - (1 - itself) * prod(1 - _REACTIONS.get(each, 0.0) for each in signs)
