"""From what the model makes of a message to what the assistant does with it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from nlu.intent_model import IntentRanking, is_open
from nlu.normaliser import Normalised

ANSWER, REFUSE, UNSURE, UNREADABLE, FOREIGN = "answer", "refuse", "unsure", "unreadable", "foreign"

# Why a message is unreadable.
NO_WORDS, TOO_LONG = "no_words", "too_long"

FALLBACK = "nlu_fallback"  # Rasa's own name for "not understood"
FOREIGN_INTENT, OPEN_INTENT = "other_language", "out_of_scope"

_Ranked = tuple[str, float]


@dataclass(frozen=True)
class Thresholds:
    """Where one outcome ends and the next begins.

    Attributes:
        refuse_above: log-odds of having no answer above which a question is refused.
        answer_above: probability, among answerable intents, below which the assistant asks back.
        gap_above: share of its gap in the probability of all gaps below which a refusal names none.
        part_above: confidence that each of several joined questions must reach to be told apart.
        foreign_above: share of words that no English dictionary has above which a message is
            taken for another language.
        foreign_words: how many words it takes to tell.
        max_characters: length above which a message is not read.
    """

    refuse_above: float = 0.0
    answer_above: float = 0.15
    gap_above: float = 0.35
    part_above: float = 0.5
    foreign_above: float = 0.6
    foreign_words: int = 3
    max_characters: int = 1000


@dataclass(frozen=True)
class Outcome:
    """What to do with a message.

    Attributes:
        kind: one of the names above.
        intent: the intent that says so, with its confidence.
        ranking: answerable intents, likeliest first.
        refusal: log-odds that there is no answer.
        reason: why the message is unreadable.
        own_ranking: as `ranking`, without what was said before, where that changed it.
    """

    kind: str
    intent: _Ranked
    ranking: Sequence[_Ranked] = ()
    refusal: float | None = None
    reason: str | None = None
    own_ranking: Sequence[_Ranked] = ()


def decide(
    normalised: Normalised,
    length: int,
    understanding: IntentRanking | None,
    open_intents: Sequence[str],
    thresholds: Thresholds,
) -> Outcome:
    """Decides on one message.

    Args:
        normalised: the message's words.
        length: its characters as typed.
        understanding: the model's view; None when there was nothing to featurize.
        open_intents: prefixes of intents without an answer.
        thresholds: see `Thresholds`.
    """
    if length > thresholds.max_characters:
        return Outcome(UNREADABLE, (FALLBACK, 1.0), reason=TOO_LONG)
    if not normalised.words or understanding is None:
        return Outcome(UNREADABLE, (FALLBACK, 1.0), reason=NO_WORDS)
    if (
        normalised.words >= thresholds.foreign_words
        and normalised.unknown > thresholds.foreign_above
    ):
        return Outcome(FOREIGN, (FOREIGN_INTENT, normalised.unknown))
    return _decide_read(understanding, open_intents, thresholds)


def decide_part(
    understanding: IntentRanking, open_intents: Sequence[str], thresholds: Thresholds
) -> Outcome | None:
    """Decides on one of several questions in a message; None where it is not clear on its own."""
    decision = _decide_read(understanding, open_intents, thresholds)
    name, confidence = decision.intent
    if name in (FALLBACK, OPEN_INTENT) or confidence < thresholds.part_above:
        return None
    return decision


def _decide_read(
    understanding: IntentRanking, open_intents: Sequence[str], thresholds: Thresholds
) -> Outcome:
    answerable, gaps = _split(understanding.ranking, open_intents)
    own, _ = _split(understanding.own_ranking, open_intents)
    refusal = understanding.refusal
    if refusal is not None and refusal > thresholds.refuse_above:
        name, share = gaps[0]
        intent = (name, share) if share >= thresholds.gap_above else (OPEN_INTENT, share)
        return Outcome(REFUSE, intent, answerable, refusal, own_ranking=own)
    if answerable[0][1] < thresholds.answer_above:
        unsure = (FALLBACK, answerable[0][1])
        return Outcome(UNSURE, unsure, answerable, refusal, own_ranking=own)
    return Outcome(ANSWER, answerable[0], answerable, refusal, own_ranking=own)


def _split(
    ranking: Sequence[_Ranked], open_intents: Sequence[str]
) -> tuple[list[_Ranked], list[_Ranked]]:
    """Answerable and open intents, each with probabilities that sum to 1."""
    groups: tuple[list[_Ranked], list[_Ranked]] = ([], [])
    for name, probability in ranking:
        groups[bool(open_intents) and is_open(name, open_intents)].append((name, probability))
    return _normalise(groups[0]), _normalise(groups[1])


def _normalise(ranking: list[_Ranked]) -> list[_Ranked]:
    total = sum(probability for _, probability in ranking) or 1.0
    return [(name, probability / total) for name, probability in ranking]
