"""Takes personal data out of what visitors wrote, before anybody reads it or it is kept."""

from __future__ import annotations

import re
from collections.abc import Collection

from nlu.text import clean

E_MAIL, NUMBER, NAME = "<e-mail>", "<number>", "<name>"

_E_MAIL = re.compile(
    r"[\w.+-]+\s*(?:@|\(at\)|\[at\])\s*[\w-]+(?:\s*(?:\.|\(dot\)|\[dot\])\s*[\w-]+)+"
    r"|[\w.+-]+ at [\w-]+ dot \w+",
    re.IGNORECASE,
)
# Telephone, card, account and customer numbers: six digits or more, however they are grouped.
_NUMBER = re.compile(r"\+?\w*\d(?:[ ()./-]{0,2}\d){5,}\w*")
_WORD = r"[^\W\d_]+(?:['-][^\W\d_]+)*"
_GIVEN = re.compile(
    rf"\b((?:my|her|his) (?:\w+ )?name(?:'s| is)|call me|named) ({_WORD}(?: {_WORD}){{0,2}})",
    re.IGNORECASE,
)
_MAYBE = re.compile(rf"\b(i am|i'm|im|this is|it's|it is) ((?:{_WORD} ?){{1,3}})", re.IGNORECASE)
_BEHIND_A_NAME = frozenset("and from here at of with by speaking but so i in on what how".split())
_ENDINGS = ("ing", "ed")


class Masker:
    """Masks e-mail addresses, long numbers, and names that people introduce themselves by.

    Args:
        words: words in small letters that are no names: what visitors usually write.
    """

    def __init__(self, words: Collection[str]) -> None:
        self._words = words

    def mask(self, text: str) -> str:
        """The text in one line, with marks in place of personal data."""
        text = _NUMBER.sub(NUMBER, _E_MAIL.sub(E_MAIL, clean(text)))
        text = _GIVEN.sub(lambda found: f"{found[1]} {self._name(found[2], True)}", text)
        return _MAYBE.sub(lambda found: f"{found[1]} {self._name(found[2], False)}", text)

    def _name(self, said: str, certain: bool) -> str:
        """What follows an introduction, its leading words masked as far as they are a name."""
        words = said.split(" ")
        length = 0
        for word in words:
            if not word or not self._is_name(word, certain or length > 0):
                break
            length += 1
        if not length or (not certain and not words[0][0].isupper() and not _ends(words, length)):
            return said
        return " ".join([NAME, *words[length:]])

    def _is_name(self, word: str, certain: bool) -> bool:
        lower = word.lower()
        if lower in _BEHIND_A_NAME:
            return False
        if certain and word[0].isupper() and not (word.isupper() and lower in self._words):
            return True
        return not (lower in self._words or (lower.endswith(_ENDINGS) and not certain))


def _ends(words: list[str], length: int) -> bool:
    """Whether the sentence ends behind the first words, or goes on as one does behind a name."""
    rest = [word for word in words[length:] if word]
    return not rest or rest[0].lower() in _BEHIND_A_NAME
