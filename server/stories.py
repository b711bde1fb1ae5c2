"""Lets `rasa test` understand the messages of a story in the light of what the story said before.

Rasa's test hands each message to the pipeline by itself (rasa/core/test.py,
`_predict_tracker_actions`), where the server hands the conversation over with it. Actions are not
run there: slots have what the story sets.
"""

from __future__ import annotations

from typing import Any

from rasa.core import agent as rasa_agent
from rasa.core import test as rasa_test
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.trackers import DialogueStateTracker

_predict_tracker_actions = rasa_test._predict_tracker_actions


class StoryProcessor(MessageProcessor):
    """Rasa's processor that remembers the conversation whose actions it predicts."""

    told: DialogueStateTracker | None = None

    async def parse_message(
        self,
        message: UserMessage,
        tracker: DialogueStateTracker | None = None,
        only_output_properties: bool = True,
    ) -> dict[str, Any]:
        """As Rasa's, with the conversation where none is given."""
        known = tracker or self.told
        parsed: dict[str, Any] = await super().parse_message(message, known, only_output_properties)
        return parsed

    def predict_next_with_tracker_if_should(self, tracker: DialogueStateTracker) -> Any:
        """As Rasa's."""
        self.told = tracker
        return super().predict_next_with_tracker_if_should(tracker)


async def _predict_from_the_start(
    tracker: DialogueStateTracker, agent: Any, *args: Any, **options: Any
) -> Any:
    agent.processor.told = None
    return await _predict_tracker_actions(tracker, agent, *args, **options)


def install() -> None:
    """Makes Rasa's test of this process use these."""
    rasa_agent.MessageProcessor = StoryProcessor
    rasa_test._predict_tracker_actions = _predict_from_the_start
