"""Small words of number, place and form: "the second one", "in three bullets", "shorter".

A closed class of function words, listed in `lexicon.yml`. What a message is about, and whether it
asks for a form or a choice at all, is for the models to say.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml
from rapidfuzz import fuzz, process, utils

from nlu.text import tokenize

ALL = "all"
Place = int | str

_LEXICON = Path(__file__).with_name("lexicon.yml")
_NUMBER = "#"
_NEAR = 2  # words between a form and the number that belongs to it
_BARE = 2  # words of a message in which a number alone is a place
_PLURAL = 3  # letters beyond which a word may be a plural
_TITLE_LETTERS = 4  # of a word that tells one title from another
_TITLE_WORDS = 6  # of a message that may be a title
_ALIKE = 80  # of 100, from which it is
_DIGITS = 3  # of a figure that counts something, at most: no year does


@dataclass(frozen=True)
class Wanted:
    """The form that an answer is wanted in; None where none is named.

    Attributes:
        form: bullets, numbered, table, sentence, words, simpler, names, longer or shorter.
        count: how many of them.
    """

    form: str | None = None
    count: int | None = None


@dataclass(frozen=True)
class Lexicon:
    """The words of `lexicon.yml`, each phrase as a tuple of its words in the singular."""

    numbers: Mapping[str, int]
    ordinals: Mapping[str, int]
    counters: frozenset[str]
    all: frozenset[str]
    negations: frozenset[str]
    forms: Mapping[str, Sequence[tuple[str, ...]]]

    @classmethod
    def read(cls, path: Path = _LEXICON) -> Lexicon:
        """The lexicon of a file."""
        found: dict[str, Any] = yaml.safe_load(path.read_text(encoding="utf-8"))
        return cls(
            numbers=found["numbers"],
            ordinals={str(word): place for word, place in found["ordinals"].items()},
            counters=frozenset(found["counters"]),
            all=frozenset(found["all"]),
            negations=frozenset(found["negations"]),
            forms={
                form: [tuple(map(_singular, phrase.split())) for phrase in phrases]
                for form, phrases in found["forms"].items()
            },
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


def wanted(text: str) -> Wanted:
    """The form that a text names, whose spelling has been repaired."""
    words = _words(text)
    for form, phrases in lexicon().forms.items():
        for start, end in _found(words, phrases):
            if not lexicon().negations & set(words[max(0, start - _NEAR) : start]):
                return Wanted(form, _count(words, start, end))
    return Wanted()


def places(text: str) -> list[Place]:
    """The places that a text points to, from 0 on, -1 for the last, "all" for all, in its order."""
    words = _words(text)
    pointed = list(dict.fromkeys(_pointed(words)))
    if pointed or len(words) > _BARE or wanted(text).form is not None:
        return pointed
    return [number - 1 for number in map(lexicon().number, words) if number]


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


def _found(words: Sequence[str], phrases: Sequence[tuple[str, ...]]) -> Iterator[tuple[int, int]]:
    """Spans of the words that are one of the phrases, the longest first."""
    for phrase in sorted(phrases, key=len, reverse=True):
        for start in range(len(words) - len(phrase) + 1):
            window = words[start : start + len(phrase)]
            if all(map(_matches, window, phrase)):
                yield start, start + len(phrase)


def _matches(word: str, pattern: str) -> bool:
    return lexicon().number(word) is not None if pattern == _NUMBER else word == pattern


def _count(words: Sequence[str], start: int, end: int) -> int | None:
    """The number in a form's words, or the nearest one before or behind them."""
    before = reversed(words[max(0, start - _NEAR) : start])
    for word in (*words[start:end], *before, *words[end : end + 1]):
        number = lexicon().number(word)
        if number is not None:
            return number
    return None


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
