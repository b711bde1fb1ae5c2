"""Somebody of one role who speaks of a change asks about the other."""

from __future__ import annotations

import pytest

from actions.moves import role_moved_to, role_of_knower
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


@pytest.mark.parametrize(
    "text", ["does she need to know ML as well?", "must they learn ML?", "do I need ML?"]
)
def test_whether_something_must_be_known_is_asked_of_the_role_spoken_of(text: str) -> None:
    assert role_of_knower(CONTENT, words_of(text), [ML], AI) == AI
    after = run("answer", intent="collaboration", roles=[AI])
    told = texts(run("answer", intent="skills", text=text, roles=[ML], after=after))
    assert told[0].startswith("Yes, ML is one of the fields")


@pytest.mark.parametrize(
    ("text", "last"),
    [
        ("do I need an ML engineer?", AI),
        ("what do ML engineers need?", AI),
        ("does she need to know ML?", ML),
        ("does she need to know ML?", None),
    ],
)
def test_elsewhere_the_role_named_is_asked_about(text: str, last: str | None) -> None:
    assert role_of_knower(CONTENT, words_of(text), [ML], last) is None
