"""Rasa importer: every topic in the content folder is an intent with a rule that answers it."""

from __future__ import annotations

from typing import Any

from rasa.shared.core.domain import Domain
from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.core.training_data.structures import StoryGraph
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from content.loader import load

ANSWER_ACTION = "action_answer"


class ContentImporter(RasaFileImporter):
    """Rasa's file importer plus the intents and rules that follow from the content.

    So a new topic needs its content entry and its utterances, and nothing else: `domain.yml` and
    `data/rules.yml` list only what is not a topic.
    """

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._topics = load().topic_ids

    def get_domain(self) -> Domain:
        """The domain file's domain with the topics' intents."""
        return super().get_domain().merge(Domain.from_dict({"intents": self._topics}))

    @cached_method
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The data folder's examples, read once: Rasa asks for them twice in a training."""
        return super().get_nlu_data(language)

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """The data folder's stories and rules, and one rule for each topic."""
        rules = [_rule(topic) for topic in self._topics]
        steps = YAMLStoryReader(self.get_domain()).read_from_parsed_yaml(
            {"version": "3.1", "rules": rules}
        )
        return super().get_stories(exclusion_percentage).merge(StoryGraph(steps))


def _rule(topic: str) -> dict[str, Any]:
    return {"rule": f"answer {topic}", "steps": [{"intent": topic}, {"action": ANSWER_ACTION}]}
