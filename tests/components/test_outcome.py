"""From what the model makes of a message to what the assistant does with it."""

from __future__ import annotations

from typing import Any

import pytest

from nlu.intent_model import IntentRanking
from nlu.normaliser import Normalised
from nlu.outcome import (
    ANSWER,
    FALLBACK,
    FOREIGN,
    FOREIGN_INTENT,
    NO_WORDS,
    OPEN_INTENT,
    REFUSE,
    TOO_LONG,
    UNREADABLE,
    UNSURE,
    Outcome,
    Thresholds,
    decide,
)
from nlu.roles import Roles

RANKING = (("skills", 0.5), ("gap_pay", 0.2), ("tools", 0.125), ("gap_law", 0.125), ("work", 0.05))
ANSWERED, OPEN = -3.0, 3.0  # log-odds of having no answer
# Thresholds of these tests, whatever today's defaults are.
THRESHOLDS = {
    "refuse_above": 0.0,
    "answer_above": 0.3,
    "gap_above": 0.35,
    "foreign_above": 0.6,
    "foreign_words": 3,
    "max_characters": 1000,
}


def decided(
    ranking: tuple[tuple[str, float], ...] = RANKING,
    refusal: float | None = ANSWERED,
    words: int = 6,
    unknown: float = 0.0,
    length: int = 40,
    readable: bool = True,
    open_intents: tuple[str, ...] = ("gap_",),
    **thresholds: Any,
) -> Outcome:
    """The decision on a message that is ordinary but for what is named."""
    normalised = Normalised("", words, unknown, Roles((), ()))
    understanding = IntentRanking(ranking, refusal) if readable else None
    limits = Thresholds(**{**THRESHOLDS, **thresholds})
    return decide(normalised, length, understanding, open_intents, limits)


def test_a_clear_question_is_answered() -> None:
    decision = decided()
    assert decision.kind == ANSWER
    assert decision.intent[0] == "skills"


def test_confidence_is_the_share_among_what_has_an_answer() -> None:
    assert decided().intent[1] == pytest.approx(0.5 / 0.675)


def test_the_ranking_has_only_what_has_an_answer_and_sums_to_one() -> None:
    ranking = decided().ranking
    assert [name for name, _ in ranking] == ["skills", "tools", "work"]
    assert sum(share for _, share in ranking) == pytest.approx(1.0)


def test_a_question_without_an_answer_is_refused_with_the_name_of_its_gap() -> None:
    decision = decided(refusal=OPEN)
    assert decision.kind == REFUSE
    assert decision.intent[0] == "gap_pay"
    assert decision.intent[1] == pytest.approx(0.2 / 0.325)
    assert decision.refusal == OPEN


def test_a_refusal_still_ranks_what_has_an_answer() -> None:
    assert decided(refusal=OPEN).ranking[0][0] == "skills"


def test_a_refusal_that_fits_no_gap_well_names_none() -> None:
    decision = decided(refusal=OPEN, gap_above=0.9)
    assert decision.kind == REFUSE
    assert decision.intent[0] == OPEN_INTENT


def test_a_refusal_begins_above_its_threshold() -> None:
    assert decided(refusal=1.0, refuse_above=1.0).kind == ANSWER
    assert decided(refusal=1.01, refuse_above=1.0).kind == REFUSE


def test_a_question_that_could_mean_many_things_is_unsure() -> None:
    even = (("skills", 0.26), ("tools", 0.25), ("work", 0.25), ("scope", 0.24))
    decision = decided(even)
    assert decision.kind == UNSURE
    assert decision.intent == (FALLBACK, pytest.approx(0.26))
    assert [name for name, _ in decision.ranking] == ["skills", "tools", "work", "scope"]


def test_an_answer_begins_at_its_threshold() -> None:
    half = (("skills", 0.5), ("tools", 0.5))
    assert decided(half, answer_above=0.5).kind == ANSWER
    assert decided(half, answer_above=0.51).kind == UNSURE


def test_a_message_without_words_is_unreadable() -> None:
    decision = decided(words=0)
    assert (decision.kind, decision.reason) == (UNREADABLE, NO_WORDS)
    assert decision.intent == (FALLBACK, 1.0)


def test_a_message_that_nothing_was_made_of_is_unreadable() -> None:
    assert decided(readable=False).reason == NO_WORDS


def test_a_message_that_is_too_long_is_unreadable_whatever_it_says() -> None:
    assert decided(length=1000).kind == ANSWER
    decision = decided(length=1001)
    assert (decision.kind, decision.reason) == (UNREADABLE, TOO_LONG)
    assert decided(length=1001, words=0).reason == TOO_LONG


def test_a_message_of_words_that_are_not_english_is_foreign() -> None:
    decision = decided(unknown=0.8)
    assert decision.kind == FOREIGN
    assert decision.intent[0] == FOREIGN_INTENT


def test_two_unknown_words_do_not_make_a_message_foreign() -> None:
    assert decided(unknown=1.0, words=2).kind == ANSWER


def test_some_unknown_words_do_not_make_a_message_foreign() -> None:
    assert decided(unknown=0.6).kind == ANSWER


def test_without_a_view_on_answerability_nothing_is_refused() -> None:
    decision = decided(refusal=None, open_intents=())
    assert decision.kind == ANSWER
    assert "gap_pay" in [name for name, _ in decision.ranking]


@pytest.mark.parametrize("decision", [decided(), decided(refusal=OPEN)])
def test_a_message_that_was_read_has_no_reason(decision: Outcome) -> None:
    assert decision.reason is None
