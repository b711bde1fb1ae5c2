"""Rasa importer: every topic in the content folder is an intent, and every intent has one rule."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.constants import (
    USER_INTENT_BACK,
    USER_INTENT_RESTART,
    USER_INTENT_SESSION_START,
)
from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.constants import INTENT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from content.loader import draft_ids, load
from nlu.made_examples import made_examples

REPLY_ACTION = "action_reply"
# Orders that Rasa itself carries out.
_ORDERS = {USER_INTENT_BACK, USER_INTENT_RESTART, USER_INTENT_SESSION_START}


class ContentImporter(RasaFileImporter):
    """Rasa's file importer plus what follows from the content: intents, examples and rules.

    So a new topic needs its content entry and nothing else, though it is understood better with
    examples of its own. `domain.yml` lists only the intents that are no topic. Whatever a message
    is, the same action replies: it decides by all that the pipeline found in it.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._content = load()
        self._drafts = draft_ids()

    def get_domain(self) -> Domain:
        """The domain file's domain with the topics' intents."""
        return super().get_domain().merge(Domain.from_dict({"intents": self._content.topic_ids}))

    @cached_method
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The data folder's examples and the made ones, read once: Rasa asks for them twice.

        Those of topics that are drafts wait with them.
        """
        given = super().get_nlu_data(language)
        if self._drafts:
            given = given.filter_training_examples(
                lambda message: message.get(INTENT) not in self._drafts
            )
        known = {message.get("text", "").lower() for message in given.intent_examples}
        made = [
            Message.build(text=text, intent=intent)
            for intent, text in made_examples(self._content)
            if text.lower() not in known
        ]
        return given.merge(TrainingData(made))

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """The data folder's stories and rules, and one rule for each intent."""
        domain = self.get_domain()
        rules = [_rule(intent) for intent in sorted({*domain.intents} - _ORDERS)]
        steps = YAMLStoryReader(domain).read_from_parsed_yaml({"version": "3.1", "rules": rules})
        return super().get_stories(exclusion_percentage).merge(StoryGraph(steps))


def _rule(intent: str) -> dict[str, Any]:
    return {"rule": f"reply to {intent}", "steps": [{"intent": intent}, {"action": REPLY_ACTION}]}
