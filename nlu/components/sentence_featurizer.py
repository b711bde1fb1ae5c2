"""Rasa component: sentence embeddings as dense features."""

from __future__ import annotations

from functools import cached_property
from pathlib import Path
from typing import Any

import numpy as np
from rasa.engine.graph import ExecutionContext, GraphComponent
from rasa.engine.recipes.default_recipe import DefaultV1Recipe
from rasa.engine.storage.resource import Resource
from rasa.engine.storage.storage import ModelStorage
from rasa.nlu.featurizers.dense_featurizer.dense_featurizer import DenseFeaturizer
from rasa.shared.nlu.constants import FEATURE_TYPE_SENTENCE, TEXT
from rasa.shared.nlu.training_data.features import Features
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from nlu.components.fingerprint import source_digest
from nlu.components.text_normaliser import CONTEXT, NORMALISED
from nlu.normaliser import Normalised
from reading.encoder import SentenceEncoder, packaged_encoder

PART_VECTORS, CONTEXT_VECTORS = "part_vectors", "context_vectors"
# What the last question of a message counts beside the whole of it. On 292 such texts of the
# hold-out, .4 had two more of 197 topics right, two fewer of them refused, and refused two more of
# the 79 near ones; .3 and .5 did alike.
_QUESTION_WEIGHT = 0.4


@DefaultV1Recipe.register(DefaultV1Recipe.ComponentType.MESSAGE_FEATURIZER, is_trainable=False)
class SentenceFeaturizer(DenseFeaturizer, GraphComponent):
    """Adds one unit vector a message, from a frozen sentence encoder.

    The questions of a message that joins several are encoded too, under the key `part_vectors`, and
    what was said before it under `context_vectors`.
    """

    @staticmethod
    def get_default_config() -> dict[str, Any]:
        """Options.

        `model_dir`: folder of another encoder, null for the packaged one, which all components
        share; `sha256`: digest that the other one's weights must have, null for no check.
        """
        return {**DenseFeaturizer.get_default_config(), "model_dir": None, "sha256": None}

    @staticmethod
    def required_packages() -> list[str]:
        """Python packages besides Rasa's own."""
        return ["onnx", "onnxruntime", "safetensors", "tokenizers"]

    @classmethod
    def fingerprint_addon(cls, config: dict[str, Any]) -> str:
        """Makes Rasa's training cache see changes in the modules behind this class."""
        return source_digest()

    def __init__(self, config: dict[str, Any], name: str) -> None:
        super().__init__(name, config)

    @cached_property
    def _encoder(self) -> SentenceEncoder:
        folder = self._config["model_dir"]
        return (
            SentenceEncoder(Path(folder), self._config["sha256"]) if folder else packaged_encoder()
        )

    @classmethod
    def create(
        cls,
        config: dict[str, Any],
        model_storage: ModelStorage,
        resource: Resource,
        execution_context: ExecutionContext,
    ) -> SentenceFeaturizer:
        """Loads the encoder (see Rasa's GraphComponent)."""
        component = cls(config, execution_context.node_name)
        component._encoder  # noqa: B018  loaded now, so that the first message need not wait
        return component

    @classmethod
    def validate_config(cls, config: dict[str, Any]) -> None:
        """Nothing to check that loading the encoder does not."""

    def process_training_data(self, training_data: TrainingData) -> TrainingData:
        """Encodes all examples in batches."""
        messages = [m for m in training_data.training_examples if m.get(NORMALISED)]
        vectors = self._encoder.encode_batch([m.get(NORMALISED).text for m in messages])
        for message, vector in zip(messages, vectors, strict=True):
            self._add(message, vector)
        # Its 100 MB are wanted by what trains next; it comes back if asked.
        del self._encoder
        packaged_encoder.cache_clear()
        return training_data

    def process(self, messages: list[Message]) -> list[Message]:
        """Encodes each message, unless it holds nothing to encode."""
        for message in messages:
            normalised = message.get(NORMALISED)
            if normalised and normalised.words:
                self._add(message, self._vector(normalised))
                parts = [self._encoder.encode(part.text) for part in normalised.parts]
                message.set(PART_VECTORS, parts)
                before = [self._encoder.encode(text) for text in message.get(CONTEXT, []) if text]
                message.set(CONTEXT_VECTORS, before)
        return messages

    def _vector(self, normalised: Normalised) -> np.ndarray:
        """Vector of a message, drawn towards its question from what is said around it."""
        vector = self._encoder.encode(normalised.text)
        if not normalised.question:
            return vector
        question = self._encoder.encode(normalised.question)
        mixed: np.ndarray = (1 - _QUESTION_WEIGHT) * vector + _QUESTION_WEIGHT * question
        return mixed / np.float32(np.linalg.norm(mixed))

    def _add(self, message: Message, vector: np.ndarray) -> None:
        features = vector.reshape(1, -1)
        message.add_features(Features(features, FEATURE_TYPE_SENTENCE, TEXT, self._config["alias"]))
