"""Which role somebody's interests speak for."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from actions.wording import stem
from content.schema import Fit

_NEGATIONS = frozenset(
    "no not never hate hates dislike dislikes don't doesn't didn't dont doesnt isn't without avoid "
    "hardly less bored boring bores bad weak forget than except instead leave".split()
)
_NEGATION_REACH = 3  # words


def interest(words: Sequence[str], interests: Iterable[str]) -> int:
    """How many words speak for the interests, less those that speak against them."""
    wanted = {stem(word) for word in interests}
    score = 0
    for index, word in enumerate(words):
        if stem(word) in wanted:
            before = words[max(0, index - _NEGATION_REACH) : index]
            score += -1 if _NEGATIONS & set(before) else 1
    return score


def best_fits(fits: Sequence[Fit], words: Sequence[str]) -> list[str]:
    """The roles that the words speak for most: interests for them, dislikes against the others.

    None where the words speak neither for a role nor against one.
    """
    scores = {each.role: interest(words, each.interests) for each in fits}
    if not any(scores.values()):
        return []
    return [role for role, score in scores.items() if score == max(scores.values())]
