"""Somebody of one role who speaks of a change asks about the other."""

from __future__ import annotations

import pytest

from actions.moves import role_moved_to
from actions.wording import words_of
from tests.actions.harness import AI, CONTENT, ML, run, texts


@pytest.mark.parametrize(
    "text",
    [
        "I'm an ML engineer and thinking of switching. What would be new for me?",
        "I have been an ML engineer, what changes if I move?",
        "as a ML engineer, how do I change over?",
        "moving on from ML: which background do they have?",
    ],
)
def test_the_other_role_is_asked_about(text: str) -> None:
    assert role_moved_to(CONTENT, words_of(text), [ML]) == AI
    told = texts(run("answer", intent="skills", text=text, roles=[ML]))
    assert told == [CONTENT.reply("skills", AI).answer]


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("I'm an ML engineer, what else must I know?", [ML]),
        ("how do I switch to ML?", [ML]),
        ("I'm an ML engineer, how do I switch to AI?", [ML, AI]),
        ("how do I switch?", []),
    ],
)
def test_any_other_message_is_on_the_role_it_names(text: str, named: list[str]) -> None:
    assert role_moved_to(CONTENT, words_of(text), named) is None
