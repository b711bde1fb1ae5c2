"""Takes out what a speaker takes back in mid-sentence: "a nurse, no wait, a doctor".

The parts are called as in Shriberg 1994, "Preliminaries to a Theory of Speech Disfluencies": what
is taken back (reparandum), the words that say so (interregnum), what is said instead (repair).
"""

from __future__ import annotations

from collections.abc import Sequence

from nlu.text import QUESTION_WORDS

_PAUSES = frozenset(",;:.-?!\u2013\u2014\u2026")
_SENTENCE_ENDS = frozenset(".?!")
# An interregnum is made of these; one of them alone has other uses, but for those of `_ALONE`
# between two pauses.
_EDITING = frozenset("no wait sorry actually um uh er ah oh oops rather correction".split())
_EDITING_PAIRS = frozenset(
    {("i", "mean"), ("i", "meant"), ("scratch", "that"), ("strike", "that"), ("or", "rather")}
)
_STRONG = frozenset({"scratch", "strike", "or"})
_ALONE = frozenset({"sorry", "no", "wait", "correction", "oops"})
_HESITATIONS = frozenset("um uh er ah oh".split())
_DETERMINERS = frozenset("a an the my your their his her our".split())
_PREPOSITIONS = frozenset("for of in on at with from about to by as into".split())
_ASKING = QUESTION_WORDS | frozenset("was were has have".split())
_BEFORE_ASKING = frozenset("first so then just".split())
_NEGATIONS = frozenset("not no don't isn't aren't doesn't without".split())
_REACH = 3  # words
_LEAST = 2  # words, of a sentence in which something is taken back
_Span = tuple[int, int]


def taken_back(words: Sequence[str], names: Sequence[_Span]) -> _Span | None:
    """Span of a message's tokens to be left out; None where nothing is taken back.

    A repair that is a question of its own replaces the sentence before it; any other replaces the
    phrase of its own kind: a role's name the last name, a determiner or a preposition the phrase
    that begins with one.

    Args:
        words: the tokens in lower case, punctuation marks among them.
        names: spans of tokens that name a role, in order.
    """
    first = 0
    while first < len(words):
        repair = _interregnum_end(words, first)
        if first and repair < len(words) and _takes_back(words[first:repair]):
            span = _replaced(words, names, first, repair)
            if span is not None:
                return span
        first = max(first + 1, repair)
    return None


def _interregnum_end(words: Sequence[str], first: int) -> int:
    """Where the words end that may be an interregnum and begin at `first`; there, if none are."""
    end = first
    while end < len(words):
        if tuple(words[end : end + 2]) in _EDITING_PAIRS:
            end += 2
        elif words[end] in _EDITING or words[end] in _PAUSES:
            end += 1
        else:
            break
    return end


def _takes_back(interregnum: Sequence[str]) -> bool:
    """Whether words say that something is taken back: two of them, or one between two pauses."""
    said = [word for word in interregnum if word not in _PAUSES and word not in _HESITATIONS]
    if len(said) > 1 and (said[0] in _STRONG or _ALONE & set(said)):
        return True
    if not said or said[0] not in _ALONE:
        return False
    return interregnum[0] in _PAUSES and interregnum[-1] in _PAUSES - {"?"}


def _replaced(
    words: Sequence[str], names: Sequence[_Span], first: int, repair: int
) -> _Span | None:
    """What the repair that begins at `repair` replaces, with the interregnum from `first` on."""
    start = _sentence_start(words, first)
    sentence = words[start:first]
    if len(sentence) < _LEAST or _NEGATIONS & set(sentence[-_REACH:]):
        return None
    if "or" in words[first:repair] and sentence[0] in _ASKING:
        return None  # "is it the one or rather the other?" is a choice
    if _asks(words[repair:]):
        is_strong = len(set(words[first:repair]) & _EDITING - _HESITATIONS) > 1
        is_another = words[first] in _SENTENCE_ENDS and not is_strong
        return None if is_another else (start, repair)
    begin = _phrase_start(words, names, start, first, repair)
    return None if begin is None else (begin, repair)


def _asks(repair: Sequence[str]) -> bool:
    return repair[0] in _ASKING or (
        repair[0] in _BEFORE_ASKING and bool(_ASKING & set(repair[1:2]))
    )


def _sentence_start(words: Sequence[str], first: int) -> int:
    ends = [index for index in range(first) if words[index] in _SENTENCE_ENDS]
    return ends[-1] + 1 if ends else 0


def _phrase_start(
    words: Sequence[str], names: Sequence[_Span], start: int, first: int, repair: int
) -> int | None:
    """Where the phrase begins that the repair replaces: with a name, or a word of its kind."""
    opening = words[repair]
    behind = repair + (opening in _DETERMINERS)
    before = [begin for begin, end in names if start <= begin and end <= first]
    if before and any(begin == behind for begin, _ in names):
        has_determiner = opening in _DETERMINERS and words[before[-1] - 1] in _DETERMINERS
        return before[-1] - (has_determiner and before[-1] > start)
    for kind in (_DETERMINERS, _PREPOSITIONS):
        if opening in kind:
            places = [index for index in range(start, first) if words[index] in kind]
            return places[-1] if places else None
    return None
