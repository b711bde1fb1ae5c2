"""Plain-text helpers shared by training, prediction and tests."""

from __future__ import annotations

import re
import unicodedata
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+(?:'[^\W_]+)*|[^\w\s]", re.UNICODE)
# What people say to a machine that takes dictation, at the end or between two clauses.
_MARKS = {
    "question mark": "?",
    "full stop": ".",
    "exclamation mark": "!",
    "new line": ".",
    "new paragraph": ".",
    "comma": ",",
}
_DICTATED = re.compile(rf"\s+({'|'.join(_MARKS)})(?!\w)|\s+period$", re.IGNORECASE)
# "U.N." is one word, and so is "U.N" before a question mark.
_INITIALS = re.compile(r"\b[^\W\d_](?:\.[^\W\d_])+\b\.?")
WH_WORDS = frozenset(
    "what what's which who who's whom whose where where's when why how how's".split()
)
# Words that open a question or a request.
QUESTION_WORDS = WH_WORDS | frozenset(
    "is are do does did can could should would will tell explain describe list give show name "
    "compare".split()
)
_DROPPED_CATEGORIES = {"Cc", "Cf", "Cs", "Co", "Cn"}


class Token(NamedTuple):
    """A word, number or punctuation mark, and the characters it spans."""

    text: str
    start: int
    end: int

    @property
    def is_word(self) -> bool:
        """Whether it is a word or a number, not a punctuation mark or a symbol."""
        return self.text[0].isalnum()


def clean(text: str) -> str:
    """Text in compatibility form without control characters, lone surrogates and runs of space.

    Initials lose their full stops.
    """
    kept = "".join(
        " " if char.isspace() else char
        for char in unicodedata.normalize("NFKC", text)
        if char.isspace() or unicodedata.category(char) not in _DROPPED_CATEGORIES
    )
    # Runs of space are made one first: the pattern would try each of their characters.
    text = _DICTATED.sub(_mark, " ".join(kept.replace("’", "'").split())).strip()
    return _INITIALS.sub(lambda initials: initials.group().replace(".", ""), text)


def _mark(match: re.Match[str]) -> str:
    return _MARKS[match.group(1).lower()] if match.group(1) else "."


def tokenize(text: str) -> list[Token]:
    """Words, numbers and punctuation marks of a cleaned text, in order."""
    return [Token(match.group(), match.start(), match.end()) for match in _TOKEN.finditer(text)]


def words(text: str) -> list[str]:
    """Lower-case words and numbers of a text, in order, punctuation left out."""
    return [token.text.lower() for token in tokenize(text) if token.is_word]
