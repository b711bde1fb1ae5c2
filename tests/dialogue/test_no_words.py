"""Nothing behind the NLU pipeline sees what a visitor typed."""

from __future__ import annotations

import ast
from pathlib import Path
from typing import Any

import pytest

from dialogue.understanding import Understanding
from tests.actions.harness import answered, make_tracker
from tests.conftest import ROOT

MODULES = sorted([*(ROOT / "actions").glob("*.py"), *(ROOT / "dialogue").glob("*.py")])
# Keys of a message that hold what was typed, or a form of it.
TYPED = {"parse_data", "own_ranking", "normalised", "text_tokens", "message_id"}


class Watched(dict[str, Any]):
    """A mapping that notes which of its keys are read."""

    read: set[str]

    def get(self, key: Any, default: Any = None) -> Any:
        self.read.add(key)
        return super().get(key, default)

    def __getitem__(self, key: Any) -> Any:
        self.read.add(key)
        return super().__getitem__(key)


def test_an_understanding_reads_no_text_of_the_message() -> None:
    message = make_tracker(intent="tools", read=answered("ml_lang"))["latest_message"]
    Watched.read = set()
    watched = Watched({key: Watched(v) if isinstance(v, dict) else v for key, v in message.items()})
    Understanding.from_message(watched)
    assert "reading" in Watched.read
    assert not Watched.read & {"text", *TYPED}


@pytest.mark.parametrize("path", MODULES, ids=lambda path: f"{path.parent.name}/{path.stem}")
def test_a_module_takes_no_text_from_a_message(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    words = {node.value for node in ast.walk(tree) if isinstance(node, ast.Constant)}
    assert not words & TYPED
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr == "latest_message":
            assert path.name == "action.py"  # where it becomes an understanding


def test_the_message_goes_nowhere_but_into_an_understanding() -> None:
    tree = ast.parse((ROOT / "actions" / "action.py").read_text(encoding="utf-8"))
    calls = [node for node in ast.walk(tree) if isinstance(node, ast.Call)]
    into = [
        ast.unparse(call.func)
        for call in calls
        for arg in call.args
        if isinstance(arg, ast.Attribute) and arg.attr == "latest_message"
    ]
    assert into == ["Understanding.from_message"]


def test_dialogue_knows_no_rasa() -> None:
    for path in (ROOT / "dialogue").glob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            names = [each.name for each in node.names] if isinstance(node, ast.Import) else []
            names += [node.module or ""] if isinstance(node, ast.ImportFrom) else []
            roots = {name.partition(".")[0] for name in names}
            assert not roots & {"rasa", "rasa_sdk", "actions", "nlu", "reading"}
