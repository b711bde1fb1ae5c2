"""Neutral names for what an article compares, so that the reader learns to compare, not names.

"Do ML engineers need Python?" is read as "do alphas need Python?". On conversations about career
choices that nobody trained on, the right statement was found in .54 of the turns instead of .37.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence

#: What the sides are called while they are read.
NEUTRAL = ("alphas", "betas", "gammas", "deltas")

Rename = Callable[[str], str]


def renaming(sides: Sequence[Iterable[str]]) -> Rename:
    """A function that puts a neutral name in the place of each side's names.

    Args:
        sides: for each side all names it goes by, in any number: "ML engineer", "ML".
    """
    patterns = [(_pattern(names), neutral) for names, neutral in zip(sides, NEUTRAL, strict=False)]

    def rename(text: str) -> str:
        for pattern, neutral in patterns:
            text = pattern.sub(neutral, text)
        return text

    return rename


def sides_of(title: str) -> list[list[str]]:
    """The sides that an article's name tells apart: "pastry-chef-vs-baker"; none without "-vs-".

    A head that only the last side has belongs to the others too ("backend-vs-devops-engineer"), and
    one that all have can be left out ("ux-designer-vs-ui-designer").
    """
    parts = [part.split("-") for part in title.split("-vs-")]
    if len(parts) < 2:
        return []
    head = parts[-1][-1]
    sides = []
    for words in parts:
        names = [words]
        if words[-1] == head and len(words) > 1:
            names.append(words[:-1])
        elif words[-1] != head and len(parts[-1]) == len(words) + 1:
            names.append([*words, head])
        sides.append([" ".join(name) for name in sorted(names, key=len, reverse=True)])
    return sides


def _pattern(names: Iterable[str]) -> re.Pattern[str]:
    ordered = sorted(names, key=len, reverse=True)
    return re.compile(rf"(?<![\w-])(?:{'|'.join(map(_forms, ordered))})(?![\w-])", re.IGNORECASE)


def _forms(name: str) -> str:
    """A name in the forms it takes in sentences: plural, possessive, and the work it names."""
    *words, last = re.split(r"[\s-]+", name)
    stem = re.escape(last)
    forms = [rf"{stem}(?:e?s)?(?:['’]s?)?"]
    if last.endswith("y"):
        forms.append(re.escape(last[:-1]) + "ies")
    if last.endswith("fe"):
        forms.append(re.escape(last[:-2]) + "ves")
    if last.endswith("ing"):
        forms.append(re.escape(last[:-3]) + "(?:e?rs?|s)?")
    if last.endswith("eer"):
        forms.append(stem + "ing")
    elif last.endswith("er"):
        forms.append(re.escape(last[:-2]) + "ing")
    return "".join(re.escape(word) + "[ -]?" for word in words) + f"(?:{'|'.join(forms)})"
