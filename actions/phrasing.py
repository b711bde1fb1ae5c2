"""Which form of an answer suits the words it was asked in."""

from __future__ import annotations

from collections.abc import Sequence

from content.schema import Correction, Fit, Reply

_NEGATIONS = frozenset(
    "no not never hate hates dislike dislikes don't doesn't didn't dont doesnt isn't without avoid "
    "hardly less bored boring bad weak".split()
)
_NEGATION_REACH = 3  # words


def correction(reply: Reply, words: Sequence[str]) -> Correction | None:
    """The correction that a message calls for, if it takes something wrong for granted.

    A number of one digit is no claim of a figure: "the 2 roles".
    """
    text = f" {' '.join(words)} "
    numbers = {int(word) for word in words if word.isdigit() and 2 <= len(word) < 10}
    for each in reply.corrections:
        claimed = any(f" {claim.lower()} " in text for claim in each.claims)
        if claimed or (each.figures and numbers - set(each.figures)):
            return each
    return None


def fitting_role(fits: Sequence[Fit], words: Sequence[str]) -> str | None:
    """The role whose interests the words speak for; None where they speak for none or several."""
    scores = {each.role: _interest(words, each.interests) for each in fits}
    best = max(scores.values(), default=0)
    chosen = [role for role, score in scores.items() if score == best]
    return chosen[0] if best > 0 and len(chosen) == 1 else None


def _interest(words: Sequence[str], interests: Sequence[str]) -> int:
    stems = {_stem(word) for word in interests}
    score = 0
    for index, word in enumerate(words):
        if _stem(word) in stems:
            before = words[max(0, index - _NEGATION_REACH) : index]
            score += -1 if _NEGATIONS & set(before) else 1
    return score


def _stem(word: str) -> str:
    for ending in ("ies", "es", "s"):
        if word.endswith(ending) and len(word) - len(ending) >= 3:
            return word[: -len(ending)] + ("y" if ending == "ies" else "")
    return word
