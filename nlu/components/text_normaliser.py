"""Rasa component: repairs spelling and finds the roles that a message asks about."""

from __future__ import annotations

import json
from typing import Any

from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.constants import TOKENS_NAMES
from rasa.nlu.extractors.extractor import EntityExtractorMixin
from rasa.nlu.tokenizers.tokenizer import Token as RasaToken
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.shared.nlu.constants import (
    ENTITIES,
    ENTITY_ATTRIBUTE_END,
    ENTITY_ATTRIBUTE_START,
    ENTITY_ATTRIBUTE_TYPE,
    ENTITY_ATTRIBUTE_VALUE,
    TEXT,
)
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData
from spellchecker import SpellChecker

from content.live import live_content
from nlu.components.conversation import said_before
from nlu.components.fingerprint import source_digest
from nlu.normaliser import Normalised, Normaliser
from nlu.spelling import SpellingRepair, count_words
from nlu.text import clean, tokenize

NORMALISED = "normalised"
CONTEXT, SAID_BEFORE = "context", "said_before"
_READ = 2000  # characters
_FILE = "vocabulary.json"
# The dictionary's words alone: its own file has their frequencies too, and takes longer to read.
_LEXICON = "lexicon.txt"


# Rasa runs process_training_data of featurizers only (default_recipe.py, _create_train_nodes).
@DefaultV1Recipe.register(
    [
        DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER,
        DefaultV1Recipe.ComponentType.ENTITY_EXTRACTOR,
    ],
    is_trainable=True,
)
class TextNormaliser(GraphComponent, EntityExtractorMixin):
    """Repairs spelling towards the training data's words and extracts roles by their synonyms.

    The names of each role are those of the content (nlu/importer.py). Later components find
    the normalised message under the key `normalised` (`nlu.normaliser.Normalised`), what was said
    before it under `said_before` (`nlu.components.conversation.SaidBefore`), and under `context`
    the texts in whose light it is to be classified, normalised as well.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Options: `entity` is the name of the entity; `language` that of the dictionary."""
        return {"entity": "role", "language": "en"}

    @staticmethod
    def required_packages() -> list[str]:
        """Python packages besides Rasa's own."""
        return ["rapidfuzz"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Makes Rasa's training cache see changes in the modules behind this class."""
        return source_digest()

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._config = config
        self._model_storage = model_storage
        self._resource = resource
        self._normaliser: Normaliser | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> TextNormaliser:
        """Creates an untrained component (see Rasa's GraphComponent)."""
        return cls(config, model_storage, resource)

    @classmethod
    def load(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
        **kwargs: Any,
    ) -> TextNormaliser:
        """Loads what `train` kept (see Rasa's GraphComponent)."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            stored = json.loads((folder / _FILE).read_text(encoding="utf-8"))
            lexicon = (folder / _LEXICON).read_text(encoding="utf-8").split("\n")
        repair = SpellingRepair(stored["words"], lexicon)
        component._normaliser = Normaliser(repair, stored["aliases"])
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learns which words the training data uses and by which names it calls the roles."""
        words = count_words(clean(message.get(TEXT)) for message in training_data.intent_examples)
        aliases: dict[str, list[str]] = {}
        for name, value in training_data.entity_synonyms.items():
            aliases.setdefault(value, []).append(name.lower())
        lexicon = SpellChecker(language=self._config["language"]).word_frequency.dictionary
        self._normaliser = Normaliser(SpellingRepair(words, lexicon), aliases)
        with self._model_storage.write_to(self._resource) as folder:
            stored = json.dumps({"words": words, "aliases": aliases})
            (folder / _FILE).write_text(stored, encoding="utf-8")
            (folder / _LEXICON).write_text("\n".join(sorted(lexicon)), encoding="utf-8")
        return self._resource

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Adds the normalised text to each example; entities stay as they are annotated."""
        for message in training_data.training_examples:
            if message.get(TEXT):
                message.set(NORMALISED, self._trained.normalise(message.get(TEXT)))
        return training_data

    def process(self, messages: list[Message], tracker: DialogueStateTracker) -> list[Message]:
        """Adds the normalised text, the roles asked about and what was said before."""
        for message in messages:
            before = said_before(tracker, live_content(), message.get(TEXT) or "")
            context = [self._trained.normalise(text[:_READ]).text for text in before.texts]
            previous = self._trained.normalise(before.previous[:_READ]).typed
            # A longer message is not answered (nlu/outcome.py), so its end need not be read.
            normalised = self._trained.normalise((message.get(TEXT) or "")[:_READ])
            message.set(NORMALISED, normalised)
            message.set(SAID_BEFORE, before._replace(previous=previous))
            message.set(CONTEXT, context)
            # `rasa test` aligns entities with tokens; nothing else here needs them.
            message.set(TOKENS_NAMES[TEXT], _tokens(message.get(TEXT) or ""))
            entities = message.get(ENTITIES, []) + self._entities(normalised)
            message.set(ENTITIES, self.add_extractor_name(entities), add_to_output=True)
        return messages

    def _entities(self, normalised: Normalised) -> list[dict[str, Any]]:
        mentions, asked = normalised.roles.mentions, normalised.roles.asked
        meant = [each for each in mentions if each.value in asked or each.is_reference]
        if not meant:  # "besides this one" asks about the other, which has no words of its own
            meant = [mentions[0]._replace(value=role) for role in asked]
        return [
            {
                ENTITY_ATTRIBUTE_TYPE: self._config["entity"],
                ENTITY_ATTRIBUTE_VALUE: mention.value,
                ENTITY_ATTRIBUTE_START: mention.start,
                ENTITY_ATTRIBUTE_END: mention.end,
            }
            for mention in meant
        ]

    @property
    def _trained(self) -> Normaliser:
        if self._normaliser is None:
            raise RuntimeError("the normaliser was asked before it was trained or loaded")
        return self._normaliser


def _tokens(text: str) -> list[RasaToken]:
    return [RasaToken(token.text, token.start, token.end) for token in tokenize(text)]
