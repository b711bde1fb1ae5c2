"""Picking one of the subjects offered, or none."""

from __future__ import annotations

import pytest

from tests.actions.harness import CONTENT, ML, Reply, buttons, run, slots, texts

RELATED = CONTENT.aspects["skills"].related


def answer(index: int) -> list[str]:
    """The texts expected when one of the subjects beside the skills is picked."""
    role = ML if RELATED[index] in CONTENT.aspects else None
    return [CONTENT.reply(RELATED[index], role).answer]


@pytest.fixture
def offered() -> Reply:
    """After the skills of ML engineers were told, with three subjects offered."""
    reply = run("answer", intent="skills", roles=[ML])
    assert len(buttons(reply)) == 3
    return reply


@pytest.fixture
def doubted() -> Reply:
    """After "did you mean", with two subjects and a way out offered."""
    return run("unsure", intent="nlu_fallback", ranking=[("demand", 0.2), ("skills", 0.2)])


@pytest.mark.parametrize(
    ("text", "index"),
    [
        *[("1", 0), ("2", 1), ("3", 2), ("2.", 1), ("number 3", 2), ("option 1 please", 0)],
        *[("one", 0), ("two", 1), ("the second one", 1), ("the first one", 0), ("third", 2)],
        *[("the 2nd", 1), ("the last one", 2), ("the latter", 2), ("the former", 0)],
    ],
)
def test_an_option_is_picked_by_number_or_place(offered: Reply, text: str, index: int) -> None:
    assert texts(run("choose", text=text, intent="choose", after=offered)) == answer(index)


@pytest.mark.parametrize("index", [0, 1, 2])
def test_an_option_is_picked_by_its_title(offered: Reply, index: int) -> None:
    title = buttons(offered)[index]["title"]
    for text in (title, title.lower(), f" {title.upper()}! "):
        assert texts(run("choose", text=text, intent="choose", after=offered)) == answer(index)


def test_yes_picks_the_first_option(offered: Reply) -> None:
    assert texts(run("choose", text="yes please", intent="affirm", after=offered)) == answer(0)


def test_what_was_picked_is_what_is_spoken_of(offered: Reply) -> None:
    after = slots(run("choose", text="2", intent="choose", after=offered))
    assert after["topic"] == RELATED[1]


@pytest.mark.parametrize("text", ["7", "the fourth", "that one", ""])
def test_an_option_that_was_not_offered_is_asked_for_again(offered: Reply, text: str) -> None:
    reply = run("choose", text=text, intent="choose", after=offered)
    assert texts(reply) == [CONTENT.prompts["no_such_option"]]
    assert buttons(reply) == buttons(offered)


def test_nothing_can_be_picked_where_nothing_was_offered() -> None:
    reply = run("choose", text="2", intent="choose")
    assert texts(reply) == [CONTENT.prompts["rephrase"]]
    assert buttons(reply) == []


def test_an_option_of_did_you_mean_is_picked(doubted: Reply) -> None:
    reply = run("choose", text="2", intent="choose", after=doubted)
    assert texts(reply) == [CONTENT.reply("skills", None).answer]


def test_none_of_these_after_did_you_mean_asks_for_other_words(doubted: Reply) -> None:
    reply = run("none_of_these", text="none of these", intent="none_of_these", after=doubted)
    assert texts(reply) == [CONTENT.prompts["none_of_these"]]
    assert slots(reply)["offered"] == []


def test_no_after_an_answer_is_all_right(offered: Reply) -> None:
    reply = run("none_of_these", text="no", intent="deny", after=offered)
    assert texts(reply) == [CONTENT.prompts["all_right"]]
    assert slots(reply)["offered"] == []


@pytest.mark.parametrize("text", ["3", "the last one", "None of these"])
def test_none_of_these_can_be_picked_like_an_option(doubted: Reply, text: str) -> None:
    assert buttons(doubted)[-1]["title"] == "None of these"
    reply = run("choose", text=text, intent="choose", after=doubted)
    assert texts(reply) == [CONTENT.prompts["none_of_these"]]
