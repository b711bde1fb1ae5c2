"""The answer to a question."""

from __future__ import annotations

import pytest

from tests.actions.harness import (
    AI,
    BOTH,
    CONTENT,
    FORMER,
    LATTER,
    ML,
    OTHER,
    run,
    slots,
    texts,
)


def answer(topic: str, role: str | None = None) -> list[str]:
    """The texts expected on a topic."""
    return [CONTENT.reply(topic, role).answer]


@pytest.mark.parametrize("role", CONTENT.roles)
@pytest.mark.parametrize("topic", CONTENT.aspects)
def test_an_aspect_is_answered_of_the_role_asked_about(topic: str, role: str) -> None:
    assert texts(run("answer", intent=topic, roles=[role])) == answer(topic, role)


@pytest.mark.parametrize("roles", [[ML, AI], [AI, ML], [BOTH], [BOTH, ML, AI]])
@pytest.mark.parametrize("topic", CONTENT.aspects)
def test_an_aspect_is_answered_side_by_side_when_both_are_asked_about(
    topic: str, roles: list[str]
) -> None:
    assert texts(run("answer", intent=topic, roles=roles)) == answer(topic)


def test_an_aspect_is_answered_side_by_side_when_no_role_was_ever_named() -> None:
    assert texts(run("answer", intent="skills")) == answer("skills")


@pytest.mark.parametrize("topic", CONTENT.entries)
def test_an_entry_is_answered_alike_whatever_role_is_named(topic: str) -> None:
    assert texts(run("answer", intent=topic)) == answer(topic)
    assert texts(run("answer", intent=topic, roles=[ML])) == answer(topic)


@pytest.mark.parametrize("topic", CONTENT.gaps)
def test_a_gap_is_told_as_such(topic: str) -> None:
    assert texts(run("answer", intent=topic)) == [CONTENT.gaps[topic].answer]


def test_the_role_last_spoken_of_is_kept() -> None:
    first = run("answer", intent="skills", roles=[AI])
    assert texts(run("answer", intent="work", after=first)) == answer("work", AI)


@pytest.mark.parametrize("between", ["demand", "gap_pay"])
def test_the_role_last_spoken_of_is_kept_over_a_topic_without_roles(between: str) -> None:
    first = run("answer", intent="skills", roles=[AI])
    second = run("answer", intent=between, after=first)
    assert texts(run("answer", intent="work", after=second)) == answer("work", AI)


def test_a_comparison_ends_the_role_last_spoken_of() -> None:
    first = run("answer", intent="skills", roles=[AI])
    second = run("answer", intent="skills", roles=[BOTH], after=first)
    assert texts(run("answer", intent="work", after=second)) == answer("work")


def test_a_role_named_anew_takes_the_place_of_the_last() -> None:
    first = run("answer", intent="skills", roles=[AI])
    assert texts(run("answer", intent="work", roles=[ML], after=first)) == answer("work", ML)


@pytest.mark.parametrize(("last", "meant"), [(ML, AI), (AI, ML)])
def test_the_other_role_is_the_one_not_last_spoken_of(last: str, meant: str) -> None:
    first = run("answer", intent="skills", roles=[last])
    second = run("answer", intent="work", roles=[OTHER], after=first)
    assert texts(second) == answer("work", meant)


def test_the_other_role_of_nobody_is_both() -> None:
    assert texts(run("answer", intent="work", roles=[OTHER])) == answer("work")


@pytest.mark.parametrize(("reference", "meant"), [(FORMER, ML), (LATTER, AI)])
def test_former_and_latter_go_by_the_order_of_the_roles(reference: str, meant: str) -> None:
    first = run("answer", intent="skills", roles=[BOTH])
    second = run("answer", intent="work", roles=[reference], after=first)
    assert texts(second) == answer("work", meant)


def test_what_was_spoken_of_is_kept_in_slots() -> None:
    after = slots(run("answer", intent="skills", roles=[ML]))
    assert after["topic"] == "skills"
    assert after["role"] == ML


def test_several_questions_in_one_message_are_answered_in_order() -> None:
    parts = [{"intent": "skills", "roles": [ML]}, {"intent": "demand", "roles": []}]
    reply = run("answer", intent="skills", parts=parts)
    assert texts(reply) == answer("skills", ML) + answer("demand")
    assert slots(reply)["topic"] == "demand"


def test_a_role_named_once_goes_for_several_questions() -> None:
    parts = [{"intent": "skills", "roles": [AI]}, {"intent": "work", "roles": []}]
    reply = run("answer", intent="skills", parts=parts)
    assert texts(reply) == answer("skills", AI) + answer("work", AI)


def test_a_short_message_is_read_as_the_topic_next_to_the_last() -> None:
    near = next(name for name in CONTENT.entries["demand"].related if name in CONTENT.entries)
    ranking = [("article", 0.5), (near, 0.4)]
    first = run("answer", intent="demand")
    assert texts(run("answer", text="and where", intent="article", ranking=ranking)) == answer(
        "article"
    )
    second = run("answer", text="and where", intent="article", ranking=ranking, after=first)
    assert texts(second) == answer(near)


@pytest.mark.parametrize(
    ("text", "role"),
    [
        ("let me stay with the first. Which tools are those?", ML),
        ("and the tools for the second", AI),
        ("which tools do I have to learn first?", None),
        ("two questions about tools", None),
    ],
)
def test_a_role_is_meant_by_its_place_only_behind_for_or_the_like(
    text: str, role: str | None
) -> None:
    assert texts(run("answer", intent="tools", text=text)) == [CONTENT.reply("tools", role).answer]
