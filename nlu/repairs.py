"""Takes out what a speaker takes back in mid-sentence: "a nurse, no wait, a doctor".

The parts are called as in Shriberg 1994, "Preliminaries to a Theory of Speech Disfluencies": what
is taken back (reparandum), the words that say so (interregnum), what is said instead (repair).
"""

from __future__ import annotations

from collections.abc import Sequence

_PAUSES = frozenset(",;:.-?!\u2013\u2014\u2026")
_SENTENCE_ENDS = frozenset(".?!")
# An interregnum is made of these; one of them alone has other uses, but for those of `_ALONE`
# between two pauses.
_EDITING = frozenset("no wait sorry actually um uh er ah oh oops rather correction".split())
_EDITING_PAIRS = frozenset(
    {("i", "mean"), ("i", "meant"), ("scratch", "that"), ("strike", "that"), ("or", "rather")}
)
_ALONE = frozenset({"sorry", "no", "wait", "correction", "oops"})
_HESITATIONS = frozenset("um uh er ah oh".split())
_DETERMINERS = frozenset("a an the my your their his her our".split())
_PREPOSITIONS = frozenset("for of in on at with from about to by as into".split())
_ASKING = frozenset(
    "what what's which who who's whom whose where where's when why how how's is are do does did "
    "can could should would will tell explain describe list give show name compare".split()
)
_BEFORE_ASKING = frozenset("first so then just and".split())
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
    for first in range(1, len(words)):
        if words[first - 1] in _EDITING or words[first - 1] in _PAUSES:
            continue  # within what was looked at from its beginning
        repair = _interregnum_end(words, first)
        if repair is None or repair == len(words):
            continue
        start = _sentence_start(words, first)
        if first - start < _LEAST or _NEGATIONS & set(words[max(start, first - _REACH) : first]):
            continue
        if _asks(words[repair:]):
            return start, repair
        begin = _phrase_start(words, names, start, first, repair)
        if begin is not None:
            return begin, repair
    return None


def _interregnum_end(words: Sequence[str], first: int) -> int | None:
    """Where the repair begins if an interregnum begins at `first`."""
    said: list[str] = []
    end = first
    while end < len(words):
        if tuple(words[end : end + 2]) in _EDITING_PAIRS:
            said += words[end : end + 2]
            end += 2
        elif words[end] in _EDITING or words[end] in _PAUSES:
            said += [] if words[end] in _PAUSES else [words[end]]
            end += 1
        else:
            break
    meant = [word for word in said if word not in _HESITATIONS]
    if len(meant) > 1 and _is_editing(meant):
        return end
    is_paused = words[first] in _PAUSES and words[end - 1] in _PAUSES - {"?"}
    return end if meant and is_paused and meant[0] in _ALONE else None


def _is_editing(meant: Sequence[str]) -> bool:
    return meant[0] in {"scratch", "strike", "or"} or bool(_ALONE & set(meant))


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
