"""What visitors say of the answers."""

from __future__ import annotations

import pytest

from tests.actions.harness import AI, CONTENT, ML, Reply, run, slots, texts


@pytest.fixture
def skills() -> Reply:
    """After the skills of ML engineers were told."""
    return run("answer", intent="skills", roles=[ML])


@pytest.mark.parametrize("verdict", ["feedback_good", "feedback_bad"])
def test_feedback_is_acknowledged(verdict: str, skills: Reply) -> None:
    reply = run("feedback", intent=verdict, after=skills)
    assert texts(reply) == [CONTENT.prompts[verdict]]


@pytest.mark.parametrize("verdict", ["feedback_good", "feedback_bad"])
def test_feedback_is_kept_with_the_answer_it_is_of(verdict: str, skills: Reply) -> None:
    (kept,) = slots(run("feedback", intent=verdict, after=skills))["feedback"]
    assert verdict in kept.values()
    assert any("skills" in str(value) and ML in str(value) for value in kept.values())


def test_feedback_before_any_answer_is_kept_too() -> None:
    reply = run("feedback", intent="feedback_bad")
    assert texts(reply) == [CONTENT.prompts["feedback_bad"]]
    assert len(slots(reply)["feedback"]) == 1


def test_feedback_adds_to_what_was_said_before(skills: Reply) -> None:
    first = run("feedback", intent="feedback_bad", after=skills)
    second = run("answer", intent="demand", after=first)
    kept = slots(run("feedback", intent="feedback_good", after=second))["feedback"]
    assert ["feedback_bad" in each.values() for each in kept] == [True, False]
    assert "demand" in kept[1].values()


def test_feedback_does_not_change_the_subject(skills: Reply) -> None:
    reply = run("feedback", intent="feedback_good", after=skills)
    assert texts(run("more", after=reply)) == [CONTENT.reply("skills", ML).more]


def test_feedback_is_kept_with_the_answer_that_its_button_names(skills: Reply) -> None:
    named = {"answer": f"work/{AI}"}
    (kept,) = slots(run("feedback", intent="feedback_good", entities=named, after=skills))[
        "feedback"
    ]
    assert f"work/{AI}" in kept.values()


@pytest.mark.parametrize("answer", ["no_such_topic", "skills/nobody", "", "/"])
def test_feedback_on_an_answer_that_there_is_not_goes_to_the_last(
    answer: str, skills: Reply
) -> None:
    named = {"answer": answer}
    (kept,) = slots(run("feedback", intent="feedback_good", entities=named, after=skills))[
        "feedback"
    ]
    assert f"skills/{ML}" in kept.values()
