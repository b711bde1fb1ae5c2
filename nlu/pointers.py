"""Small words of number and place: "the second one", "in three bullets".

A closed class of function words, listed in `lexicon.yml`. What a message is about, and whether it
asks for a form or a choice at all, is for the models to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import yaml
from rapidfuzz import fuzz, process, utils

from nlu.text import tokenize

ALL = "all"
Place = int | str

_LEXICON = Path(__file__).with_name("lexicon.yml")
_NUMBER = "#"
_NEAR = 2  # words within which a number stands before what it counts
_BARE = 2  # words of a message for each number of it, where numbers alone are places
_FEW = (2, 10)  # parts of a list that a number alone counts
_CLAUSE_END = re.compile(r"[.,;:?!]+(?:\s+|$)")
_PLURAL = 3  # letters beyond which a word may be a plural
_TITLE_LETTERS = 4  # of a word that tells one title from another
_TITLE_WORDS = 6  # of a message that may be a title
_ALIKE = 80  # of 100, from which it is
_DIGITS = 3  # of a figure that counts something, at most: no year does


class Counted(NamedTuple):
    """How long an answer is to be; None where nothing is said of it.

    Attributes:
        points: points, sentences or lines.
        words: in all, or of each point.
    """

    points: int | None = None
    words: int | None = None


@dataclass(frozen=True)
class Lexicon:
    """The words of `lexicon.yml`, in the singular."""

    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    counters: frozenset[str]
    all: frozenset[str]
    units: Mapping[str, str]

    @classmethod
    def read(cls, path: Path = _LEXICON) -> Lexicon:
        """The lexicon of a file."""
        found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(
            numbers=found["numbers"],
            ordinals={str(word): place for word, place in found["ordinals"].items()},
            counters=frozenset(found["counters"]),
            all=frozenset(found["all"]),
            units={word: kind for kind, words in found["units"].items() for word in words},
        )

    def number(self, word: str) -> int | None:
        """The number that a word or a figure stands for."""
        if word.isdecimal():
            return int(word) if len(word) <= _DIGITS else None
        return self.numbers.get(word)


@lru_cache(maxsize=1)
def lexicon() -> Lexicon:
    """The lexicon beside this module."""
    return Lexicon.read()


def counted(text: str) -> Counted:
    """What a text says of the length of an answer: "in three bullets of five words".

    "One sentence each" counts no sentences in all.
    """
    words = _words(text)
    found: dict[str, int] = {}
    for index, word in enumerate(words):
        kind = lexicon().units.get(word)
        if kind == "points" and lexicon().all.intersection(words[index + 1 : index + 2]):
            continue
        before = reversed(words[max(0, index - _NEAR) : index])
        number = next(filter(None, map(lexicon().number, before)), None)
        if kind and number:
            found.setdefault(kind, number)
    return Counted(**found)


def left_over(text: str) -> int | None:
    """How many parts of a list are wanted, where nothing is counted: "the first three", "4 max".

    What else stands behind a number, or before it, may be what it counts.
    """
    known = lexicon()
    for clause in map(_words, _CLAUSE_END.split(text)):
        for place, number in enumerate(map(known.number, clause)):
            is_alone = place == 0 and len(clause) <= _NEAR
            is_share = place > 0 and (clause[place - 1] in known.all | {*known.ordinals})
            if number and _FEW[0] <= number <= _FEW[1] and (is_alone or is_share):
                return number
    return None


def places(text: str) -> list[Place]:
    """The places that a text points to, from 0 on, -1 for the last, "all" for all, in its order."""
    words = _words(text)
    pointed = list(dict.fromkeys(_pointed(words)))
    numbers: list[Place] = [number - 1 for number in map(lexicon().number, words) if number]
    is_bare = len(words) <= _BARE * len(numbers)
    is_place = is_bare and not pointed and not any(counted(text))
    return list(dict.fromkeys(numbers)) if is_place else pointed


def _pointed(words: Sequence[str]) -> Iterator[Place]:
    known = lexicon()
    for index, word in enumerate(words):
        if word in known.ordinals:
            place = known.ordinals[word]
            yield place - 1 if place > 0 else place
        elif word in known.all:
            yield ALL
        elif index and words[index - 1] in known.counters:
            number = known.number(word)
            if number:
                yield number - 1


def _words(text: str) -> list[str]:
    """Words and "#" of a text in small letters and in the singular."""
    tokens = (token.text.lower() for token in tokenize(text))
    return [_singular(token) for token in tokens if token[0].isalnum() or token == _NUMBER]


def _singular(word: str) -> str:
    is_plural = len(word) > _PLURAL and word.endswith("s") and not word.endswith("ss")
    return word[:-1] if is_plural else word


def titled(text: str, titles: Sequence[str]) -> list[int]:
    """The place of the title that a short message is, or is some words of; empty for none.

    Whole words count, in any order, with slips of the pen: "robots" is "Robots and vehicles".
    """
    words = [word for word in utils.default_process(text).split() if len(word) >= _TITLE_LETTERS]
    if not titles or not words or len(text.split()) > _TITLE_WORDS:
        return []
    best = process.extractOne(
        " ".join(words), titles, scorer=fuzz.token_set_ratio, processor=utils.default_process
    )
    return [titles.index(best[0])] if best is not None and best[1] >= _ALIKE else []
