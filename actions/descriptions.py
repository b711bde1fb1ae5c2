"""Roles that a message describes instead of naming them: "the bigger one", "the car people"."""

from __future__ import annotations

from collections.abc import Sequence

from actions.wording import stem, stems, words_of
from content.loader import Content

_HEADS = frozenset(
    "one ones job jobs role roles side guy guys person people folks lot engineer engineers".split()
)
_DETERMINERS = frozenset("the this that these those your his her their".split())
_LINKS = frozenset("with about for of doing".split())
_LONGEST = 3  # words of a description


def described_role(content: Content, words: Sequence[str]) -> tuple[list[str], str | None]:
    """The words with a description replaced by the role's short name, and the role.

    A description is what stands between a determiner and "one", "job" or the like, or follows
    "the one with": a word by which people tell the role, or the name of a term that belongs to it.
    The words stay as they are, and the role is None, if there is no description of one role.
    """
    for index, word in enumerate(words):
        if word not in _HEADS:
            continue
        for start, end, phrase in _descriptions(words, index):
            role = _role_of(content, phrase)
            if role is not None:
                short = content.roles[role].short.lower()
                return [*words[:start], short, *words[end:]], role
    return list(words), None


def _descriptions(words: Sequence[str], head: int) -> list[tuple[int, int, tuple[str, ...]]]:
    """Spans that would be replaced, with the describing words: before the head, or behind it."""
    found = []
    for length in range(1, _LONGEST + 1):
        start = head - length
        if start > 0 and words[start - 1] in _DETERMINERS:
            found.append((start, head, tuple(words[start:head])))
        end = head + 2 + length
        if words[head + 1 : head + 2] and words[head + 1] in _LINKS and end <= len(words):
            behind = words[head + 2 : end]
            found.append((head, end, tuple(w for w in behind if w not in _DETERMINERS)))
    return found


def _role_of(content: Content, phrase: Sequence[str]) -> str | None:
    wanted = stems(phrase)
    if not wanted:
        return None
    for role in content.roles.values():
        if len(wanted) == 1 and wanted[0] in {stem(each) for each in role.described}:
            return str(role.id)
    roles = {
        term.role
        for term in content.terms.values()
        if any(stems(words_of(name)) == wanted for name in term.names)
    }
    return roles.pop() if len(roles) == 1 else None
