"""Rasa component: intent and answerability of a message."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.classifiers.classifier import IntentClassifier
from rasa.shared.nlu.constants import INTENT, TEXT
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.classifier import KernelOptions
from nlu.components.fingerprint import source_digest
from nlu.components.sentence_featurizer import CONTEXT_VECTORS, PART_VECTORS
from nlu.components.text_normaliser import NORMALISED
from nlu.intent_model import IntentModel
from nlu.outcome import Outcome, Thresholds, decide, decide_part

PART_INTENTS = "part_intents"
_FILE = "understanding.npz"
_RANKING_LENGTH = 10


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.INTENT_CLASSIFIER, is_trainable=True)
class FaqIntentClassifier(GraphComponent, IntentClassifier):
    """Classifies the intent and decides whether to answer, to refuse or to ask back.

    Besides `intent` and `intent_ranking` (answerable intents only) a message gets `understanding`:
    what was decided, the refusal's log-odds, the normalised text, and intent and roles of each
    question where a message joins several, for actions, reports and tests. Later components find
    the intent of each such question under `part_intents`, None where it is not clear.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Options: `open_intents` (prefixes of intents without an answer), kernel, thresholds."""
        options, thresholds = KernelOptions(), Thresholds()
        return {
            "open_intents": [],
            **{field.name: getattr(options, field.name) for field in fields(options)},
            **{field.name: getattr(thresholds, field.name) for field in fields(thresholds)},
        }

    @staticmethod
    def required_packages() -> list[str]:
        """Python packages besides Rasa's own."""
        return ["sklearn"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Makes Rasa's training cache see changes in the modules behind this class."""
        return source_digest()

    def __init__(
        self, config: dict[str, Any], model_storage: ModelStorage, resource: Resource
    ) -> None:
        self._model_storage = model_storage
        self._resource = resource
        self._open = tuple(config["open_intents"])
        self._options = KernelOptions(**{f.name: config[f.name] for f in fields(KernelOptions)})
        self._thresholds = Thresholds(**{f.name: config[f.name] for f in fields(Thresholds)})
        self._model: IntentModel | None = None

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> FaqIntentClassifier:
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
    ) -> FaqIntentClassifier:
        """Loads the trained model; a file cut short is an error, not an untrained classifier."""
        component = cls(config, model_storage, resource)
        with model_storage.read_from(resource) as folder:
            component._model = IntentModel.load(folder / _FILE, component._open, component._options)
        return component

    def train(self, training_data: TrainingData) -> Resource:
        """Learns from all examples that have an intent."""
        examples = [m for m in training_data.intent_examples if m.get(NORMALISED)]
        self._model = IntentModel(self._open, self._options)
        self._model.fit(
            [message.get(NORMALISED).text for message in examples],
            np.concatenate([_vector(message) for message in examples]),
            [message.get(INTENT) for message in examples],
        )
        with self._model_storage.write_to(self._resource) as folder:
            self._model.save(folder / _FILE)
        return self._resource

    def process(self, messages: list[Message]) -> list[Message]:
        """Sets intent, ranking and understanding of each message."""
        for message in messages:
            decision = self._decide(message)
            message.set(PART_INTENTS, self._part_intents(message))
            message.set(INTENT, _intent(*decision.intent), add_to_output=True)
            message.set("intent_ranking", _intents(decision.ranking), add_to_output=True)
            view = {
                "outcome": decision.kind,
                "reason": decision.reason,
                "refusal": decision.refusal,
                "text": message.get(NORMALISED).text,
                "parts": _parts(message),
                "own_ranking": _intents(decision.own_ranking),
            }
            message.set("understanding", view, add_to_output=True)
        return messages

    def _decide(self, message: Message) -> Outcome:
        if self._model is None:
            raise RuntimeError("the classifier was asked before it was trained or loaded")
        understanding = None
        if _has_vector(message):
            text = message.get(NORMALISED).text
            before = message.get(CONTEXT_VECTORS)
            context = np.stack(before) if before else None
            (understanding,) = self._model.understand([text], _vector(message), context)
        length = len(message.get(TEXT) or "")
        return decide(message.get(NORMALISED), length, understanding, self._open, self._thresholds)

    def _part_intents(self, message: Message) -> list[str | None]:
        parts = message.get(NORMALISED).parts
        if self._model is None or not parts or not _has_vector(message):
            return []
        vectors = np.stack(message.get(PART_VECTORS))
        views = self._model.understand([part.text for part in parts], vectors)
        decisions = [decide_part(view, self._open, self._thresholds) for view in views]
        return [decision.intent[0] if decision else None for decision in decisions]


def _parts(message: Message) -> list[dict[str, Any]]:
    """Intent and roles of each question, if all are clear and of different intents."""
    names = message.get(PART_INTENTS)
    if None in names or len(set(names)) < len(names):
        return []
    parts = message.get(NORMALISED).parts
    return [
        {"intent": name, "roles": list(part.roles)}
        for name, part in zip(names, parts, strict=False)
    ]


def _has_vector(message: Message) -> bool:
    return message.get_dense_features(TEXT, [])[1] is not None


def _vector(message: Message) -> np.ndarray:
    _, sentence = message.get_dense_features(TEXT, [])
    if sentence is None:
        raise ValueError("FaqIntentClassifier needs a dense featurizer before it in the pipeline")
    features: np.ndarray = sentence.features
    return features


def _intents(ranking: Sequence[tuple[str, float]]) -> list[dict[str, Any]]:
    return [_intent(*item) for item in ranking[:_RANKING_LENGTH]]


def _intent(name: str, confidence: float) -> dict[str, Any]:
    return {"name": name, "confidence": confidence}
