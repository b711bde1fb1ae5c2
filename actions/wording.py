"""Words of a message in a form in which they can be compared."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

_ENDINGS = (("ies", "y"), ("ing", ""), ("ed", ""), ("es", ""), ("s", ""), ("e", ""))
_MIN_STEM = 3
_DOUBLED = re.compile(r"([bdfglmnprt])\1$")
# What stands between the words that matter: "the one is a part of the other".
_FILLERS = frozenset(
    "a an the is are was were be been being of engineer engineers engineer's engineering".split()
)


def words_of(text: str) -> list[str]:
    """Lower-case words and numbers of a text."""
    return re.findall(r"[\w']+", text.lower().replace("\u2019", "'"))


@lru_cache(maxsize=8192)
def stem(word: str) -> str:
    """The word without its grammatical ending: "grows" and "growing" become "grow"."""
    word = word.removesuffix("'s").strip("'")
    for ending, instead in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _MIN_STEM:
            word = word[: -len(ending)] + instead
            break
    return _DOUBLED.sub(r"\1", word)


def stems(words: Iterable[str]) -> list[str]:
    """Stems of the words that matter, in order."""
    return [stem(word) for word in words if word not in _FILLERS]


_PEOPLE = frozenset(
    map(stem, "engineer engineering people guy folk developer expert one worker job role".split())
)


def names_field(words: Sequence[str], name: str) -> bool:
    """Whether a message has a role's name for its field, and not for the people who work in it."""
    pairs = zip(words, [*words[1:], ""], strict=True)
    return any(word == name and stem(behind) not in _PEOPLE for word, behind in pairs)


def has_phrase(words: Sequence[str], phrase: str) -> bool:
    """Whether a message has the words of a phrase next to each other, fillers left out.

    Args:
        words: stems of the message.
        phrase: as an editor writes it.
    """
    return phrase_end(words, phrase) > 0


def phrase_end(words: Sequence[str], phrase: str) -> int:
    """Place behind a phrase in a message, as `has_phrase` looks for it; 0 if it is not there."""
    wanted = _phrase(phrase)
    if not wanted or wanted[0] not in words:
        return 0
    count = len(wanted)
    for start in range(len(words) - count + 1):
        if tuple(words[start : start + count]) == wanted:
            return start + count
    return 0


@lru_cache(maxsize=4096)
def _phrase(text: str) -> tuple[str, ...]:
    return tuple(stems(words_of(text)))
