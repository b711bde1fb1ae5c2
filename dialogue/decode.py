"""Decides what a message does: one table of precedence, from top to bottom.

`FIRST` are certain and need no weighing. Then the kinds in `KINDS` compete: each has a score, the
reader's probability of that act and the classifier's of the intents that say so, and is tried in
the order of the scores down to that of asking, which is the rule. What a question asks for is
decided by `ASKED`. A row that the thread makes impossible decides nothing, and the next one is
tried.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import replace
from itertools import permutations
from typing import NamedTuple

from content.loader import Content
from dialogue import acts, asking, moves
from dialogue.acts import Act, Ask, FormMove, Refuse, Unclear
from dialogue.moves import OUTSIDE
from dialogue.thread import Thread
from dialogue.turn import CLEAR, LEAST, Row, Turn, candidates
from dialogue.understanding import FOREIGN, REFUSE, Understanding

ASK = "ask"
# Which of the reader's acts an intent speaks for; topics and gaps speak for asking.
_INTENTS: Mapping[str, str] = {
    **dict.fromkeys(("thanks", "praise", "acknowledge", "feedback_good"), "ack"),
    **dict.fromkeys(("help", "bot_challenge", "how_are_you"), "about_bot"),
    **dict.fromkeys(("choose", "affirm", "deny", "none_of_these"), "choose"),
    **dict.fromkeys(("correct", "feedback_bad"), "correct"),
    **{"greet": "greet", "goodbye": "bye", "human": "person"},
    **{"feeling": "feeling", "insult": "feeling", "shorter": "form", "confused": "form"},
    **{"more": "more", "why": "more", "repeat": "repeat", "source": "source"},
    **{"followup": ASK, "statement": ASK, OUTSIDE: "other"},
}
# What only the classifier knows.
_COMMANDS: Mapping[str, tuple[Act, ...]] = {
    "help": moves.HELP,
    "start_over": (acts.StartOver(),),
    "go_back": (acts.Back(),),
    "fit_form": (acts.Fit(),),
    "version": (acts.Version(),),
    "other_language": (acts.SmallTalk("other_language"),),
    "skip": (acts.SmallTalk("all_right"),),
    "cancel": (acts.SmallTalk("all_right"),),
    "feedback_good": (acts.Rate(True),),
}
# A message with a clear reading asks, whatever courtesy is in it too.
_SOCIAL = frozenset("tell ack greet bye about_bot feeling person other".split())
_ASK_SHARE = 0.5  # of the classifier's topics in the score of asking: they take in whatever is left
_PLACED = 0.3  # what a place that is named adds to the score of choosing
_COMMAND = 0.7  # confidence of an intent that only the classifier knows


class Decision(NamedTuple):
    """What a message does, which row decided it, and the scores of the kinds."""

    acts: tuple[Act, ...]
    by: str
    scores: Mapping[str, float]

    def line(self) -> str:
        """The decision on one line, for the log."""
        top = sorted(self.scores.items(), key=lambda each: -each[1])[:4]
        scores = " ".join(f"{name}={score:.2f}" for name, score in top)
        return f"{'; '.join(map(acts.to_line, self.acts))} by {self.by} ({scores})"


def decode(found: Understanding, thread: Thread, content: Content) -> Decision:
    """What is to be done about a message."""
    found = replace(found, reading=found.reading.known(content.statements))
    turn = Turn(found, thread, content, scores_of(found, content))
    for row, by in _rows(turn):
        decided = row.decide(turn)
        if decided:
            return Decision(decided, by, turn.scores)
    raise AssertionError("the last row always decides")


def scores_of(found: Understanding, content: Content) -> dict[str, float]:
    """How much speaks for each kind of act."""
    scores = {kind: found.reading.acts.get(kind, 0.0) for kind in (ASK, *KINDS)}
    for name, confidence in found.ranking:
        kind = _INTENTS.get(name, ASK if content.topic(name) else "")
        if kind:
            share = _ASK_SHARE if kind == ASK else 1.0
            scores[kind] += share * confidence * (1 - found.refused)
    scores["choose"] += _PLACED if found.places else 0.0
    is_outside = found.outcome == REFUSE and found.intent == OUTSIDE
    scores["other" if is_outside else ASK] += _ASK_SHARE * found.refused
    return scores


def _rows(turn: Turn) -> Iterator[tuple[Row, str]]:
    yield from ((row, row.name) for row in FIRST)
    is_clear = turn.asks_anew and turn.reading.strength >= CLEAR
    ahead = [
        kind
        for kind in sorted(KINDS, key=lambda kind: -turn.scores[kind])
        if turn.scores[kind] >= LEAST
        and turn.scores[kind] >= turn.scores[ASK]
        and not (is_clear and kind in _SOCIAL)
    ]
    yield from ((KINDS[kind], kind) for kind in ahead)
    yield from ((row, f"ask: {row.name}") for row in ASKED)


# What is certain.


def _unreadable(turn: Turn) -> tuple[Act, ...]:
    return (Unclear(reason=turn.found.reason),) if turn.found.reason else ()


def _foreign(turn: Turn) -> tuple[Act, ...]:
    return (acts.SmallTalk("other_language"),) if turn.found.outcome == FOREIGN else ()


def _pressed(turn: Turn) -> tuple[Act, ...]:
    found, content = turn.found, turn.content
    if found.options:
        return (FormMove(acts.CHOICE, found.options[0]),)
    if not found.is_pressed:
        return ()
    if found.intent in content.topics:
        named = next((role for role in found.roles if role in content.roles), None)
        return (Ask(found.intent, named if content.is_grid(found.intent) else None),)
    if found.intent in content.gaps:
        return (Refuse(found.intent),)
    moved = moves.in_form(turn)
    return moved or _named(turn)


def _command(turn: Turn) -> tuple[Act, ...]:
    """What only the classifier knows, where it is sure and the reader is not of something else."""
    found = turn.found
    confidence = found.confidence(found.intent) if found.ranking else 1.0
    least = asking.CERTAIN if turn.reading.strength >= CLEAR else _COMMAND
    if confidence < least or found.outcome == REFUSE:
        return ()
    return _named(turn) if found.intent in _COMMANDS else ()


def _named(turn: Turn) -> tuple[Act, ...]:
    """What an intent says by itself: of a button, or where nothing else is known."""
    found = turn.found
    answer = next(iter(found.answers), None)
    if found.intent in ("feedback_good", "feedback_bad"):
        return (acts.Rate(found.intent == "feedback_good", answer),)
    if found.intent in _COMMANDS:
        return _COMMANDS[found.intent]
    kind = _INTENTS.get(found.intent)
    return KINDS[kind].decide(turn) if kind in KINDS else ()


# What is asked.


def _joined(turn: Turn) -> tuple[Act, ...]:
    decided: list[Act] = []
    told: list[set[str]] = []
    for part in turn.found.parts:
        reading = part.reading.known(turn.content.statements)
        is_gap = part.intent in turn.content.gaps
        found = replace(part, reading=reading, wanted=turn.found.wanted)
        found = replace(found, outcome=REFUSE, refused=asking.TOPIC) if is_gap else found
        alone = replace(turn, found=found)
        asked = next(filter(None, (row.decide(alone) for row in ASKED[1:])), ())
        decided += [each for each in asked if each not in decided]
        told.append({one for each in asked for one in turn.answered_by(each)})
    # What one part gets is in another one's answer too: it was one question after all.
    is_one = any(a and a <= b for a, b in permutations(told, 2))
    return tuple(decided) if len(decided) > 1 and not is_one else ()


def _unclear(turn: Turn) -> tuple[Act, ...]:
    return (Unclear(candidates(turn)),)


FIRST: tuple[Row, ...] = (
    Row("unreadable", _unreadable, "no words, or too many: there is nothing to weigh"),
    Row("foreign", _foreign, "another language is told by its words, not by their meaning"),
    Row("pressed", _pressed, "a button says exactly what is meant"),
    Row("guided form", moves.in_form, "places, yes, no, skip speak to the question that is open"),
    Row("command", _command, "the reader knows no such act, so the classifier alone is asked"),
)
KINDS: dict[str, Row] = {
    "correct": Row("correct", moves.correct, "who was misunderstood wants no more of the same"),
    "choose": Row(
        "choose", moves.choose, "of what was listed, else offered; without that a question"
    ),
    "source": Row("source", moves.source, "of what it names, else of the last answer"),
    "form": Row("form", moves.form, "of a new question in it, else of the last answer"),
    "repeat": Row("repeat", moves.repeat, "asked for, so nothing is new"),
    "more": Row("more", moves.more, "of what it names first, then of the last answer"),
    "person": Row("person", moves.small_talk("person"), "no human is here, so say that"),
    "feeling": Row("feeling", moves.feeling, "a kind word before facts"),
    "about_bot": Row(
        "about_bot", moves.small_talk("about_bot"), "the classifier knows the finer kind"
    ),
    "bye": Row("bye", moves.small_talk("bye"), "ends a visit, not its thread"),
    "greet": Row("greet", moves.small_talk("greet"), "differs by what was said in this visit"),
    "tell": Row("tell", moves.tell, "noted; with what concerns it, if the reader finds that"),
    "ack": Row("ack", moves.small_talk("ack"), "moves nothing on"),
    "other": Row("other", moves.other, "neither reader nor classifier finds the subject in it"),
}
ASKED: tuple[Row, ...] = (
    Row("joined", _joined, "several questions are answered as each would be alone"),
    Row("gap", asking.gap, "a known gap has words of its own; the surer of the two decides"),
    Row("broad", asking.broad, "a topic's order of telling beats the reader's for a wide question"),
    Row("role", asking.role_meant, "of a topic, no part is meant of any other role than named"),
    Row("settled", asking.settled, "what statements settle is the point of all this"),
    Row("other role", asking.other_role, "'and the others?' has nothing to read by itself"),
    Row("topic", asking.topic, "a sure topic, unless the reader is sure that nothing settles it"),
    Row("not stated", asking.not_stated, "near and open: say so, and what comes nearest"),
    Row("refused", asking.refused, "nothing near: the gap's answer, or that it is another subject"),
    Row("likely topic", asking.likely_topic, "better an answer that may fit than a question back"),
    Row("unclear", _unclear, "nothing else is left: ask what was meant"),
)
