"""Predictions without idle work are Rasa's own."""

from __future__ import annotations

import ast
import inspect
import json
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
from rasa.core import processor
from rasa.core.channels.channel import UserMessage
from rasa.core.policies import rule_policy
from rasa.core.policies.rule_policy import RULES, RulePolicy
from rasa.engine import loader
from rasa.engine.exceptions import GraphRunError
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.runner.interface import GraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.core.events import ActionExecuted, SessionStarted, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from server import prediction
from server.prediction import PlainGraphRunner

MESSAGE, TRACKER, POLICY = "__message__", "__tracker__", "select_prediction"


@pytest.fixture(autouse=True)
def changed(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name in (
        (processor, "DaskGraphRunner"),
        (processor, "copy"),
        (rule_policy, "copy"),
        (RulePolicy, "_get_possible_keys"),
    ):
        monkeypatch.setattr(owner, name, getattr(owner, name))
    prediction.install()


@pytest.fixture(scope="module")
def runners(
    model_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> tuple[GraphRunner, GraphRunner]:
    """Rasa's runner of the project's model, and ours."""

    def load(kind: type[GraphRunner]) -> GraphRunner:
        folder = tmp_path_factory.mktemp(kind.__name__)
        return loader.load_predict_graph_runner(folder, model_path, LocalModelStorage, kind)[1]

    return load(DaskGraphRunner), load(PlainGraphRunner)


def conversation(*intents: str) -> DialogueStateTracker:
    """One in which each of these was said and answered, the last one only said."""
    events: list[Any] = [ActionExecuted("action_session_start"), SessionStarted()]
    for intent in intents:
        said = UserUttered(intent, {"name": intent, "confidence": 1.0})
        events += [ActionExecuted("action_listen"), said, ActionExecuted("action_reply")]
    return DialogueStateTracker.from_events("visitor", events[:-1])


@pytest.mark.parametrize("text", ["what skills does an ML engineer need", "and the other one?", ""])
def test_a_message_is_understood_as_by_rasas_runner(
    runners: tuple[GraphRunner, GraphRunner], text: str
) -> None:
    target = "run_RegexMessageHandler"
    said, before = UserMessage(text), conversation("tools")
    found = [
        runner.run({MESSAGE: [said], TRACKER: before}, [target])[target][0].as_dict()
        for runner in runners
    ]
    assert found[0] == found[1]


@pytest.mark.parametrize("intents", [("skills",), ("greet", "tools"), ("more", "out_of_scope")])
def test_an_action_is_predicted_as_by_rasas_runner(
    runners: tuple[GraphRunner, GraphRunner], intents: tuple[str, ...]
) -> None:
    rasas, ours = (
        runner.run({TRACKER: conversation(*intents)}, [POLICY])[POLICY] for runner in runners
    )
    assert ours.probabilities == rasas.probabilities
    assert max(ours.probabilities) == 1.0


def test_a_run_without_its_input_fails(runners: tuple[GraphRunner, GraphRunner]) -> None:
    for runner in runners:
        with pytest.raises(GraphRunError):
            runner.run({}, [POLICY])


def test_the_rules_that_fit_are_those_that_rasa_finds(
    runners: tuple[GraphRunner, GraphRunner],
) -> None:
    policy = next(
        node._component
        for node in runners[1]._instantiated_nodes.values()
        if isinstance(node._component, RulePolicy)
    )
    rules = policy.lookup[RULES]
    histories = [json.loads(key) for key in rules]
    histories += [[*first, *second] for first in histories[:9] for second in histories]
    for states in [[], *histories, *histories]:  # a second time they are remembered
        expected = prediction._get_possible_keys(policy, rules, states)
        assert policy._get_possible_keys(rules, states) == expected


@pytest.mark.parametrize("module", [processor, rule_policy])
def test_rasa_copies_there_only_what_it_logs(module: ModuleType) -> None:
    tree = ast.parse(Path(inspect.getfile(module)).read_text(encoding="utf-8"))
    logged = [
        inner
        for call in ast.walk(tree)
        if isinstance(call, ast.Call) and ast.unparse(call.func) == "structlogger.debug"
        for inner in ast.walk(call)
    ]
    uses = [n for n in ast.walk(tree) if isinstance(n, ast.Name) and n.id == "copy"]
    assert uses
    assert all(use in logged for use in uses)
