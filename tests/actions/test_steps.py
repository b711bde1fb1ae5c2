"""The order of the steps that an answer tells."""

from __future__ import annotations

from itertools import pairwise

import pytest

from tests.actions.harness import AI, CONTENT, ML, Reply, run, texts

WORK = CONTENT.reply("work", ML).steps
EXAMPLE = CONTENT.reply("example", ML).steps


@pytest.fixture
def work() -> Reply:
    """The work of ML engineers was told."""
    return run("answer", intent="work", roles=[ML])


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("what comes first?", f"{WORK[0]} comes first."),
        ("which is the last step", f"{WORK[-1]} comes last."),
        ("which step is before fine-tuning?", f"Before {WORK[3]} comes {WORK[2]}."),
        ("what happens after preprocessing", f"After {WORK[1]} comes {WORK[2]}."),
        ("what comes before collecting data?", f"No step is named before {WORK[0]}."),
        ("what comes after monitoring?", f"No step is named after {WORK[-1]}."),
    ],
)
@pytest.mark.parametrize("intent", ["work", "more"])
def test_a_step_is_told_by_its_place(intent: str, text: str, expected: str, work: Reply) -> None:
    action = "answer" if CONTENT.topic(intent) else intent
    told = texts(run(action, intent=intent, text=text, after=work))
    assert told[0].lower() == expected.lower()


def test_a_step_is_told_though_the_question_sounds_like_a_gap(work: Reply) -> None:
    text = "what is done before fine-tuning?"
    told = texts(run("answer", intent="gap_how_to", text=text, after=work))
    assert told == [f"Before {WORK[3]} comes {WORK[2]}."]


def test_steps_are_told_one_after_the_other(work: Reply) -> None:
    after = run("more", intent="more", text="what comes first?", after=work)
    for before, step in pairwise(WORK):
        after = run("more", intent="more", text="and then?", after=after)
        assert texts(after) == [f"After {before} comes {step}."]


def test_a_question_that_brings_its_subject_is_on_that() -> None:
    text = "what comes first in a project like that?"
    told = texts(run("answer", intent="example", roles=[ML], text=text))
    assert told[0].lower() == f"{EXAMPLE[0]} comes first.".lower()


def test_of_an_aspect_of_all_roles_the_one_with_steps_is_meant() -> None:
    after = run("answer", intent="work")
    told = texts(run("answer", intent="work", text="what do they do first?", after=after))
    assert told[0].lower() == f"{WORK[0]} comes first.".lower()


@pytest.mark.parametrize(
    ("text", "topic"),
    [
        ("what should I learn first?", "pathway"),
        ("so done after training, then?", "work"),
        ("the first", "work"),
        ("what do they do?", "work"),
    ],
)
def test_any_other_message_is_answered_as_ever(text: str, topic: str, work: Reply) -> None:
    told = texts(run("answer", intent=topic, text=text, after=work))
    assert "comes" not in told[0]


def test_a_role_without_steps_has_none() -> None:
    after = run("answer", intent="work", roles=[AI])
    told = texts(run("answer", intent="work", text="what comes first?", after=after))
    assert told == [CONTENT.reply("work", AI).answer]


@pytest.mark.parametrize("text", ["what are the steps?", "all the steps please, start to finish"])
def test_the_steps_as_a_whole_are_the_answer(text: str) -> None:
    after = run("answer", intent="example", roles=[ML])
    told = texts(run("answer", intent="pathway", text=text, after=after))
    assert told == [CONTENT.reply("example", ML).answer]


def test_the_steps_of_a_career_are_none_of_the_work(work: Reply) -> None:
    text = "what are the steps to become one?"
    told = texts(run("answer", intent="pathway", text=text, after=work))
    assert told == [CONTENT.reply("pathway", ML).answer]
