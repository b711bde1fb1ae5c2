"""`rasa test` understands a story's messages in the light of what the story said before."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from rasa.core import agent as rasa_agent
from rasa.core import test as rasa_test
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

from server import stories
from server.stories import StoryProcessor

STORY = DialogueStateTracker.from_events("story", [])


@pytest.fixture(autouse=True)
def parsed(monkeypatch: pytest.MonkeyPatch) -> list[Any]:
    """The trackers that messages were parsed with; Rasa is as it was after the test."""
    trackers: list[Any] = []

    async def parse_message(self: Any, message: Any, tracker: Any, *_: Any) -> dict[str, Any]:
        trackers.append(tracker)
        return {}

    monkeypatch.setattr(MessageProcessor, "parse_message", parse_message)
    monkeypatch.setattr(
        MessageProcessor, "predict_next_with_tracker_if_should", lambda self, tracker: None
    )
    monkeypatch.setattr(rasa_agent, "MessageProcessor", MessageProcessor)
    monkeypatch.setattr(rasa_test, "_predict_tracker_actions", stories._predict_tracker_actions)
    return trackers


def test_a_message_is_understood_after_what_the_story_said(parsed: list[Any]) -> None:
    processor = StoryProcessor.__new__(StoryProcessor)
    processor.predict_next_with_tracker_if_should(STORY)
    asyncio.run(processor.parse_message(UserMessage("and that?")))
    assert parsed == [STORY]


def test_a_tracker_that_is_given_counts(parsed: list[Any]) -> None:
    processor = StoryProcessor.__new__(StoryProcessor)
    processor.predict_next_with_tracker_if_should(STORY)
    other = DialogueStateTracker.from_events("other", [])
    asyncio.run(processor.parse_message(UserMessage("and that?"), other))
    assert parsed[0] is other


def test_a_new_story_begins_with_nothing_said(monkeypatch: pytest.MonkeyPatch) -> None:
    class Agent:
        processor = StoryProcessor.__new__(StoryProcessor)

    seen: list[Any] = []

    async def predict(tracker: Any, agent: Any) -> None:
        seen.append(agent.processor.told)

    monkeypatch.setattr(stories, "_predict_tracker_actions", predict)
    stories.install()
    assert rasa_agent.MessageProcessor is StoryProcessor
    Agent.processor.told = STORY
    asyncio.run(rasa_test._predict_tracker_actions(STORY, Agent))
    assert seen == [None]
