"""Whether a figure or a date that somebody claims holds, computed from the one that is stated.

"At most a third of them?" on "35 percent of them" is arithmetic; a reader of words guesses at it.
What cannot be compared safely gets no result: other units, several figures of one measure in the
statement, a figure on one side alone, a message that denies.

A result is evidence, not more, as a figure may hold while something else in the claim does not. On
the training articles a message whose figure fails is denied five times as often as it is confirmed,
one whose figure holds is confirmed three times as often as denied.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from reading.articles import LABELS
from reading.figures import COUNT, DATE, Figure, figures, numerals, tokens

_ODDS = {True: 3.0, False: 1 / 5}  # of confirmed to denied
_CLAIM = 0.2  # probability of one of both from which a message claims something of a statement
_ALIKE, _APART = 0.06, 0.15  # of approximate figures: the same up to here, another from there
_CONFIRMS, _DENIES = LABELS.index("confirms"), LABELS.index("denies")


def holds(message: str, statement: str) -> bool | None:
    """Whether what a message claims in figures holds by a statement; None where that stays open."""
    claimed = figures(message)
    if not claimed or _is_denied(message):
        return None
    stated = figures(statement)
    results = [_compared(each, stated) for each in claimed]
    measures = {each.measure for each in claimed}
    if None in results or len(measures) < len(claimed):
        return None
    return all(results)


def weighed(message: str, statements: Sequence[str], labels: np.ndarray) -> np.ndarray:
    """Probabilities of labels after the figures were compared.

    What a statement has of `confirms` and `denies` together stays; how it is shared out changes.

    Args:
        message: what somebody claims or asks.
        statements: its candidates.
        labels: probabilities of their labels, (candidates, 5), in the order of `LABELS`.
    """
    labels = labels.copy()
    if not figures(message):
        return labels
    for row, statement in zip(labels, statements, strict=True):
        both = row[_CONFIRMS] + row[_DENIES]
        result = holds(message, statement) if both >= _CLAIM else None
        if result is not None:
            confirmed = row[_CONFIRMS] * _ODDS[result]
            row[_CONFIRMS] = both * confirmed / (confirmed + row[_DENIES])
            row[_DENIES] = both - row[_CONFIRMS]
    return labels


def _compared(claimed: Figure, stated: Sequence[Figure]) -> bool | None:
    """Whether a claimed figure is so by the only stated one that it can be compared with."""
    like = [each for each in stated if _are_comparable(claimed, each)]
    if len(like) != 1:
        return None
    (fact,) = like
    if fact.is_deadline:
        fact = replace(fact, low=fact.high)
        claimed = replace(claimed, low=claimed.high) if claimed.is_deadline else claimed
    if claimed.measure == DATE:
        return _within(fact, claimed)
    if claimed.is_exact and fact.is_exact:
        return _equal(claimed.low, fact.low, claimed.is_about or fact.is_about)
    if _are_limits(claimed, fact):  # "up to 25?" asks for the limit itself
        return (claimed.low, claimed.high) == (fact.low, fact.high)
    if fact.is_about and fact.is_exact and _is_close(fact.low, claimed):
        return None
    return _within(fact, claimed)


def _are_comparable(claimed: Figure, stated: Figure) -> bool:
    if claimed.measure != stated.measure or claimed.is_change != stated.is_change:
        return False
    return claimed.measure != COUNT or bool(claimed.nouns & stated.nouns)


def _are_limits(claimed: Figure, fact: Figure) -> bool:
    """Whether both name a limit in the same direction."""
    is_upper, is_lower = claimed.low == -math.inf, claimed.high == math.inf
    if not (is_upper or is_lower) or claimed.is_open or fact.is_open:
        return False
    return is_upper == (fact.low == -math.inf) and is_lower == (fact.high == math.inf)


def _equal(claimed: float, fact: float, is_about: bool) -> bool | None:
    apart = abs(claimed - fact) / max(abs(fact), abs(claimed), 1e-9)
    if apart < 1e-6:
        return True
    if not is_about:
        # A month is 28 to 31 days: what is as good as equal may have been said in other units.
        return None if apart < 0.02 else False
    if apart <= _ALIKE:
        return True
    return False if apart >= _APART else None


def _is_close(value: float, bound: Figure) -> bool:
    ends = [end for end in (bound.low, bound.high) if math.isfinite(end)]
    return any(abs(value - end) <= _ALIKE * abs(end) for end in ends)


def _within(fact: Figure, claimed: Figure) -> bool | None:
    """Whether all that is stated lies in what is claimed; None if only a part does."""
    low, high = max(fact.low, claimed.low), min(fact.high, claimed.high)
    if low > high or (low == high and claimed.is_open and low in (claimed.low, claimed.high)):
        return False
    inside = claimed.low <= fact.low and fact.high <= claimed.high
    at_end = claimed.is_open and not fact.is_open and _touches(fact, claimed)
    return True if inside and not at_end else None


def _touches(fact: Figure, claimed: Figure) -> bool:
    return fact.low == claimed.low or fact.high == claimed.high


def _is_denied(message: str) -> bool:
    """Whether a message says that something is not so: its figure is then claimed the other way.

    "Not more than" is a bound; "isn't it ...?" and "..., isn't it?" ask.
    """
    words = tokens(message)
    places = [place for place, word in enumerate(words) if word in numerals()["negators"]]
    return any(not (_is_of_bound(words, place) or _asks(words, place)) for place in places)


def _is_of_bound(words: Sequence[str], place: int) -> bool:
    bounds = [bound for side in ("before", "behind") for bound, _ in numerals()[side]]
    return any(tuple(words[place : place + len(bound)]) == bound for bound in bounds)


def _asks(words: Sequence[str], place: int) -> bool:
    """Whether a negator only begins a question or a tag, or is a "no?" at the end."""
    left = [word for word in words[place:] if word not in ("?", "!")]
    if words[place] == "no":
        return len(left) == 1
    if not words[place].startswith("n") or words[place - 1] not in numerals()["auxiliaries"]:
        return False
    return place == 1 or len(left) == 2 or words[place - 2] == ","
