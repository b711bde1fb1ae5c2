"""Splits a message into its sentences and into the questions that one sentence joins."""

from __future__ import annotations

import re

from nlu.text import QUESTION_WORDS, WH_WORDS, words

_SENTENCE_END = re.compile(r"(?<=[.!?;:])\s+|\s+[\u2013\u2014-]\s+")
# "Whats" is as good as "what's".
_OPENERS, _WH = ("|".join(sorted(each)).replace("'", "'?") for each in (QUESTION_WORDS, WH_WORDS))
_LED = r"(?:in|for|at|with|from|of|to|on|by|about)\s+(?:which|what|whom?)"
_EXAMPLE = r"an\s+example"
# ", and is demand rising?": a joint is a comma or "and" before words that open a question.
_JOINT = re.compile(
    rf",?\s+(?:and|also|plus|then)\s+(?:also\s+)?(?=(?:{_OPENERS}|{_LED})\b)"
    rf"|,?\s+(?:and|plus|with)\s+(?=(?:{_EXAMPLE})\b)",
    re.IGNORECASE,
)
_LED_IN = r"(?:(?:and|so|but|or|also|then|now|ok|okay|well|hi|hello|hey|oh|right)\W+){0,3}"
_QUESTION = re.compile(
    rf"\?|^{_LED_IN}(?:\W*\w+\W+)?(?:{_WH})\b|^{_LED_IN}(?:{_OPENERS})\b", re.IGNORECASE
)
_ASKING = rf"(?:(?:and|so|but|then|now)\W+)?(?:{_OPENERS}|was|were|did|has|must)\b"
_ASKS = re.compile(rf"\?|^{_ASKING}|^and\s+(?:the|for|of|about|in|with)\b", re.IGNORECASE)
_GREETED = re.compile(
    rf"^(?:(?:yo|hi|hey|hello|hiya|heya|thx|thanks)\s+)+(?={_ASKING})", re.IGNORECASE
)
_WISH = re.compile(_EXAMPLE, re.IGNORECASE)
# Where what is said before a question ends: "I came by tram, so tell me, what is it like?"
_ASIDE_END = re.compile(
    rf"{_SENTENCE_END.pattern}|,\s+(?:so|but|and|now|anyway|well)\s+|,\s+(?=(?:{_OPENERS})\b)",
    re.IGNORECASE,
)
_LONG, _WHOLE = 9, 5  # words of a message with something besides its question, and of that
# A question with one of these asks of the whole message.
_OF_ALL = frozenset("there two such".split())
# "Does the article agree with that?"
_ARTICLE = frozenset("article text piece page".split())
_POINTING_BACK = frozenset("that that's so".split())
_MIN_WORDS = 3
MAX_PARTS = 3
_CLAUSE_END = re.compile(r"[.!?,;]+\s+")
# What may be said before the matter itself: thanks, a greeting, a nod. No "no" and no "sorry",
# which may turn down what was said.
_COURTESIES = frozenset(
    "thank thanks you u so much a lot very many good great ok okay fine nice cool lovely perfect "
    "alright right hi hello hey hiya morning afternoon evening dear shame pity fair enough well "
    "wow interesting i see got it understood better hmm hm oh ah aha sure brilliant super awesome "
    "excellent wonderful helpful that that's thats is was makes sense yay lol haha anyway again "
    "for your help all let's lets start over afresh".split()
)


def without_courtesies(text: str) -> str:
    """A text without the courtesies that it opens with, if a question or an "and ..." is left."""
    start = 0
    for end in _CLAUSE_END.finditer(text):
        if not _COURTESIES.issuperset(words(text[start : end.start()])):
            break
        start = end.end()
    rest = _GREETED.sub("", text[start:])
    return rest if _ASKS.search(rest) else text


def sentences(text: str) -> list[str]:
    """Sentences of a text, the words of each intact."""
    return [part.strip() for part in _SENTENCE_END.split(text) if part.strip()]


def questions(text: str) -> list[str]:
    """The parts of a text that ask something, at most `MAX_PARTS`, in order.

    A part must have three words, so that "and why" or "or what" stays with what it belongs to; but
    "an example" beside a question is one more.
    """
    parts: list[str] = []
    for sentence in sentences(text):
        for part in _JOINT.split(sentence):
            is_question = len(part.split()) >= _MIN_WORDS and _QUESTION.search(part)
            if is_question or (parts and _WISH.match(part)):
                parts.append(part)
    return parts[-MAX_PARTS:]


def last_question(text: str) -> str:
    """The last question of a longer message, or else its last clause.

    Empty if that is all of the message, or asks of the rest too.
    """
    clauses = [part for part in _ASIDE_END.split(text) if len(part.split()) >= _WHOLE]
    if len(text.split()) < _LONG or not clauses:
        return ""
    last = next((part for part in reversed(clauses) if part.endswith("?")), clauses[-1])
    asked = set(words(last))
    asks_of_rest = _OF_ALL & asked or (_ARTICLE & asked and _POINTING_BACK & asked)
    return "" if last == text or asks_of_rest else last
