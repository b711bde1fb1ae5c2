"""What a speaker takes back in mid-sentence."""

from __future__ import annotations

import pytest

from nlu.normaliser import Normaliser

ML, AI = "ml_engineer", "ai_engineer"


@pytest.mark.parametrize(
    ("typed", "seen"),
    [
        ("what does an ML engineer, sorry, AI engineer do?", "what does an ai engineer do?"),
        ("what does an ML eng... no wait, an AI engineer do?", "what does an ai engineer do?"),
        ("which tools for ML no wait for AI", "which tools for ai"),
        ("tell me the sectors, no, the demand", "tell me the demand"),
        (
            "she wants to be a nurse, sorry, an AI engineer. How?",
            "she wants to be an ai engineer. How?",
        ),
        ("the pay um no actually what do they learn", "what do they learn"),
        ("the pay, or rather, what do they learn?", "what do they learn?"),
        ("What skills do MLEs need? Sorry, AI engineers.", "What skills do ai engineers."),
    ],
)
def test_what_is_taken_back_is_left_out(normaliser: Normaliser, typed: str, seen: str) -> None:
    assert normaliser.normalise(typed).text == seen


@pytest.mark.parametrize(
    "typed",
    [
        "no, I meant ai",
        "sorry, wrong one",
        "no wait, ai",
        "is demand growing, no?",
        "no, not the skills, sorry, the tools",
        "I don't get it, sorry. What is ml?",
        "it is not ml, no, it is ai",
        "what skills do they need? And no jargon, sorry",
        "why is there no example?",
        "I mean what I say about ai",
        "Should I go for ml, or rather ai?",
        "What does an ml engineer do? Sorry, can you explain it in simple words?",
        "I like robots and language. Wait, is ml or ai better for me?",
        "What skills do they need? Sorry, and what tools do they use?",
    ],
)
def test_other_uses_of_these_words_stay(normaliser: Normaliser, typed: str) -> None:
    assert normaliser.normalise(typed).text == typed


def test_a_role_that_is_taken_back_is_not_asked_about(normaliser: Normaliser) -> None:
    found = normaliser.normalise("skills of an ML, no wait, an AI engineer")
    assert found.roles.asked == (AI,)
    assert [mention.value for mention in found.roles.mentions] == [AI]
