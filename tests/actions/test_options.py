"""What is offered below an answer."""

from __future__ import annotations

import json

import pytest

from tests.actions.harness import AI, CONTENT, ML, Reply, buttons, run, slots


def meant(button: dict[str, str]) -> tuple[str, str | None]:
    """Topic and role that a button stands for."""
    intent, brace, entities = button["payload"].removeprefix("/").partition("{")
    return intent, json.loads(brace + entities)["role"] if entities else None


@pytest.mark.parametrize("topic", [name for name in CONTENT.topic_ids if name != "role_fit"])
def test_every_answer_offers_one_to_three_related_subjects(topic: str) -> None:
    found = CONTENT.topic(topic)
    assert found is not None
    offers = [meant(button)[0] for button in buttons(run("answer", intent=topic))]
    assert offers == list(found.related[:3])


def test_offered_aspects_are_those_of_the_role_spoken_of() -> None:
    for button in buttons(run("answer", intent="skills", roles=[AI])):
        topic, role = meant(button)
        assert role == (AI if topic in CONTENT.aspects else None)
        if role:
            assert CONTENT.roles[AI].plural in button["title"]


def test_offers_of_a_comparison_name_no_role() -> None:
    assert all(meant(button)[1] is None for button in buttons(run("answer", intent="skills")))


def test_what_is_offered_is_kept_in_a_slot() -> None:
    reply = run("answer", intent="skills", roles=[ML])
    kept = [(offer["title"], offer["intent"], offer["role"]) for offer in slots(reply)["offered"]]
    assert kept == [(button["title"], *meant(button)) for button in buttons(reply)]


@pytest.mark.parametrize("action", ["answer", "more", "repeat"])
@pytest.mark.parametrize("role", [ML, AI, "both"])
def test_nothing_is_offered_that_was_told(action: str, role: str) -> None:
    reply: Reply | None = None
    told: set[tuple[str, str | None]] = set()
    for topic in [*CONTENT.aspects, *CONTENT.entries, *CONTENT.gaps, *CONTENT.aspects]:
        reply = run("answer", intent=topic, roles=[role], after=reply)
        aspect = topic in CONTENT.aspects and role != "both"
        told.add((topic, role if aspect else None))
        if action != "answer":
            reply = run(action, after=reply)
        assert not told & set(map(meant, buttons(reply)))


def test_nothing_is_offered_that_was_told_by_picking_and_going_back() -> None:
    reply = run("answer", intent="skills", roles=[ML])
    told: set[tuple[str, str | None]] = {("skills", ML)}
    for _ in range(6):
        told.add(meant(buttons(reply)[0]))
        reply = run("choose", text="1", intent="choose", after=reply)
        assert not told & set(map(meant, buttons(reply)))
    assert not told & set(map(meant, buttons(run("back", after=reply))))


def test_what_was_told_of_one_role_is_still_offered_of_the_other() -> None:
    first = run("answer", intent="tools", roles=[ML])
    second = run("answer", intent="skills", roles=[AI], after=first)
    assert ("tools", AI) in map(meant, buttons(second))


def test_the_menu_offers_subjects_that_have_an_answer() -> None:
    reply = run("menu")
    assert reply.messages[-1]["text"] == CONTENT.prompts["for_example"]
    assert len(buttons(reply)) == 3
    assert all(CONTENT.reply(*meant(button)).answer for button in buttons(reply))


def test_an_option_of_the_menu_can_be_picked() -> None:
    menu = run("menu")
    topic, role = meant(buttons(menu)[1])
    reply = run("choose", text="2", intent="choose", after=menu)
    assert reply.messages[0]["text"] == CONTENT.reply(topic, role).answer


def test_the_menu_offers_nothing_that_was_told() -> None:
    topic, _ = meant(buttons(run("menu"))[0])
    menu = run("menu", after=run("answer", intent=topic))
    assert topic not in [meant(button)[0] for button in buttons(menu)]


def test_the_menu_has_something_to_offer_when_all_was_told() -> None:
    reply: Reply | None = None
    for topic in [*CONTENT.entries, *CONTENT.aspects]:
        reply = run("answer", intent=topic, after=reply)
    assert buttons(run("menu", after=reply))


def test_offers_below_a_gap_keep_the_role_spoken_of() -> None:
    first = run("answer", intent="work", roles=[ML])
    offers = set(map(meant, buttons(run("answer", intent="gap_pay", after=first))))
    assert ("skills", ML) in offers
