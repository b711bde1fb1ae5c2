"""Finds the roles a question names, and tells those asked about from those merely mentioned."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from nlu.text import QUESTION_WORDS, WH_WORDS, Token

BOTH, OTHER, FORMER, LATTER = "both", "other", "former", "latter"

_Span = tuple[int, int, str]  # first token, token behind the last, value

_CLAUSE_END = frozenset(",.;:?!()\u2013\u2014")
_SENTENCE_END = frozenset(".!?;")
_AROUND_A_NAME = _CLAUSE_END | frozenset(
    "for of about with the a an only just please pls and one ones engineer engineers engineering "
    "role job side i mean meant".split()
)
_CLAUSE_WORDS = frozenset("but so now because while whereas though although".split())
_ASKING = QUESTION_WORDS | frozenset("define need want".split())
# What stands before a role that is only the speaker's or the comparison's starting point.
_CONTEXT_WORDS = frozenset(
    "already know knew from unlike besides beside apart beyond not as am i'm im i've than "
    "instead done finished became understood understand heard read without forget forgetting "
    "leave leaving skip skipping except aside isn't aren't".split()
)
_COMPARISON_WORDS = frozenset(
    "vs versus differ differs different difference differences differently compare compared "
    "comparison between both each either neither opposed separately share contrast same".split()
)
# "From the one to the other": the role behind one of these is where the speaker wants to get.
_TARGET_WORDS = frozenset("to into towards toward become becoming".split())
# "What else is in it besides the one?", "their tools, like you did for the other".
_OTHER_THAN = re.compile(
    r"\b(?:(?:like|as) (?:you )?(?:did|gave|had) for"
    r"|besides|beyond|except|(?:apart|aside) from|other than|rather than|instead of"
    r"|(?:that|which|who|what) (?:is not|isn't))"
    r"(?: an?| the)?$"
)
_BEFORE = 5  # words
_REFERENCES: Mapping[str, Sequence[str]] = {
    BOTH: (
        "both",
        "the two",
        "each of them",
        "they each",
        "each role",
        "either role",
        "each of the two",
    ),
    OTHER: ("other one", "other role", "other job", "other guy", "other engineer", "the other"),
    FORMER: ("the former", "first lot", "first group", "first bunch", "first kind"),
    LATTER: ("the latter", "second lot", "second group", "second bunch", "second kind"),
}


class Mention(NamedTuple):
    """A role's name in a text: its value and the characters it spans."""

    value: str
    start: int
    end: int

    @property
    def is_reference(self) -> bool:
        """Whether it points to a role by its place in the conversation instead of naming it."""
        return self.value in _REFERENCES


@dataclass(frozen=True)
class Roles:
    """What a text says about roles.

    Attributes:
        mentions: every role or reference found, in order of appearance.
        asked: the roles the question is about, each once; references stay as they are
            ("other", "former", "latter") for the conversation to resolve.
    """

    mentions: tuple[Mention, ...]
    asked: tuple[str, ...]


class RoleSpotter:
    """Spots roles by their aliases.

    Args:
        aliases: for each role's id the names people use, in lower case, words parted by a space.
    """

    def __init__(self, aliases: Mapping[str, Sequence[str]]) -> None:
        self._ids = tuple(aliases)
        named = [*aliases.items(), *_REFERENCES.items()]
        phrases = [(tuple(name.split()), value) for value, names in named for name in names]
        self._phrases: dict[str, list[tuple[tuple[str, ...], str]]] = {}
        for phrase, value in sorted(phrases, key=lambda item: -len(item[0])):
            self._phrases.setdefault(phrase[0], []).append((phrase, value))

    def spot(self, tokens: Sequence[Token]) -> Roles:
        """Finds the roles in a text whose words' spelling has been repaired."""
        plain = [token.text.lower() for token in tokens]
        found = self._find(plain)
        mentions = tuple(
            Mention(value, tokens[first].start, tokens[last - 1].end)
            for first, last, value in found
        )
        others = self._others(plain, found)
        return Roles(mentions, others or self._asked(plain, found))

    def only_names(self, tokens: Sequence[Token]) -> bool:
        """Whether some tokens do no more than ask after a role: "and who for the other one?"."""
        plain = [token.text.lower() for token in tokens if token.text.lower() not in WH_WORDS]
        return _is_bare(plain, self._find(plain), 0, len(plain))

    def _find(self, plain: Sequence[str]) -> list[_Span]:
        found: list[_Span] = []
        index = 0
        while index < len(plain):
            length, value = self._match(plain, index)
            if length:
                found.append((index, index + length, value))
            index += length or 1
        return found

    def _match(self, plain: Sequence[str], index: int) -> tuple[int, str]:
        for phrase, value in self._phrases.get(_singular(plain[index]), ()):
            length = _length(phrase, plain, index)
            if length:
                return length, value
        return 0, ""

    def _others(self, plain: Sequence[str], found: Sequence[_Span]) -> tuple[str, ...]:
        """The roles that are left where the only name is said to be left out, or to be a model."""
        if len(found) != 1 or found[0][2] not in self._ids:
            return ()
        first, _, value = found[0]
        before = " ".join(plain[max(0, first - _BEFORE) : first])
        is_left_out = _OTHER_THAN.search(before)
        return tuple(name for name in self._ids if is_left_out and name != value)

    def _asked(self, plain: Sequence[str], found: Sequence[_Span]) -> tuple[str, ...]:
        values = _unique(value for _, _, value in found)
        if BOTH in values:
            return self._ids
        if len(values) < 2 or _COMPARISON_WORDS & set(plain):
            return values
        bare = _named_last(plain, found)
        if bare is not None:
            return (bare,)
        targets = _unique(item[2] for item in found if _is_target(plain, item))
        if len(targets) == 1:
            return targets
        foreground = [item for item in found if not _is_context(plain, found, item)]
        asked = _unique(item[2] for item in foreground) or values
        if len(asked) < 2:
            return asked
        clauses = _clauses(plain)
        questions = [clause for clause in clauses if _ASKING & set(plain[slice(*clause)])]
        names = [clause for clause in clauses if _is_bare(plain, found, *clause)]
        return (_within(foreground, questions) and _within(foreground, questions + names)) or asked


def _length(phrase: Sequence[str], plain: Sequence[str], index: int) -> int:
    """How many tokens from a place on are a phrase, its words joined by spaces or hyphens; or 0."""
    place = index
    for word in phrase:
        if place > index and plain[place : place + 1] == ["-"]:
            place += 1
        if place == len(plain) or _singular(plain[place]) != word:
            return 0
        place += 1
    return place - index


def _singular(token: str) -> str:
    if token.endswith("'s"):
        token = token[:-2]
    return (
        token[:-1] if len(token) > 2 and token.endswith("s") and not token.endswith("ss") else token
    )


def _unique(values: Iterable[str]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(values))


def _within(found: Sequence[_Span], clauses: Sequence[tuple[int, int]]) -> tuple[str, ...]:
    return _unique(
        value for first, _, value in found if any(start <= first < end for start, end in clauses)
    )


def _named_last(plain: Sequence[str], found: Sequence[_Span]) -> str | None:
    """The role that a last sentence names by itself: "That was the one. For this, please"."""
    first, _, value = found[-1]
    before = plain[:first]
    ends = [index for index, token in enumerate(before) if token in _SENTENCE_END]
    start = ends[-1] + 1 if ends else 0
    if start and before[start - 1] == "?":  # it asks once more, of this one too
        return None
    return value if start and _is_bare(plain, found, start, len(plain)) else None


def _is_bare(plain: Sequence[str], found: Sequence[_Span], start: int, end: int) -> bool:
    """Whether some tokens do no more than name a role: "and the other ones?"."""
    names = [range(first, last) for first, last, _ in found if start <= first < end]
    around = {plain[i] for i in range(start, end) if not any(i in name for name in names)}
    return len(names) == 1 and around <= _AROUND_A_NAME


def _is_target(plain: Sequence[str], item: _Span) -> bool:
    before = plain[max(0, item[0] - 3) : item[0]]
    return bool(_TARGET_WORDS & set(before)) and not _CLAUSE_END & set(before)


def _is_context(plain: Sequence[str], found: Sequence[_Span], item: _Span) -> bool:
    first = item[0]
    start = max([end for _, end, _ in found if end <= first] + [first - 4, 0])
    before = plain[start:first]
    for index in range(len(before) - 1, -1, -1):
        if before[index] in _CLAUSE_END or before[index] in _CLAUSE_WORDS:
            return False
        if before[index] in _CONTEXT_WORDS:
            return True
    return False


def _clauses(plain: Sequence[str]) -> list[tuple[int, int]]:
    clauses, start = [], 0
    for index, token in enumerate(plain):
        if token in _CLAUSE_END or token in _CLAUSE_WORDS:
            clauses.append((start, index))
            start = index + 1
    clauses.append((start, len(plain)))
    return clauses
