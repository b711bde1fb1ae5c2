"""What happens to a message that is too vague, and to the options offered then."""

from __future__ import annotations

import pytest

from content.loader import load
from tests.conftest import Conversation

# Which of these the model is unsure about may change as it learns; one is enough.
_VAGUE = (
    "people",
    "thing",
    "what is needed there",
    "hmm the people there",
    "what matters most there",
    "something about learning",
    "that part with the people and the skills in it",
    "the company and the people",
    "learning",
    "problems",
    "intelligence",
    "what they get out of it",
    "the good side of working there",
)
_NONE = "None of these"


@pytest.fixture(scope="module")
def vague(assistant: str) -> tuple[str, list[dict[str, str]]]:
    """A message that makes the assistant ask back, and at least two options besides "none"."""
    for text in _VAGUE:
        visitor = Conversation(assistant)
        if visitor.say(text) == load().prompts["did_you_mean"] and len(visitor.buttons) > 2:
            return text, visitor.buttons
    pytest.fail(f"the assistant asks back at none of {_VAGUE}")


Vague = tuple[str, list[dict[str, str]]]


def test_offers_topics_and_a_way_out(vague: Vague) -> None:
    _, buttons = vague
    assert 3 <= len(buttons) <= 4
    assert buttons[-1] == {"title": _NONE, "payload": "/none_of_these"}
    assert all(button["payload"].startswith("/") for button in buttons)


@pytest.mark.parametrize("by", ["number", "place", "title"])
def test_typing_a_choice_answers_like_its_button(assistant: str, vague: Vague, by: str) -> None:
    text, buttons = vague
    typed = {"number": "2", "place": "the second one", "title": buttons[1]["title"]}[by]
    clicking, typing = Conversation(assistant), Conversation(assistant)
    for visitor in (clicking, typing):
        visitor.say(text)
    assert typing.say(typed) == clicking.say(buttons[1]["payload"])
    assert typing.buttons == clicking.buttons


@pytest.mark.parametrize("how", ["/none_of_these", _NONE, "none of them"])
def test_rejecting_all_asks_for_other_words(
    conversation: Conversation, vague: Vague, how: str
) -> None:
    conversation.say(vague[0])
    assert conversation.say(how) == load().prompts["none_of_these"]
    assert conversation.buttons == []
    assert "35%" in conversation.say("By how much did false alarms go down in the project?")


def test_the_second_time_in_a_row_it_lists_its_subjects(
    conversation: Conversation, vague: Vague
) -> None:
    conversation.say(vague[0])
    reply = conversation.say(vague[0])
    assert all(topic.title in reply for topic in load().topics.values())


def test_an_answer_in_between_starts_the_count_anew(
    conversation: Conversation, vague: Vague
) -> None:
    conversation.say("???")
    assert "Python" in conversation.say("Which languages does an ML engineer write in?")
    assert "subjects I can speak about" not in conversation.say(vague[0])
