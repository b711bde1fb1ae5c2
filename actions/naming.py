"""Which subject a message on an answer names: "the source for the skills", "no, the tools"."""

from __future__ import annotations

from collections.abc import Sequence

from actions.options import place
from actions.subjects import resolve_subject
from actions.tables import table_of
from actions.thread import Subject
from actions.turn import Turn
from actions.wording import has_phrase, stems

# What the likeliest topic must have of all topics' probability to count as named, though the
# message as a whole reads as something else.
_NAMED_SHARE = 0.5
# And of the probability of all intents, so that a bare "says who?" names none.
_NAMED_AT_LEAST = 0.1


def named_subject(turn: Turn) -> Subject | None:
    """The subject that a message names by its title, or makes clear without it."""
    topic = _titled(turn) or _likely(turn)
    if topic is None:
        return None
    return resolve_subject(turn.content, turn.thread, topic, turn.roles, turn.words)


def drilled(turn: Turn) -> Subject | None:
    """The row, or the role, that "the second one" means after a comparison."""
    last = turn.thread.subject
    index = place(" ".join(turn.words))
    table = table_of(turn.content, last) if last else None
    if last is None or table is None or index is None:
        return None
    roles = list(turn.content.roles)
    subjects = [Subject(name) for name in table.aspects]
    if len(subjects) == 1:
        subjects = [Subject(last.topic, role) for role in roles]
    return subjects[index] if index < len(subjects) else None


def _titled(turn: Turn) -> str | None:
    """The topic whose title stands in the message; of several, the longest title."""
    heard = stems(turn.words)
    topics: Sequence[str] = [*turn.content.aspects, *turn.content.entries]
    titles = {name: str(getattr(turn.content.topic(name), "title", "")) for name in topics}
    found = [name for name in topics if has_phrase(heard, titles[name])]
    return max(found, key=lambda name: len(titles[name]), default=None)


def _likely(turn: Turn) -> str | None:
    topics = [item for item in turn.ranking if turn.content.topic(item["name"])]
    total = sum(item["confidence"] for item in topics)
    if not topics or topics[0]["confidence"] < max(_NAMED_SHARE * total, _NAMED_AT_LEAST):
        return None
    return str(topics[0]["name"])
