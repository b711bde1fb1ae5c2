"""Rows of a comparison, meant by their place."""

from __future__ import annotations

import pytest

from tests.actions.harness import CONTENT, Reply, run, slots, texts

ROWS = CONTENT.entries["differences"].compares


@pytest.fixture
def differences() -> Reply:
    """The differences were told."""
    return run("answer", intent="differences")


def comparison(topic: str) -> str:
    """The answer on an aspect of all roles."""
    return str(CONTENT.aspects[topic].comparison.answer)


@pytest.mark.parametrize(
    ("text", "row"), [("the second difference", 1), ("difference number 3", 2)]
)
@pytest.mark.parametrize("intent", ["differences", "choose", "followup", "correct"])
def test_a_row_is_named(intent: str, text: str, row: int, differences: Reply) -> None:
    action = {"differences": "answer", "followup": "follow_up"}.get(intent, intent)
    told = texts(run(action, intent=intent, text=text, after=differences))
    assert told == [comparison(ROWS[row])]


@pytest.mark.parametrize("intent", ["choose", "followup"])
def test_another_row_follows_without_its_name(intent: str, differences: Reply) -> None:
    after = run("answer", intent="differences", text="the first difference", after=differences)
    action = {"followup": "follow_up"}.get(intent, intent)
    told = texts(run(action, intent=intent, text="and the third?", after=after))
    assert told == [comparison(ROWS[2])]


def test_a_bare_number_still_picks_what_was_offered(differences: Reply) -> None:
    after = run("answer", intent="differences", text="the first difference", after=differences)
    offered = slots(after)["offered"]
    run("choose", intent="choose", text="2", after=after)
    picked = run("choose", intent="choose", text="2", after=after)
    assert slots(picked)["topic"] == offered[1]["intent"]


def test_a_row_is_told_in_short(differences: Reply) -> None:
    told = texts(
        run("shorter", intent="shorter", text="the second one in short", after=differences)
    )
    assert told == [CONTENT.aspects[ROWS[1]].comparison.short]


@pytest.mark.parametrize(
    "text", ["is there a third?", "a bit longer please, I have room for three"]
)
def test_other_messages_with_numbers_pick_no_row(text: str, differences: Reply) -> None:
    after = run("answer", intent="differences", text="the first difference", after=differences)
    told = texts(run("answer", intent="gap_pay", text=text, after=after))
    assert told == [CONTENT.gaps["gap_pay"].answer]
