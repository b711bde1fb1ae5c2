"""The one switch that leaves out what is changed of Rasa, and what is lost with it."""

from __future__ import annotations

import ast
import asyncio
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.agent import Agent
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.core.tracker_store import FailSafeTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from benchmarks.processes import free_port
from server import changes
from server.agent import SteadyAgent
from server.changes import ALL, CHANGES, SWITCH, UnknownChange, left_out
from server.remote_action import PromptRemoteAction
from server.tracker_store import ConversationStore, StoreError
from tests.conftest import ROOT
from tools.house import PURPOSES

NAMES = [each.name for each in CHANGES]
#: Sets up something else than Rasa: where Sanic listens, which a handover needs in any case.
_NO_CHANGE = {"changes", "inherited_socket"}
_FOREIGN = {"rasa", "rasa_sdk", "sanic"}

#: Prints which names of Rasa are ours after each command's changes.
SCRIPT = """
import json, sys
from server import changes
for command in ("run", "train", "test"):
    changes.install(command, is_first=True)
import rasa.__main__
from rasa.core import agent, processor, test
from rasa.core.actions import action
from rasa.engine.storage import local_model_storage
from rasa.shared.nlu.training_data.training_data import TrainingData
for command in ("run", "train", "test"):
    changes.install(command)
found = {
    "no_tensorflow": not getattr(sys.modules["tensorflow"], "__file__", None),
    "agent": agent.Agent.__module__,
    "remote_action": action.RemoteAction.__module__,
    "training": TrainingData.merge.__module__,
    "stories": test._predict_tracker_actions.__module__,
}
print(json.dumps(found))
"""
STOCK = {
    "no_tensorflow": False,
    "agent": "rasa.core.agent",
    "remote_action": "rasa.core.actions.action",
    "training": "rasa.shared.nlu.training_data.training_data",
    "stories": "rasa.core.test",
}
CHANGED = {name: f"server.{name}" for name in STOCK} | {"no_tensorflow": True}


def installed(left: str) -> dict[str, Any]:
    """What a process has of Rasa with these changes left out."""
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", SCRIPT],
        env={**os.environ, SWITCH: left},
        cwd=ROOT,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout.splitlines()[-1])
    return found


@pytest.mark.parametrize(("left", "expected"), [("", CHANGED), (ALL, STOCK)])
def test_the_switch_leaves_rasa_as_it_is(left: str, expected: dict[str, Any]) -> None:
    assert set(expected) == set(NAMES)
    assert installed(left) == expected


def test_changes_can_be_left_out_one_by_one(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "training, stories")
    assert left_out() == {"training", "stories"}
    monkeypatch.setenv(SWITCH, "1")
    assert left_out() == set(NAMES)
    monkeypatch.delenv(SWITCH)
    assert left_out() == set()


def test_a_name_that_is_no_change_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(SWITCH, "trainings")
    with pytest.raises(UnknownChange, match="trainings is no change of Rasa; there are agent"):
        changes.install("train")


def test_whatever_changes_rasa_is_behind_the_switch_and_in_the_table() -> None:
    installing = set()
    for path in (ROOT / "server").glob("*.py"):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        defined = {node.name for node in tree.body if isinstance(node, ast.FunctionDef)}
        installing |= {path.stem} if "install" in defined else set()
    assert installing - _NO_CHANGE == set(NAMES)
    table = (ROOT / "docs" / "rasa.md").read_text(encoding="utf-8")
    assert [name for name in NAMES if f"| `{name}` |" not in table] == []


def foreign_names(tree: ast.AST) -> set[str]:
    """Names that a module has from Rasa, or from what serves it."""
    found = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and (node.module or "").split(".")[0] in _FOREIGN:
            found |= {each.asname or each.name for each in node.names}
        elif isinstance(node, ast.Import):
            names = [each for each in node.names if each.name.split(".")[0] in _FOREIGN]
            found |= {each.asname or each.name.split(".")[0] for each in names}
    return found


def set_on(tree: ast.AST) -> Iterator[str]:
    """Names on which attributes are set, such as `rasa_agent` in `rasa_agent.Agent = ...`."""
    assigned = (node for node in ast.walk(tree) if isinstance(node, ast.Assign))
    for target in (each for node in assigned for each in node.targets):
        if isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            yield target.value.id


@pytest.mark.parametrize("package", sorted({*PURPOSES} - {"benchmarks"}))
def test_nobody_else_sets_a_name_of_rasa(package: str) -> None:
    for path in (ROOT / package).rglob("*.py"):
        if package == "server" and path.stem in {*NAMES, *_NO_CHANGE}:
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        assert not foreign_names(tree) & set(set_on(tree)), path


# What is lost with stock Rasa: the first of each pair is Rasa's own class, the second ours.


@pytest.mark.parametrize(("kind", "is_told"), [(RemoteAction, False), (PromptRemoteAction, True)])
def test_without_remote_action_a_dead_action_server_leaves_the_visitor_without_a_word(
    kind: type[RemoteAction], is_told: bool
) -> None:
    action = kind("action_reply", EndpointConfig(f"http://127.0.0.1:{free_port()}/webhook"))
    call = action.run(
        CollectingOutputChannel(),
        TemplatedNaturalLanguageGenerator({}),
        DialogueStateTracker.from_events("visitor", []),
        Domain.empty(),
    )
    if is_told:
        (said,) = asyncio.run(call)
        assert "sorry" in said.text.lower()
    else:
        with pytest.raises(Exception, match="Failed to execute custom action"):
            asyncio.run(call)


@pytest.mark.parametrize(("kind", "is_lost"), [(Agent, True), (SteadyAgent, False)])
def test_without_agent_a_database_that_fails_is_a_new_conversation(
    kind: type[Agent], is_lost: bool, tmp_path: Path
) -> None:
    broken = tmp_path / "conversations.db"
    broken.write_bytes(b"this is no database" * 100)
    store = kind._create_tracker_store(
        ConversationStore(Domain.empty(), db=str(broken)), Domain.empty()
    )
    assert isinstance(store, FailSafeTrackerStore) is is_lost
    if is_lost:
        assert asyncio.run(store.retrieve("visitor")) is None
    else:
        with pytest.raises(StoreError):
            asyncio.run(store.retrieve("visitor"))
