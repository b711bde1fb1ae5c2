"""Takes personal data out of what visitors wrote, before anybody reads it or it is kept.

Everything that shows or keeps a visitor's words goes through `Masker`: report, review, transcripts,
preview, replay. What it lets pass and still looks personal is named by `Masker.doubts`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from keepers.personal import GIVEN, HERE, MARKS, MAYBE, NAME, RULES, TOLD, WRITTEN, Rule
from nlu.text import clean

_BEHIND_A_NAME = frozenset("and from here at of with by speaking but so i in on what how".split())
_ENDINGS = ("ing", "ed")
_MARKED = re.compile("|".join(map(re.escape, MARKS)))
_TOKEN = re.compile(r"[\w@#./'-]+")
_YEARS = range(1900, 2100)


def is_masked(text: str) -> bool:
    """Whether something was masked in a text."""
    return bool(_MARKED.search(text))


class Masker:
    """Masks what tells who somebody is, where, or how to reach them, and what is secret.

    Args:
        words: words in small letters that are no names: what visitors usually write.
    """

    def __init__(self, words: Collection[str]) -> None:
        self._words = words

    def mask(self, text: str) -> str:
        """The text in one line, with marks in place of personal data."""
        text = clean(text)
        for rule in RULES:
            text = _applied(rule, text)
        for pattern in WRITTEN:
            text = pattern.sub(self._written, text)
        text = HERE.sub(self._here, text)
        text = GIVEN.sub(self._given(True), text)
        return MAYBE.sub(self._given(False), text)

    def doubts(self, masked: str) -> list[str]:
        """What still looks personal in a masked text: nobody should keep it without a look."""
        found = [each[0] for each in TOLD.finditer(_MARKED.sub("<>", masked))]
        rest = _MARKED.sub(" ", masked)
        is_shouted = rest.upper() == rest
        for place, token in enumerate(_TOKEN.findall(rest)):
            word = token.strip("./'-")
            is_capital = place > 0 and word[:1].isupper() and not is_shouted
            if self._is_unknown(word) and (is_capital or _looks_coded(word)):
                found.append(word)
        return list(dict.fromkeys(found))

    def _is_unknown(self, word: str) -> bool:
        lower = word.lower().removesuffix("'s")
        parts = re.split(r"[/'-]", lower)
        return not (lower in self._words or all(part in self._words for part in parts))

    def _written(self, found: re.Match[str]) -> str:
        if found[2].lower() in self._words:
            return found[0]
        start, end = (place - found.start() for place in found.span(2))
        return found[0][:start] + NAME + found[0][end:]

    def _here(self, found: re.Match[str]) -> str:
        is_known = all(word.lower() in self._words for word in found[2].split())
        return found[0] if is_known else f"{found[1]}{NAME}"

    def _given(self, certain: bool) -> Callable[[re.Match[str]], str]:
        return lambda found: f"{found[1]} {self._name(found[2], certain)}"

    def _name(self, said: str, certain: bool) -> str:
        """What follows an introduction, its leading words masked as far as they are a name."""
        words = said.split(" ")
        length = 0
        for word in words:
            if not word or not self._is_name(word.rstrip(","), certain or length > 0):
                break
            length += 1
        if not length or (not certain and not words[0][0].isupper() and not _ends(words, length)):
            return said
        comma = "," if words[length - 1].endswith(",") else ""
        return " ".join([NAME + comma, *words[length:]])

    def _is_name(self, word: str, certain: bool) -> bool:
        lower = word.lower()
        if lower in _BEHIND_A_NAME:
            return False
        if certain and word[0].isupper() and not (word.isupper() and lower in self._words):
            return True
        return not (lower in self._words or (lower.endswith(_ENDINGS) and not certain))


def _applied(rule: Rule, text: str) -> str:
    has_lead = "lead" in rule.pattern.groupindex
    return rule.pattern.sub(rf"\g<lead>{rule.mark}" if has_lead else rule.mark, text)


def _looks_coded(word: str) -> bool:
    """Whether a word is none but a number of four digits or more, or letters with digits."""
    if "@" in word or "#" in word:
        return True
    if word.isdecimal():
        return len(word) >= 4 and int(word) not in _YEARS
    has_both = any(map(str.isdigit, word)) and any(map(str.isalpha, word))
    return has_both and len(word) > 4


def _ends(words: list[str], length: int) -> bool:
    """Whether the sentence ends behind the first words, or goes on as one does behind a name."""
    rest = [word for word in words[length:] if word]
    return not rest or rest[0].lower() in _BEHIND_A_NAME
