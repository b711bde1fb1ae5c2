"""The signals by which a trained model tells whether a question has an answer."""

from __future__ import annotations

import tarfile
import tempfile
from dataclasses import fields
from pathlib import Path
from typing import Any

import numpy as np
import yaml

from nlu.answerability import SIGNALS, signals
from nlu.classifier import KernelClassifier, KernelOptions
from nlu.intent_model import is_open
from reading.encoder import packaged_encoder
from tools.console import CommandError
from tools.place import config

_FILE = "understanding.npz"  # nlu/components/intent_classifier.py
_COMPONENT = "FaqIntentClassifier"


def classifier_config(path: Path | None = None) -> dict[str, Any]:
    """What the configuration says of the classifier.

    Raises:
        CommandError: if it has none.
    """
    path = config() if path is None else path
    pipeline = yaml.safe_load(path.read_text(encoding="utf-8"))["pipeline"]
    for component in pipeline:
        if component["name"].endswith(_COMPONENT):
            return dict(component)
    raise CommandError(f"{path} has no {_COMPONENT} in its pipeline")


def signals_of(model: Path, text: str) -> dict[str, float]:
    """Each signal's value for a text in the form that the model reads.

    Raises:
        CommandError: if the model is of another kind.
    """
    with tempfile.TemporaryDirectory() as folder:
        arrays = _arrays(model, Path(folder))
    config = classifier_config()
    given = {each.name: config[each.name] for each in fields(KernelOptions) if each.name in config}
    classifier = KernelClassifier.from_state(arrays, KernelOptions(**given))
    vector = packaged_encoder().encode(text).reshape(1, -1)
    similarities = classifier.similarities(vector)
    scores = classifier.scores_from([text], similarities)
    prefixes = tuple(config["open_intents"])
    values = signals(
        scores,
        classifier.probabilities(scores),
        similarities,
        np.array([is_open(name, prefixes) for name in classifier.classes]),
        arrays["example_is_open"],
    )
    return dict(zip(SIGNALS, map(float, values[0]), strict=True))


def _arrays(model: Path, folder: Path) -> dict[str, np.ndarray]:
    with tarfile.open(model) as archive:
        member = next((each for each in archive if each.name.endswith(_FILE)), None)
        if member is None:
            raise CommandError(f"{model} has no {_FILE}: it is not a model of this project")
        member.name = _FILE  # so that nothing is written outside the folder
        archive.extract(member, folder)
    with np.load(folder / _FILE, allow_pickle=False) as stored:
        return {name: stored[name] for name in stored.files}
