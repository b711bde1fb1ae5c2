"""Rasa importer: what Rasa needs, from content, thread and what the engine itself brings."""

from __future__ import annotations

from pathlib import Path
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
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from rasa.shared.utils.common import cached_method

from content.loader import draft_ids, load
from nlu.made_examples import (
    STATEMENT,
    engine_files,
    made_examples,
    of_roles,
    role_names,
    statement_examples,
)
from nlu.slots import slots

REPLY_ACTION = "action_reply"
# Orders that Rasa itself carries out.
_ORDERS = {USER_INTENT_BACK, USER_INTENT_RESTART, USER_INTENT_SESSION_START}


class ContentImporter(RasaFileImporter):
    """Rasa's file importer plus what follows from the content: intents, examples, names and rules.

    So an article needs its content and nothing else, though it is understood better with examples
    of its own. What is said in any conversation is read from the engine's own files, wherever the
    article is. `domain.yml` lists only the intents that are no topic, and no slot of the thread.
    Whatever a message is, the same action replies: it decides by all that the pipeline found in it.
    """

    def __init__(
        self,
        config_file: str | None = None,
        domain_path: str | None = None,
        training_data_paths: list[str] | str | None = None,
        **kwargs: Any,
    ) -> None:
        super().__init__(config_file, domain_path, training_data_paths, **kwargs)
        given = {Path(path).resolve() for path in self._nlu_files}
        self._nlu_files += [str(path) for path in engine_files() if path.resolve() not in given]
        self._content = load()
        self._drafts = draft_ids()

    def get_domain(self) -> Domain:
        """The domain file's domain with the topics' intents and the thread's slots."""
        made = {message.get(INTENT) for message in self.get_nlu_data().intent_examples}
        intents = [*self._content.topic_ids, *({STATEMENT} & made)]
        return super().get_domain().merge(Domain.from_dict({"intents": intents, "slots": slots()}))

    @cached_method
    def get_nlu_data(self, language: str | None = "en") -> TrainingData:
        """The examples of the engine, of the data folder and of the content, read once.

        Those of topics that are drafts wait with them.
        """
        given = self._with_roles(self._without_drafts(super().get_nlu_data(language)))
        known = {message.get(TEXT, "").lower() for message in given.intent_examples}
        asked = {message.get(INTENT) for message in given.intent_examples}
        made = [*made_examples(self._content)]
        made += [(STATEMENT, text) for text in statement_examples(self._content, asked)]
        new = {
            text.lower(): Message.build(text=text, intent=intent)
            for intent, text in made
            if text.lower() not in known
        }
        names = {name: role for role, names in role_names(self._content).items() for name in names}
        return given.merge(TrainingData(list(new.values()), entity_synonyms=names))

    def _without_drafts(self, given: TrainingData) -> TrainingData:
        return given.filter_training_examples(
            lambda message: message.get(INTENT) not in self._drafts
        )

    def _with_roles(self, given: TrainingData) -> TrainingData:
        """The examples with the roles' names in them; without those that need more roles."""
        kept = []
        for place, message in enumerate(given.training_examples):
            text = message.get(TEXT)
            filled = of_roles(text, self._content.roles, place) if text else None
            if text and filled is None:
                continue
            if filled != text:
                message.set(TEXT, filled)
            kept.append(message)
        given.training_examples = kept
        return given

    def get_stories(self, exclusion_percentage: int | None = None) -> StoryGraph:
        """The data folder's stories and rules, and one rule for each intent."""
        domain = self.get_domain()
        rules = [_rule(intent) for intent in sorted({*domain.intents} - _ORDERS)]
        steps = YAMLStoryReader(domain).read_from_parsed_yaml({"version": "3.1", "rules": rules})
        return super().get_stories(exclusion_percentage).merge(StoryGraph(steps))


def _rule(intent: str) -> dict[str, Any]:
    return {"rule": f"reply to {intent}", "steps": [{"intent": intent}, {"action": REPLY_ACTION}]}
