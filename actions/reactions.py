"""What a message makes of the answer before it: it doubts, corrects or wants more or less of it."""

from __future__ import annotations

import re
from collections.abc import Sequence

from actions.questions import OPENINGS, WH_WORDS, is_yes_no, without_tag

_FEW = 5  # words
_SUPPOSING = frozenset("suppose supposing imagine assume assuming instead".split())
_BRIEFLY = (
    " briefly ",
    " in brief ",
    " in short ",
    " in a nutshell ",
    " in a word ",
    " in one word ",
    " in a few words ",
    " in one line ",
    " in one breath ",
    " one sentence ",
    " single sentence ",
    " tldr ",
)
_LEADING = frozenset("to for with over on in by from of at towards toward into".split())
_ECHOING = _LEADING | frozenset(
    "what do does improve end ends purpose aim goal exactly precisely kind sort the again".split()
)
_WISHES = (" let it be ", " let us say ", " let's say ")
_IF_SO = frozenset("if say rather".split())
_ADDING = frozenset("and also too well about plus either".split())
DOUBTING = frozenset("sure certain positive really serious seriously kidding true correct".split())
_WHOLE = re.compile(
    r"\b(?:all of (?:them|it|these|those)|(?:whole|full|complete) (?:list|thing|lot|answer)"
    r"|in one go|all at once)\b"
)
_WHOLE_WORDS = 14
_ELSE = re.compile(
    r"\b(?:what|who|which|anything|something) (?:\w+ )?else\b"
    r"|\b(?:apart|aside) from (?:that|those)\b"
)
_CORRECTING = re.compile(
    r"^(?:no no|nope|nah)\b|^no (?:i|not|that|the|what|but)\b"
    r"|\bi (?:meant|didn't mean|don't mean)\b"
    r"|\bi (?:asked|didn't ask|did not ask|wasn't asking|was asking|am asking|just want)\b"
    r"|\bi'm (?:not )?asking\b|\bnot what i (?:asked|meant)\b|\bnot asking (?:about|for)\b"
    r"|\byou (?:just|already|keep|gave|told|said that)\b|\brepeating yourself\b"
)
_YES_OR_NO = re.compile(
    r"(?:so |and |then |well )*(?:(?:is|was) (?:that|it) (?:an? )?(?:clear |plain )?(?:yes|no)"
    r"(?: or (?:an? )?(?:yes|no))?|(?:(?:just|now|please|simply) )*(?:an? )?yes or (?:an? )?no)"
    r"(?: then| now| please| answer)*$"
)
_LISTED = re.compile(
    r"\b(?:on|in|of|among) (?:that|the|this|your|those|these) list\b"
    r"|(?<!\b(?:in|of|to|by) )(?<!\bfor )\b(?:one of|among) (?:them|those|these)"
    r"(?: too| also| as well| then)?$"
)


def adds_something(words: Sequence[str]) -> bool:
    """Whether a short message asks of one more thing: "farming as well?", "and what about law?"."""
    return len(words) <= _FEW and (bool(_ADDING & set(words)) or list(words[-1:]) == ["to"])


def asks_if_sure(text: str, words: Sequence[str]) -> bool:
    """Whether a message does no more than doubt what was said: "sure?", "oh really?"."""
    rest = [word for word in words if word not in OPENINGS]
    is_asked = "?" in text or "really" in rest
    return is_asked and len(rest) == 1 and rest[0] in DOUBTING


def asks_yes_or_no(words: Sequence[str]) -> bool:
    """Whether a message asks for no more than a yes or a no to what was said: "is that a yes?"."""
    return bool(_YES_OR_NO.match(" ".join(words)))


def asks_if_listed(words: Sequence[str]) -> bool:
    """Whether a message asks if the list told last has something: "is physics one of them?"."""
    return is_yes_no(words) and bool(_LISTED.search(" ".join(without_tag(words))))


def asks_what_else(words: Sequence[str]) -> bool:
    """Whether a message asks for more than was told: "what else?", "apart from that?"."""
    return bool(_ELSE.search(" ".join(words)))


def asks_for_all(words: Sequence[str]) -> bool:
    """Whether a message wants an answer as a whole: "the whole list, please", "all of them"."""
    return len(words) <= _WHOLE_WORDS and bool(_WHOLE.search(" ".join(words)))


def corrects(words: Sequence[str]) -> bool:
    """Whether a message says that the last answer was not what it asked for."""
    return bool(_CORRECTING.search(" ".join(words)))


def echoes(words: Sequence[str]) -> bool:
    """Whether a short message asks back on the last answer: "to do what?", "predicting what?"."""
    rest = [word for word in words if word not in OPENINGS]
    if not 2 <= len(rest) <= _FEW or "what" not in rest or "doing" in rest:
        return False
    is_led = rest[0] in _LEADING or rest[0].endswith("ing")
    return is_led and all(word in _ECHOING or word.endswith("ing") for word in rest)


def supposes(words: Sequence[str]) -> bool:
    """Whether a message changes a condition: "suppose it were a robot", "say we add speech"."""
    said = f" {' '.join(words)} "
    is_wish = any(wish in said for wish in _WISHES)
    return is_wish or bool(_SUPPOSING & set(words) or _IF_SO & set(words[:2]))


def is_mere_supposition(words: Sequence[str]) -> bool:
    """Whether a message changes a condition and asks nothing else: "and if it must talk too?"."""
    return supposes(words) and not WH_WORDS & set(words)


def asks_briefly(words: Sequence[str]) -> bool:
    """Whether a question asks for a short answer: "the difference, in one sentence?"."""
    said = f" {' '.join(words)} "
    return any(wish in said for wish in _BRIEFLY)
