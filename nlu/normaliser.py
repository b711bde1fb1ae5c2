"""Brings a message into the form that the featurizers see.

Spelling is repaired, roles have one name, and what the speaker takes back is left out.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import NamedTuple

from nlu.clauses import last_question, questions, without_courtesies
from nlu.repairs import taken_back
from nlu.roles import Mention, Roles, RoleSpotter
from nlu.spelling import SpellingRepair
from nlu.text import Token, clean, tokenize


class Part(NamedTuple):
    """One of several questions in a message: its normalised text and the roles it asks about."""

    text: str
    roles: tuple[str, ...]


class Normalised(NamedTuple):
    """A message as the classifier should see it.

    Attributes:
        text: spelling repaired, each role under its shortest name, without opening courtesies.
        words: how many words the message has.
        unknown: share of words that no dictionary has, nor anything near them.
        roles: the roles found, with offsets into the cleaned message.
        parts: the questions that the message joins, if there are several.
        question: the last question, where the message is one question and something besides.
        typed: the whole message, only with its spelling repaired and each role's short name.
    """

    text: str
    words: int
    unknown: float
    roles: Roles
    parts: tuple[Part, ...] = ()
    question: str = ""
    typed: str = ""


class Normaliser:
    """Applies spelling repair and role spotting.

    Args:
        repair: knows the words of the training data and of English.
        aliases: for each role's id the names people use.
    """

    def __init__(self, repair: SpellingRepair, aliases: Mapping[str, Sequence[str]]) -> None:
        self._repair = repair
        self._spotter = RoleSpotter(aliases)
        self._short = {
            role: min(names, key=lambda name: (name.count(" "), len(name)))
            for role, names in aliases.items()
        }

    def normalise(self, message: str) -> Normalised:
        """Normalises one message."""
        text = clean(message)
        tokens = tokenize(text)
        repaired = [token._replace(text=self._repair.repair_word(token.text)) for token in tokens]
        plain = [token.text for token in repaired if token.is_word]
        unknown = sum(not self._repair.knows(word) for word in plain)
        roles = self._spotter.spot(repaired)
        left_out = _left_out(repaired, roles.mentions)
        if left_out:
            roles = self._spotter.spot([t for i, t in enumerate(repaired) if i not in left_out])
        rewritten = without_courtesies(
            _rewrite(text, repaired, roles.mentions, self._short, left_out)
        )
        parts = self._parts(rewritten)
        return Normalised(
            rewritten,
            len(plain),
            unknown / len(plain) if plain else 0.0,
            roles,
            parts,
            "" if parts else last_question(rewritten),
            _rewrite(text, repaired, self._long(text, roles.mentions), self._short, range(0)),
        )

    def _long(self, text: str, mentions: Sequence[Mention]) -> list[Mention]:
        """Mentions by another name than the short one."""
        return [
            each
            for each in mentions
            if text[each.start : each.end].lower() != self._short.get(each.value)
        ]

    def _parts(self, text: str) -> tuple[Part, ...]:
        found = questions(text)
        # "Who works with the one, and who with the other?" is one question, on both.
        if len(found) < 2 or any(self._spotter.only_names(tokenize(each)) for each in found):
            return ()
        return tuple(Part(each, self._spotter.spot(tokenize(each)).asked) for each in found)


def _left_out(tokens: Sequence[Token], mentions: Sequence[Mention]) -> range:
    """Indices of the tokens that the speaker takes back."""
    starts = {token.start: index for index, token in enumerate(tokens)}
    ends = {token.end: index + 1 for index, token in enumerate(tokens)}
    names = [(starts[mention.start], ends[mention.end]) for mention in mentions]
    return range(*(taken_back([token.text.lower() for token in tokens], names) or (0, 0)))


def _rewrite(
    text: str,
    tokens: Sequence[Token],
    mentions: Sequence[Mention],
    short: Mapping[str, str],
    left_out: range,
) -> str:
    """The text with repaired words in place and each role's mention replaced by its short name."""
    names: dict[int, str | None] = dict.fromkeys(left_out)
    for mention in mentions:
        if mention.value in short:
            inside = [i for i, t in enumerate(tokens) if mention.start <= t.start < mention.end]
            names.update(dict.fromkeys(inside, None))
            names[inside[0]] = short[mention.value]
    pieces: list[tuple[int, int, str]] = [
        (token.start, token.end, names.get(i, token.text) or "") for i, token in enumerate(tokens)
    ]
    result, last = [], 0
    for start, end, piece in pieces:
        result += [text[last:start], piece]
        last = end
    return " ".join("".join([*result, text[last:]]).split())
