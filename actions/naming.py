"""Which subject a message on an answer names: "the source for the skills", "no, the tools"."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import pairwise

from actions.evidence import EVIDENCE
from actions.figures import percentages
from actions.options import place
from actions.questions import asks_openly, is_yes_no
from actions.subjects import follow_up_subject, resolve_subject
from actions.tables import table_of
from actions.thread import Subject
from actions.turn import Turn
from actions.wording import has_phrase, phrase_end, stem, stems, words_of
from content.schema import Entry

# What the likeliest topic must have of all topics' probability to count as named, though the
# message as a whole reads as something else.
_NAMED_SHARE = 0.5
# And of the probability of all intents, so that a bare "says who?" names none.
_NAMED_AT_LEAST = 0.1
# Words that may stand around a role or a title without adding anything to it.
_BARE = frozenset(
    "both and or the a an one ones what about how for of on in to now ok okay so then just "
    "only please side sides people folks guys lot role roles job jobs engineer engineers "
    "engineering version part half two other their its it with also same again ah oh say says said "
    "itself themselves".split()
)
SOURCE_STEMS = EVIDENCE | {stem("article")}
_TURN_WORDS = frozenset("answer reply question thing topic subject".split())
ASIDE = frozenset(
    map(stem, "not forget without except never skip leave instead scrap drop".split())
)
_FIGURE_WORDS = 16
_ROWS = frozenset("difference point aspect row".split())
_ROW_WORDS, _PLACE_WORDS = 8, 5  # at most
# How many subjects back a comparison may lie that "the second one" speaks of.
_TABLES_BACK = 4


def is_bare_role(turn: Turn) -> bool:
    """Whether a message does no more than name a role: "the first one", "and the others?"."""
    return bool(turn.roles and turn.words) and not set(turn.words) - _BARE - set(turn.role_names)


def bare_topic(turn: Turn) -> str | None:
    """The topic whose title a message does no more than name: "what about tools", "and skills?"."""
    topic = None if is_yes_no(turn.words) else titled_topic(turn)
    title = getattr(turn.content.topic(topic), "title", "") if topic else ""
    bare = [*words_of(title), *_BARE, *turn.role_names]
    rest = set(stems(turn.words)) - set(stems(bare))
    return None if rest else topic


def named_subject(turn: Turn, at_least: float = _NAMED_AT_LEAST) -> Subject | None:
    """The subject that a message names by its title, or makes clear without it.

    Args:
        turn: the message.
        at_least: probability that what is not named by its title must have.
    """
    topic = titled_topic(turn) or _of_figure(turn) or _likely(turn, at_least)
    if topic is None:
        return None
    return resolve_subject(turn.content, turn.thread, topic, turn.roles, turn.words)


def last_of_role(turn: Turn) -> Subject | None:
    """The last subject, of the role that the message names; None where it names no role."""
    last = turn.thread.subject
    if last is None or not turn.roles:
        return None
    if last.topic in turn.content.gaps:
        return last
    return follow_up_subject(turn.content, turn.thread, turn.roles)


def sourced_subject(turn: Turn) -> Subject | None:
    """The subject whose source a message asks for by its title or figure.

    Words for "source" name none, though a topic on the sources may have them for a title.
    """
    rest = [word for word in turn.words if stem(word) not in SOURCE_STEMS]
    topic = titled_topic(replace(turn, words=rest)) or _of_figure(turn)
    if topic is None:
        return None
    return resolve_subject(turn.content, turn.thread, topic, turn.roles, turn.words)


def drilled(turn: Turn) -> Subject | None:
    """The row, or the role, that "the second one" means after a comparison.

    Of the comparisons told last, the nearest that has so many rows or roles.
    """
    index = place(" ".join(turn.words))
    names_rows = _names_rows(turn)
    for key in reversed(turn.thread.trail[-_TABLES_BACK:]):
        subjects = _inside(turn, Subject.from_key(key))
        is_meant = not names_rows or len({each.topic for each in subjects}) > 1
        if index is not None and subjects and is_meant and index < len(subjects):
            return subjects[index]
    return None


def drilled_further(turn: Turn) -> Subject | None:
    """The row that a message means by its place among rows: "the third difference", "the third?".

    The latter only after another row of the same comparison.
    """
    subject, last = drilled(turn), turn.thread.subject
    if subject is None or last is None:
        return None
    if _names_rows(turn):
        return subject
    if len(turn.words) > _PLACE_WORDS or is_yes_no(turn.words):
        return None
    told = (Subject.from_key(key) for key in turn.thread.trail[-_TABLES_BACK:-1])
    rows = (_inside(turn, each) for each in told)
    topics = ({row.topic for row in each} for each in rows)
    return subject if any(len(each) > 1 and last.topic in each for each in topics) else None


def _names_rows(turn: Turn) -> bool:
    """Whether a message says that it means a row: "the second difference"."""
    return bool(_ROWS & set(turn.words)) and len(turn.words) <= _ROW_WORDS


def opening_subject(turn: Turn) -> Subject | None:
    """The subject that the conversation began with, if a message means it: "the first answer"."""
    is_named = any(a == "first" and b in _TURN_WORDS for a, b in pairwise(turn.words))
    return Subject.from_key(turn.thread.trail[0]) if is_named and turn.thread.trail else None


def _inside(turn: Turn, subject: Subject) -> list[Subject]:
    """What a comparison consists of: its rows, or the roles if it has only one."""
    table = table_of(turn.content, subject)
    if table is None:
        return []
    if len(table.aspects) > 1:
        return [Subject(name) for name in table.aspects]
    return [Subject(subject.topic, role) for role in turn.content.roles]


def titled_topic(turn: Turn) -> str | None:
    """The topic whose title stands in the message; of several, the longest title."""
    heard = stems(turn.words)
    topics: Sequence[str] = [*turn.content.aspects, *turn.content.entries]
    titles = {name: str(getattr(turn.content.topic(name), "title", "")) for name in topics}
    found = [name for name in topics if _names(turn.words, heard, titles[name])]
    wanted = [name for name in found if not _is_put_aside(heard, titles[name])]
    return max(wanted or found, key=lambda name: len(titles[name]), default=None)


def is_asked_with(entry: Entry, words: Sequence[str]) -> bool:
    """Whether a message has one of the words that questions on an entry have.

    Also where the entry names no such words, or the message has none at all, as that of a button.
    """
    heard = stems(words)
    is_open = not entry.asked_with or not words
    return is_open or any(has_phrase(heard, each) for each in entry.asked_with)


def _names(words: Sequence[str], heard: Sequence[str], title: str) -> bool:
    """Whether a message has a title; a verb's form is no title: "train" is not "Training"."""
    is_form = title.endswith("ing") and " " not in title and title.lower() not in words
    return has_phrase(heard, title) and not is_form


def _is_put_aside(heard: Sequence[str], title: str) -> bool:
    """Whether a title stands behind a "not" or a "forget": "the tools, not the skills"."""
    end = phrase_end(heard, title)
    start = end - len(stems(words_of(title)))
    return bool(ASIDE & set(heard[max(0, start - 2) : start]))


def figure_asked_about(turn: Turn, topic: str) -> str | None:
    """The entry whose figure a question is about: "the 35 %, what is that?".

    None for a claim, or a question on a topic that is near that entry.
    """
    name = _of_figure(turn) if asks_openly(turn.words) else None
    near = turn.content.topic(topic)
    if name is None or len(turn.words) > _FIGURE_WORDS or (near and name in near.related):
        return None
    return name


def _of_figure(turn: Turn) -> str | None:
    """The entry that knows a percentage in the message."""
    named = percentages(turn.text)
    for name, entry in turn.content.entries.items():
        if any(named & set(each.percentages) for each in entry.corrections):
            return name
    return None


def _likely(turn: Turn, at_least: float) -> str | None:
    topics = [item for item in turn.own_ranking if turn.content.topic(item["name"])]
    total = sum(item["confidence"] for item in topics)
    if not topics or topics[0]["confidence"] < max(_NAMED_SHARE * total, at_least):
        return None
    return str(topics[0]["name"])
