"""Reads figures and dates from texts, each as a range of values of what it measures.

A language's numerals, comparators and units are data: reading/numerals.json.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import Path
from typing import Any

TABLE = Path(__file__).parent / "numerals.json"

DATE, COUNT, SHARE = "date", "count", "share"
_NEAR_NOUN = 3  # words behind a number among which its noun is
_SIGNS = ("€", "$", "£")  # that stand before a number
_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[a-z]+(?=n['’]t\b)|n['’]t\b|[a-z]+|[%€$£]|[,?!–-]")
_GROUPED = re.compile(r"\d{1,3}(,\d{3})+(\.\d+)?")


@dataclass(frozen=True)
class Figure:
    """A range of values of one measure.

    Attributes:
        measure: share, time, euro ..., date, or a count.
        low: its lower end.
        high: its upper end.
        nouns: for a count the words behind it, one of which says what is counted.
        is_open: whether the ends themselves are left out.
        is_about: whether it is told as approximate.
        is_deadline: whether a date is the last one ("by 2030").
        is_change: whether it is told as a difference ("four weeks longer").
    """

    measure: str
    low: float
    high: float
    nouns: frozenset[str] = frozenset()
    is_open: bool = False
    is_about: bool = False
    is_deadline: bool = False
    is_change: bool = False

    @property
    def is_exact(self) -> bool:
        """Whether it is one value, approximate or not."""
        return self.low == self.high


def figures(text: str) -> list[Figure]:
    """All figures of a text, in their order."""
    return list(_Scan(text).figures())


@lru_cache(maxsize=1)
def numerals() -> dict[str, Any]:
    """The table of numerals, its units by name and its comparators longest first."""
    table: dict[str, Any] = json.loads(TABLE.read_text(encoding="utf-8"))
    table["units_of"] = {
        unit: (measure, factor)
        for measure, units in table["measures"].items()
        for unit, factor in units.items()
    }
    for place in ("before", "behind"):
        ordered = sorted(table[place].items(), key=lambda item: -len(item[0].split()))
        table[place] = [(tuple(words.split()), bound) for words, bound in ordered]
    return table


def tokens(text: str) -> list[str]:
    """Words, numbers and signs of a text, in lower case."""
    return _TOKEN.findall(text.lower().replace("per cent", "percent"))


class _Scan:
    """Reads the figures of a text from left to right."""

    def __init__(self, text: str) -> None:
        self._words, self._table = tokens(text), numerals()

    def figures(self) -> Iterator[Figure]:
        place = 0
        while place < len(self._words):
            found = self._date(place) or self._figure(place)
            if found is None:
                place += 1
                continue
            figure, place = found
            yield figure

    def _word(self, place: int) -> str:
        return self._words[place] if 0 <= place < len(self._words) else ""

    def _date(self, place: int) -> tuple[Figure, int] | None:
        """A date or a year: "7 November 2025", "November 7, 2025", "2025"."""
        bound, _ = self._bound_before(place)
        months, day, at = self._table["months"], 0.0, place
        if self._word(at).isdigit() and self._word(at + 1) in months:
            day, at = float(self._word(at)), at + 1
        if self._word(at) not in months:
            year = _year(self._word(place))
            if year is None or self._unit(place + 1) or self._word(place - 1) in _SIGNS:
                return None
            return _bounded(_days(year, 0, 0), bound), place + 1
        month = months.index(self._word(at)) + 1
        if not day and self._word(at + 1).isdigit() and _year(self._word(at + 1)) is None:
            day, at = float(self._word(at + 1)), at + 1
        at += 2 if self._word(at + 1) == "," else 1
        year = _year(self._word(at))
        if year is None:
            return None
        return _bounded(_days(year, month, day), bound), at + 1

    def _figure(self, place: int) -> tuple[Figure, int] | None:
        bound, is_bound = self._bound_before(place)
        part = self._ratio(place) or self._part(place)
        if part:
            value, at = part
            unit = self._unit(at + 1) if self._word(at) in ("a", "an") else None
            if unit:
                measure, factor, at = unit
                return _bounded(Figure(measure, value * factor, value * factor), bound), at
            return _bounded(Figure(SHARE, value, value, is_about=True), bound), at
        number = self._number(place) or (self._article(place) if is_bound else None)
        return self._measured(place, number, bound) if number else None

    def _measured(
        self, place: int, number: tuple[float, int], bound: str
    ) -> tuple[Figure, int] | None:
        """A number, or a range of two, with what it measures or counts."""
        low, at = number
        high = low
        if self._word(at) in ("to", "and", "-", "–"):
            other = self._number(at + 1)
            if other and (self._word(at) != "and" or self._word(place - 1) == "between"):
                high, at = other
        unit = self._sign(place) or self._unit(at)
        if unit:
            measure, factor, at = unit
            figure = Figure(measure, low * factor, high * factor)
        else:
            nouns = frozenset(map(_stem, self._words[at : at + _NEAR_NOUN])) - {""}
            figure = Figure(COUNT, low, high, nouns)
        if low > high:
            return None
        after, at = self._bound_behind(at)
        is_change = any(word in self._table["changes"] for word in self._words[at : at + 2])
        return _bounded(replace(figure, is_change=is_change), after or bound), at

    def _sign(self, place: int) -> tuple[str, float, int] | None:
        """The currency that stands before a number."""
        sign = self._table["units_of"].get(self._word(place - 1))
        if self._word(place - 1) not in _SIGNS or sign is None:
            return None
        number = self._number(place)
        return (*sign, number[1]) if number else None

    def _unit(self, place: int) -> tuple[str, float, int] | None:
        at = place + 1 if self._word(place) == "-" else place
        word = self._word(at)
        found = self._table["units_of"].get(word) or self._table["units_of"].get(word.rstrip("s"))
        return (*found, at + 1) if found else None

    def _number(self, place: int) -> tuple[float, int] | None:
        """The number that begins at a word, in digits or words, and the place behind it."""
        table, word = self._table, self._word(place)
        if word[:1].isdigit():
            value, at = _digits(word), place + 1
        elif word in ("a", "an") and self._word(place + 1) in table["scales"]:
            value, at = 1.0, place + 1
        else:
            small = self._below_hundred(place)
            if small is None:
                return None
            value, at = small
        while self._word(at) in table["scales"]:
            value *= table["scales"][self._word(at)]
            at += 1
            at_rest = at + 1 if self._word(at) == "and" else at
            rest = self._below_hundred(at_rest)
            if rest and value % 100 == 0:
                value, at = value + rest[0], rest[1]
        if self._words[at : at + 3] == ["and", "a", "half"]:
            value, at = value + 0.5, at + 3
        return value, at

    def _below_hundred(self, place: int) -> tuple[float, int] | None:
        table, word = self._table, self._word(place)
        if word in table["tens"]:
            at = place + 2 if self._word(place + 1) == "-" else place + 1
            unit = table["units"].get(self._word(at), 0)
            if 0 < unit < 10:
                return table["tens"][word] + unit, at + 1
            return float(table["tens"][word]), place + 1
        if word not in table["units"]:
            return None
        is_counting = self._unit(place + 1) or self._word(place + 1) in table["scales"]
        if word == "one" and not is_counting:  # a pronoun more often than a number
            return None
        return float(table["units"][word]), place + 1

    def _article(self, place: int) -> tuple[float, int] | None:
        """An article that counts, as it does behind a bound: "more than a year"."""
        is_one = self._word(place) in ("a", "an") and self._unit(place + 1)
        return (1.0, place + 1) if is_one else None

    def _part(self, place: int) -> tuple[float, int] | None:
        """A part in words: "half", "a third", "two thirds"."""
        parts, at, count = self._table["parts"], place, 1.0
        if self._word(at) in ("a", "an", "one"):
            at += 1
        elif self._word(at) in self._table["units"]:
            count, at = float(self._table["units"][self._word(at)]), at + 1
        word = self._word(at)
        divisor = parts.get(word) or (parts.get(word.rstrip("s")) if count > 1 else None)
        if divisor is None or (at == place and word != "half"):
            return None
        at += 1
        return count / divisor, at + 1 if self._word(at) == "of" else at

    def _ratio(self, place: int) -> tuple[float, int] | None:
        """A part as two numbers: "four in ten", "one out of twenty"."""
        first, at = self._word(place), place + 1
        at += 2 if (self._word(at), self._word(at + 1)) == ("out", "of") else 1
        count = self._table["units"].get(first) or (int(first) if first.isdigit() else 0)
        whole = self._number(at)
        if self._word(place + 1) not in ("in", "out") or not count or not whole:
            return None
        # "Three in 2020" and "two in five years" are none.
        if not count < whole[0] <= 100 or self._unit(whole[1]):
            return None
        return count / whole[0], whole[1]

    def _bound_before(self, place: int) -> tuple[str, bool]:
        at = place - 1 if self._word(place - 1) in (*_SIGNS, "the", "of") else place
        for words, bound in self._table["before"]:
            if tuple(self._words[max(0, at - len(words)) : at]) == words:
                outer, _ = self._bound_before(at - len(words)) if bound == "~" else ("", False)
                return (outer or bound), True
        return "", False

    def _bound_behind(self, place: int) -> tuple[str, int]:
        for words, bound in self._table["behind"]:
            if tuple(self._words[place : place + len(words)]) == words:
                return bound, place + len(words)
        return "", place


def _bounded(figure: Figure, bound: str) -> Figure:
    """A figure with the comparator that stands beside it."""
    if bound == "~":
        return replace(figure, is_about=True)
    if bound in ("before", "after", "since", "by") and figure.measure != DATE:
        return figure  # "after three years" tells when, not how long
    if bound in (">", "after"):
        return replace(figure, low=figure.high, high=math.inf, is_open=True)
    if bound in (">=", "since"):
        return replace(figure, high=math.inf)
    if bound in ("<", "before"):
        return replace(figure, low=-math.inf, high=figure.low, is_open=True)
    if bound == "<=":
        return replace(figure, low=-math.inf)
    if bound == "by":
        return replace(figure, low=-math.inf, is_deadline=True)
    return figure


def _days(year: float, month: int, day: float) -> Figure:
    """A day, or all days of a month or a year (the rest is 0), as if all months were as long."""
    low = year * 372 + (max(month, 1) - 1) * 31 + (day or 1)
    high = year * 372 + ((month or 12) - 1) * 31 + (day or 31)
    return Figure(DATE, low, high)


def _year(word: str) -> float | None:
    is_year = len(word) == 4 and word.isdigit() and 1500 <= int(word) < 2200
    return float(word) if is_year else None


def _digits(word: str) -> float:
    plain = word.replace(",", "") if _GROUPED.fullmatch(word) else word.replace(",", ".")
    try:
        return float(plain)
    except ValueError:  # "1.2.3" is a version, or a date
        return math.nan


def _stem(word: str) -> str:
    """What a noun has in common with its plural; empty for a word too short to tell anything."""
    return word[:5].rstrip("s") if len(word) > 3 and word.isalpha() else ""
