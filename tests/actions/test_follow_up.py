"""What only makes sense after an answer: the same of another role, and a correction."""

from __future__ import annotations

import pytest

from tests.actions.harness import AI, BOTH, CONTENT, ML, OTHER, Reply, buttons, run, slots, texts

DEFINITION = next(iter(CONTENT.aspects))
NOTHING_YET = [CONTENT.prompts["nothing_yet"]]


@pytest.fixture
def skills() -> Reply:
    """After the skills of ML engineers were told."""
    return run("answer", intent="skills", roles=[ML])


def answer(topic: str, role: str | None = None) -> list[str]:
    """The texts expected on a topic."""
    return [CONTENT.reply(topic, role).answer]


@pytest.mark.parametrize("roles", [[AI], [OTHER], []])
def test_a_follow_up_tells_the_same_of_the_other_role(skills: Reply, roles: list[str]) -> None:
    reply = run("follow_up", roles=roles, after=skills)
    assert texts(reply) == answer("skills", AI)
    assert (slots(reply)["topic"], slots(reply)["role"]) == ("skills", AI)


def test_a_follow_up_on_both_sets_them_side_by_side(skills: Reply) -> None:
    assert texts(run("follow_up", roles=[BOTH], after=skills)) == answer("skills")


def test_a_follow_up_can_go_there_and_back(skills: Reply) -> None:
    other = run("follow_up", after=skills)
    assert texts(run("follow_up", after=other)) == answer("skills", ML)


@pytest.mark.parametrize("role", [ML, AI])
def test_a_follow_up_at_the_start_tells_what_the_role_is(role: str) -> None:
    assert texts(run("follow_up", roles=[role])) == answer(DEFINITION, role)


def test_a_follow_up_at_the_start_without_a_role_says_that_nothing_was_spoken_of() -> None:
    assert texts(run("follow_up")) == NOTHING_YET


def test_a_follow_up_on_a_gap_stays_with_the_gap() -> None:
    gap = run("answer", intent="gap_pay")
    assert texts(run("follow_up", roles=[AI], after=gap)) == [CONTENT.gaps["gap_pay"].answer]


def test_a_correction_that_names_a_role_turns_to_it(skills: Reply) -> None:
    assert texts(run("correct", roles=[AI], after=skills)) == answer("skills", AI)


def test_a_correction_that_names_a_topic_turns_to_it(skills: Reply) -> None:
    reply = run("correct", ranking=[("correct", 0.4), ("tools", 0.5)], after=skills)
    assert texts(reply) == answer("tools", ML)


def test_a_correction_that_names_nothing_asks_what_was_meant(skills: Reply) -> None:
    reply = run("correct", ranking=[("correct", 0.96)], after=skills)
    assert texts(reply) == [CONTENT.prompts["correct"]]
    assert [offer["title"] for offer in slots(reply)["offered"]] == [
        button["title"] for button in buttons(reply)
    ]
    assert buttons(reply)


def test_a_correction_at_the_start_asks_what_was_meant() -> None:
    reply = run("correct")
    assert texts(reply) == [CONTENT.prompts["correct"]]
    assert buttons(reply) == []
