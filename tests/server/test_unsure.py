"""What happens to a message that is too vague, and to the options offered then."""

from __future__ import annotations

import pytest

from content.loader import load
from tests.conftest import Conversation

# The reader finds something to say to nearly every message; this is what a message comes to for
# which it does not.
_VAGUE = "/nlu_fallback"
_NONE = "None of these"


def puzzle(visitor: Conversation) -> list[dict[str, str]]:
    """Makes the assistant ask back; returns what it offers."""
    visitor.say("Which industries need them?")
    assert visitor.say(_VAGUE) == load().prompts["did_you_mean"]
    return visitor.buttons


def test_offers_topics_and_a_way_out(conversation: Conversation) -> None:
    buttons = puzzle(conversation)
    assert 3 <= len(buttons) <= 4
    assert buttons[-1] == {"title": _NONE, "payload": "/none_of_these"}
    assert all(button["payload"].startswith("/") for button in buttons)


@pytest.mark.parametrize("by", ["number", "place", "title"])
def test_typing_a_choice_answers_like_its_button(assistant: str, by: str) -> None:
    clicking, typing = Conversation(assistant), Conversation(assistant)
    buttons = puzzle(clicking)
    assert puzzle(typing) == buttons
    typed = {"number": "2", "place": "the second one", "title": buttons[1]["title"]}[by]
    assert typing.say(typed) == clicking.say(buttons[1]["payload"])
    assert typing.buttons == clicking.buttons


@pytest.mark.parametrize("how", ["/none_of_these", _NONE, "none of them"])
def test_rejecting_all_asks_for_other_words(conversation: Conversation, how: str) -> None:
    puzzle(conversation)
    assert conversation.say(how) == load().prompts["none_of_these"]
    assert conversation.buttons == []
    assert "35" in conversation.say("By how much did false alarms go down in the project?")


def test_the_second_time_in_a_row_it_lists_its_subjects(conversation: Conversation) -> None:
    puzzle(conversation)
    reply = conversation.say(_VAGUE)
    assert all(topic.title in reply for topic in load().topics.values())


def test_an_answer_in_between_starts_the_count_anew(conversation: Conversation) -> None:
    conversation.say(_VAGUE)
    assert "Python" in conversation.say("Which languages does an ML engineer write in?")
    assert "subjects I can speak about" not in conversation.say(_VAGUE)
