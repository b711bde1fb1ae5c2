"""Short questions that ask back on the last answer: "to do what?", "predicting what?"."""

from __future__ import annotations

import re

from actions.reactions import echoes
from actions.telling import say_on
from actions.turn import Reply, Turn
from actions.wording import stem, stems, words_of

_PURPOSE = re.compile(r"\bto [a-z]+\b|\bso that\b")
_ENDS = frozenset("end ends purpose aim goal for".split())


def answer_on_echo(turn: Turn) -> Reply | None:
    """The part of the last answer that a message asks back on; None for any other message."""
    last = turn.last_answer
    if last is None or turn.roles or not echoes(turn.words):
        return None
    reply = turn.content.reply(*last)
    named = {stem(word) for word in turn.words if word.endswith("ing")}
    has_named = (text for text in (reply.answer, reply.more) if named & set(stems(words_of(text))))
    text = next(has_named, None)
    if text is None and _ENDS & set(turn.words) and not _PURPOSE.search(reply.answer):
        text = reply.why
    return say_on(turn, last, str(text or reply.answer))
