"""Messages that join several questions."""

from __future__ import annotations

import pytest

from nlu.clauses import without_courtesies
from nlu.intent_model import IntentRanking
from nlu.normaliser import Normaliser
from nlu.outcome import OPEN_INTENT, Outcome, Thresholds, decide_part

ML, AI = "ml_engineer", "ai_engineer"
LIMITS = {"refuse_above": 0.0, "answer_above": 0.3, "gap_above": 0.35, "part_above": 0.5}


def decided(ranking: tuple[tuple[str, float], ...], refusal: float = -3.0) -> Outcome | None:
    """The decision on one of several questions."""
    return decide_part(IntentRanking(ranking, refusal), ("gap_",), Thresholds(**LIMITS))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("typed", "roles"),
    [
        ("What tools do ML engineers use, and what do AI engineers earn?", [(ML,), (AI,)]),
        ("What is ML? How do I become an AI engineer?", [(ML,), (AI,)]),
        ("Is demand growing and which sectors drive it?", [(), ()]),
        ("What do ML engineers do, and which tools do they use?", [(ML,), ()]),
        ("ok so what do ML engineers do and what tools do they use", [(ML,), ()]),
    ],
)
def test_joined_questions_are_told_apart_with_their_roles(
    normaliser: Normaliser, typed: str, roles: list[tuple[str, ...]]
) -> None:
    assert [part.roles for part in normaliser.normalise(typed).parts] == roles


def test_parts_are_normalised_like_the_whole(normaliser: Normaliser) -> None:
    found = normaliser.normalise(
        "Wich skils do machin lerning enginers need, and is demand growing?"
    )
    assert "ml engineers" in found.parts[0].text
    assert "skills" in found.parts[0].text


@pytest.mark.parametrize(
    "typed",
    [
        "What do ML and AI engineers do?",
        "What tools do they use, and why?",
        "I am a nurse. What does an ML engineer do?",
        "Finance is one; which are the others?",
        "ML and AI",
        "",
    ],
)
def test_one_question_has_no_parts(normaliser: Normaliser, typed: str) -> None:
    assert normaliser.normalise(typed).parts == ()


def test_a_clear_part_is_told_apart() -> None:
    decision = decided((("skills", 0.8), ("tools", 0.2)))
    assert decision is not None
    assert decision.intent[0] == "skills"


def test_a_part_about_a_named_gap_is_told_apart() -> None:
    decision = decided((("gap_pay", 0.7), ("skills", 0.3)), refusal=3.0)
    assert decision is not None
    assert decision.intent[0] == "gap_pay"


@pytest.mark.parametrize(
    ("ranking", "refusal"),
    [
        ((("skills", 0.45), ("tools", 0.35), ("work", 0.2)), -3.0),
        ((("skills", 0.28), ("tools", 0.26), ("work", 0.26), ("scope", 0.2)), -3.0),
        ((("gap_pay", 0.3), ("gap_law", 0.3), ("gap_llm", 0.3), ("skills", 0.1)), 3.0),
        (((OPEN_INTENT, 1.0),), 3.0),
    ],
    ids=["not confident", "could mean many things", "fits no gap", "out of scope"],
)
def test_a_part_that_is_not_clear_by_itself_is_not_told_apart(
    ranking: tuple[tuple[str, float], ...], refusal: float
) -> None:
    view = IntentRanking(ranking, refusal)
    limits = Thresholds(**LIMITS)  # type: ignore[arg-type]
    assert decide_part(view, ("gap_", OPEN_INTENT), limits) is None


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("Thank you. And the other one?", "And the other one?"),
        ("ok, tools", "ok, tools"),
        ("Thanks, you are a great help", "Thanks, you are a great help"),
        ("Hi! Good morning! What does it pay?", "What does it pay?"),
        ("good at maths, which role?", "good at maths, which role?"),
        ("No. The tools", "No. The tools"),
        ("yo whats that", "whats that"),
        ("thanks! so was it any good", "so was it any good"),
        ("hello there", "hello there"),
        ("Great, thanks a lot!", "Great, thanks a lot!"),
        ("thanks, bye", "thanks, bye"),
        ("", ""),
    ],
)
def test_courtesies_before_the_matter_are_left_out(typed: str, rest: str) -> None:
    assert without_courtesies(typed) == rest
