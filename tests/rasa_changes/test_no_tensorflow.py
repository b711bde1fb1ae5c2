"""A process without TensorFlow."""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from server import no_tensorflow

ROOT = Path(__file__).parent.parent.parent

SCRIPT = """
import sys
from server import no_tensorflow
no_tensorflow.install()
import rasa.__main__, rasa.core.run, rasa.core.agent, rasa.model_training
import rasa.engine.recipes.default_components
from rasa.core.policies.ted_policy import TED
assert not any(
    getattr(module, "__file__", None)
    for name, module in sys.modules.items() if name.split(".")[0] == "tensorflow"
)
try:
    TED()
except no_tensorflow.TensorFlowMissing as error:
    print(error)
"""


def test_rasa_imports_without_it_and_says_so_when_it_would_be_used() -> None:
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT], capture_output=True, text=True, cwd=ROOT
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.startswith("TED is called, but TensorFlow is left out")


def imports_tensorflow(module: str) -> bool:
    """Whether a module's source imports TensorFlow itself."""
    spec = importlib.util.find_spec(module)
    assert spec is not None
    assert spec.origin is not None
    source = Path(spec.origin).read_text(encoding="utf-8")
    return re.search(r"^\s*(import|from) (tensorflow|keras)", source, re.MULTILINE) is not None


def test_it_knows_which_of_rasas_components_compute_with_tensorflow() -> None:
    from rasa.engine.recipes import default_components

    in_need = {
        component.__name__
        for component in default_components.DEFAULT_COMPONENTS
        if imports_tensorflow(component.__module__)
    }
    assert in_need == no_tensorflow._IN_NEED


def config(folder: Path, pipeline: list[str], policies: list[str]) -> Path:
    """A configuration of components and policies."""
    path = folder / "config.yml"
    given = {
        "pipeline": [{"name": name} for name in pipeline],
        "policies": [{"name": name} for name in policies],
    }
    path.write_text(yaml.safe_dump(given), encoding="utf-8")
    return path


@pytest.mark.parametrize(
    ("pipeline", "policies", "needed"),
    [
        (["WhitespaceTokenizer", "KeywordIntentClassifier"], ["RulePolicy"], False),
        (["WhitespaceTokenizer", "DIETClassifier"], ["RulePolicy"], True),
        (["WhitespaceTokenizer"], ["RulePolicy", "TEDPolicy"], True),
        (["rasa.nlu.classifiers.diet_classifier.DIETClassifier"], [], True),
    ],
)
def test_the_configuration_tells_whether_it_is_needed(
    tmp_path: Path, pipeline: list[str], policies: list[str], needed: bool
) -> None:
    assert no_tensorflow.is_needed(config(tmp_path, pipeline, policies)) is needed


@pytest.mark.parametrize("text", ["", "language: en", "pipeline:", "pipeline: [a]", "a: [", "3"])
def test_a_configuration_that_does_not_tell_gets_it(tmp_path: Path, text: str) -> None:
    path = tmp_path / "config.yml"
    path.write_text(text, encoding="utf-8")
    assert no_tensorflow.is_needed(path)
    assert no_tensorflow.is_needed(tmp_path / "missing.yml")


def test_the_assistants_own_configuration_does_not_need_it() -> None:
    assert not no_tensorflow.is_needed(ROOT / "config.yml")
