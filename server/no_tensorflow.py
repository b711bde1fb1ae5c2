"""Keeps TensorFlow out of a process whose pipeline does not use it.

Rasa imports its deep-learning components, and TensorFlow with them, whatever the pipeline
(rasa/core/policies/policy.py by way of rasa/utils/train_utils.py, and
rasa/engine/recipes/default_components.py): half of the seconds until a server answers, and
a quarter of a gigabyte. Those modules only derive classes from TensorFlow's and decorate them while
they are imported; that much a stand-in can bear. Anything more raises `TensorFlowMissing`.
"""

from __future__ import annotations

import sys
from abc import ABCMeta
from collections.abc import Sequence
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import ModuleSpec
from pathlib import Path
from types import ModuleType
from typing import Any

import yaml

_STOOD_IN_FOR = {"tensorflow", "tensorflow_addons", "tensorflow_hub", "tensorflow_text", "keras"}
_IN_NEED = {
    "ConveRTFeaturizer",
    "DIETClassifier",
    "LanguageModelFeaturizer",
    "ResponseSelector",
    "TEDPolicy",
    "UnexpecTEDIntentPolicy",
}


class TensorFlowMissing(RuntimeError):
    """Something tried to compute with TensorFlow in a process that goes without it."""

    def __init__(self, name: str) -> None:
        super().__init__(
            f"{name} is called, but TensorFlow is left out because no component in config.yml needs"
            " it. Plain `rasa` has it, and so has this command with another --config."
        )


def is_needed(config: Path) -> bool:
    """Whether a component or a policy in a Rasa configuration computes with TensorFlow.

    True if there is no telling: the file is missing, is no YAML, or leaves the choice to Rasa.
    """
    try:
        given = yaml.safe_load(config.read_text(encoding="utf-8"))
        parts = [*given["pipeline"], *(given.get("policies") or [])]
        names = {part["name"].rsplit(".", 1)[-1] for part in parts}
    except (OSError, UnicodeDecodeError, yaml.YAMLError, KeyError, TypeError, AttributeError):
        return True
    return bool(names & _IN_NEED)


def install() -> None:
    """Lets imports of TensorFlow find the stand-in from now on, unless it is imported already."""
    if not _STOOD_IN_FOR & sys.modules.keys():
        sys.meta_path.insert(0, _Finder())


class _Finder(MetaPathFinder, Loader):
    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        if fullname.split(".", 1)[0] not in _STOOD_IN_FOR:
            return None
        return ModuleSpec(fullname, self, is_package=True)

    def create_module(self, spec: ModuleSpec) -> ModuleType:
        return _StandInModule(spec.name)

    def exec_module(self, module: ModuleType) -> None:
        """Nothing to run."""


class _StandInModule(ModuleType):
    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{self.__name__}.{name}")


class _StandIn(ABCMeta):
    """Metaclass of everything inside TensorFlow: good as a base class, a type or a decorator.

    It derives from ABCMeta because some of Rasa's classes are abstract as well.
    """

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return _stand_in(f"{cls.__qualname__}.{name}")

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        if cls.__module__ != __name__:  # a class of Rasa's, derived from a stand-in
            raise TensorFlowMissing(cls.__qualname__)
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]  # @tf.function
        return _decorator(cls.__qualname__)  # @tf.function(reduce_retracing=True)


def _stand_in(name: str) -> Any:
    return _StandIn(name, (), {"__module__": __name__, "__qualname__": name})


def _decorator(name: str) -> Any:
    def decorate(*args: Any, **kwargs: Any) -> Any:
        if len(args) == 1 and not kwargs and callable(args[0]):
            return args[0]
        raise TensorFlowMissing(name)

    return decorate
