"""Plurals of names and lists of them, as sentences need them."""

from __future__ import annotations

import re
from collections.abc import Sequence

_SPELT_LIKE_VOWELS = "aefhilmnorsx"  # letters whose names begin with a vowel: "an MP"
_IRREGULAR = {"man": "men", "wife": "wives", "knife": "knives", "life": "lives"}
_HISSING = re.compile(r"(?:s|x|z|ch|sh)$")
_CONSONANT_Y = re.compile(r"[^aeiou]y$")


def plural_of(name: str) -> str:
    """The regular plural of a name's last word; an irregular one is for the content to say."""
    if name.endswith("ing"):
        return name  # "baking" has none
    if _CONSONANT_Y.search(name):
        return f"{name[:-1]}ies"
    for ending, many in _IRREGULAR.items():
        if name.endswith(ending):
            return name.removesuffix(ending) + many
    return f"{name}es" if _HISSING.search(name) else f"{name}s"


def article_of(name: str) -> str:
    """The indefinite article before a name; where it is spoken otherwise, the content says so."""
    first = name.split()[0]
    vowels = _SPELT_LIKE_VOWELS if first.isupper() and len(first) < 4 else "aeiou"
    return "an" if name[0].lower() in vowels else "a"


def listed(names: Sequence[str]) -> str:
    """Names in a row: "a", "a and b", "a, b and c"."""
    *before, last = names
    return f"{', '.join(before)} and {last}" if before else last


def capital(text: str) -> str:
    """A text with a capital letter at its beginning."""
    return text[:1].upper() + text[1:]
