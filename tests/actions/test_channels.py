"""Buttons where a channel shows them, numbers where it does not."""

from __future__ import annotations

import re

import pytest

from tests.actions.harness import CONTENT, ML, Reply, buttons, run, slots, texts

NUMBERED = re.compile(r"(\d)\. (.+?)(?=\s+\d\. |$)")


def numbered(text: str) -> list[tuple[str, str]]:
    """Numbers and titles of the options in a text."""
    return NUMBERED.findall(text)


def offered(reply: Reply) -> list[tuple[str, str]]:
    """The same of the options that the assistant remembers."""
    return [(str(number), each["title"]) for number, each in enumerate(slots(reply)["offered"], 1)]


def test_buttons_stand_below_the_answer() -> None:
    reply = run("answer", intent="skills", roles=[ML], channel="rest")
    assert len(texts(reply)) == 1
    assert len(buttons(reply)) == 3


def test_the_command_line_lists_numbered_options_and_no_buttons() -> None:
    reply = run("answer", intent="skills", roles=[ML], channel="cmdline")
    answer, listed = texts(reply)
    assert answer == CONTENT.reply("skills", ML).answer
    assert listed.startswith(CONTENT.prompts["next"].split("{")[0])
    assert numbered(listed) == offered(reply)
    assert len(offered(reply)) == 3
    assert not any(message["buttons"] for message in reply.messages)


@pytest.mark.parametrize(
    ("action", "prompt"), [("menu", "for_example"), ("unsure", "did_you_mean")]
)
def test_the_command_line_lists_numbered_options_below_a_prompt(action: str, prompt: str) -> None:
    reply = run(
        action,
        ranking=[("demand", 0.2)],
        intent="nlu_fallback",
        outcome="unsure",
        channel="cmdline",
    )
    said, listed = texts(reply)
    assert said == CONTENT.prompts[prompt]
    assert numbered(listed) == offered(reply)
    assert not any(message["buttons"] for message in reply.messages)


def test_numbers_on_the_command_line_pick_what_stands_beside_them() -> None:
    first = run("answer", intent="skills", roles=[ML], channel="cmdline")
    offer = slots(first)["offered"][1]
    reply = run("choose", text="2", intent="choose", channel="cmdline", after=first)
    assert texts(reply)[0] == CONTENT.reply(offer["intent"], offer["role"]).answer


def test_a_reply_without_options_is_the_same_on_every_channel() -> None:
    for channel in ("rest", "cmdline"):
        assert texts(run("back", channel=channel)) == [CONTENT.prompts["back_at_start"]]


def test_a_visitor_may_change_the_channel() -> None:
    first = run("answer", intent="skills", channel="cmdline")
    assert len(buttons(run("answer", intent="demand", channel="rest", after=first))) > 0
