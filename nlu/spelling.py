"""Repairs misspelt words towards the words the training data knows."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping

from rapidfuzz import process
from rapidfuzz.distance import OSA

from nlu.text import words

_MIN_LENGTH = 4
_MEMORY_WORDS = 10_000
# What is typed on a phone; no single letters, which stand for more ("U.S.", "y/n", the language R).
SHORTHAND = {
    "ur": "your",
    "b4": "before",
    "wat": "what",
    "wut": "what",
    "wot": "what",
    "cuz": "because",
    "coz": "because",
    "bc": "because",
    "tho": "though",
    "thx": "thanks",
    "pls": "please",
    "plz": "please",
    "ppl": "people",
    "abt": "about",
    "diff": "difference",
    "smth": "something",
    "yrs": "years",
}
# A word outside the lexicon that a near one outnumbers so many times is taken for its misspelling.
_MISSPELLING_RATIO = 2
_VOWELS = re.compile(r"[aeiou]")
_DOUBLED = re.compile(r"(.)\1+")
_MIN_CONSONANTS = 3
# How often a word must occur to be guessed from its consonants.
_FREQUENT = 10


class SpellingRepair:
    """Replaces a word that nobody knows by the nearest one that the assistant knows.

    A word is left alone when it is in `lexicon` (English at large) or well established in
    `vocabulary` (what the training data uses), so that "celery" never becomes "salary". Distances
    are optimal string alignment: a swap of neighbours, the commonest slip, counts once.

    Args:
        vocabulary: words of the training data with how often each occurs.
        lexicon: words never to be touched.
    """

    def __init__(self, vocabulary: Mapping[str, int], lexicon: Collection[str]) -> None:
        self._count: dict[str, int] = dict(vocabulary)
        self._by_length: dict[int, list[str]] = {}
        self._known = set(lexicon)
        for word in sorted(vocabulary, key=lambda word: -vocabulary[word]):
            if len(word) < _MIN_LENGTH or word in self._known or self._is_established(word):
                self._known.add(word)
                self._by_length.setdefault(len(word), []).append(word)
        self._by_consonants: dict[str, str] = {}
        for word in sorted(vocabulary, key=lambda word: -vocabulary[word]):
            if vocabulary[word] >= _FREQUENT and len(_consonants(word)) >= _MIN_CONSONANTS:
                self._by_consonants.setdefault(_consonants(word), word)
        self._memory: dict[str, str] = {}

    def _is_established(self, word: str) -> bool:
        count = self._count[word]
        nearest = self._nearest(word)
        return count > 1 and (nearest is None or self._count[nearest] < _MISSPELLING_RATIO * count)

    def knows(self, word: str) -> bool:
        """Whether the word is English at large, of the training data, or no word at all."""
        lower = word.lower()
        return lower in self._known or lower in SHORTHAND or not word.isalpha()

    def repair_word(self, word: str) -> str:
        """The word itself, or the nearest known one where nobody knows it."""
        lower = word.lower()
        if lower in SHORTHAND:
            return SHORTHAND[lower]
        if lower in self._known or not lower.isascii() or not lower.replace("'", "").isalpha():
            return word
        if not _VOWELS.search(lower) and _consonants(lower) in self._by_consonants:
            return self._by_consonants[_consonants(lower)]
        if len(lower) < _MIN_LENGTH:
            return word
        if lower not in self._memory:
            if len(self._memory) >= _MEMORY_WORDS:
                self._memory.clear()
            self._memory[lower] = self._nearest(lower) or word
        return self._memory[lower]

    def _nearest(self, word: str) -> str | None:
        limit = 1 if len(word) < 7 else 2
        best, best_key = None, (limit + 1.0, 0.0)
        for length in range(len(word) - limit, len(word) + limit + 1):
            for candidate, distance, _ in process.extract(
                word,
                self._by_length.get(length, ()),
                scorer=OSA.distance,
                score_cutoff=limit,
                limit=5,
            ):
                # People rarely miss the first letter; a candidate that shares it wins a tie.
                key = (distance + 0.5 * (candidate[0] != word[0]), -float(self._count[candidate]))
                if key < best_key:
                    best, best_key = candidate, key
        return best


def _consonants(word: str) -> str:
    """What is left of a word typed without its vowels: "bckgrnd", "skls"."""
    return _DOUBLED.sub(r"\1", _VOWELS.sub("", word))


def count_words(texts: Iterable[str]) -> dict[str, int]:
    """How often each word occurs in the texts."""
    counts: dict[str, int] = {}
    for text in texts:
        for word in words(text):
            counts[word] = counts.get(word, 0) + 1
    return counts
