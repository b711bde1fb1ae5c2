"""Percentages and years that a message names."""

from __future__ import annotations

import re

_SMALL = dict(
    zip("one two three four five six seven eight nine".split(), range(1, 10), strict=True)
)
_TENS = dict(
    zip(
        "ten twenty thirty forty fifty sixty seventy eighty ninety".split(),
        range(10, 100, 10),
        strict=True,
    )
)
_TENS_AND_ONES = re.compile(rf"\b({'|'.join(_TENS)})(?:[\s-]({'|'.join(_SMALL)}))?\b")
_HALVED = re.compile(r"\b(?:halv(?:e|ed|es|ing)|(?:by|in) half)\b")
_YEAR = r"(?:19|20)\d\d"
_PERCENTAGE = re.compile(
    rf"(\d{{1,3}}(?:[.,]\d+)?)\s*(?:%|per\s?cent\b|pct\b|percentage)|\bby\s+(?!{_YEAR})(\d{{1,3}})\b"
)


def percentages(text: str) -> set[float]:
    """Percentages in a text, in figures or in words; "by 50" and "halved" count as one."""
    plain = _TENS_AND_ONES.sub(
        lambda match: str(_TENS[match[1]] + _SMALL.get(match[2] or "", 0)),
        _HALVED.sub("by 50", text.lower()),
    )
    found = (first or second for first, second in _PERCENTAGE.findall(plain))
    return {float(number.replace(",", ".")) for number in found}


def figures(text: str) -> set[float]:
    """Numbers of two digits in a text, with a percent sign or without."""
    return {float(number) for number in re.findall(r"(?<![\w.,])\d\d(?![\w,]|\.\d)", text)}


def years(text: str) -> set[int]:
    """Years of this century and the last in a text."""
    return {int(year) for year in re.findall(rf"\b{_YEAR}\b", text)}
