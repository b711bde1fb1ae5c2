"""The steps of docs/another-article.md, taken: the same engine answers from other content."""

from __future__ import annotations

import json
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest

from content.loader import ASSISTANT
from tests.conftest import ROOT
from tests.keepers.copy import Copy

_GUIDE = ROOT / "docs" / "another-article.md"
_BLOCK = re.compile(r"^```(yaml|text|sh)(?: (\S+))?\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_FOLDER = "boats"
_SECONDS = 1800

if os.environ.get(ASSISTANT):
    pytest.skip("the engine's own test", allow_module_level=True)


def _take(script: str, folder: Path) -> str:
    # As typed, and not within the `make test` that runs this: make would name its folders.
    environment = {name: value for name, value in os.environ.items() if not name.startswith("MAKE")}
    environment["PATH"] = f"{Path(sys.executable).parent}:{os.environ['PATH']}"
    done = subprocess.run(
        ["bash", "-euc", script],
        cwd=folder,
        env=environment,
        capture_output=True,
        text=True,
        timeout=_SECONDS,
        check=False,
    )
    assert done.returncode == 0, f"{script}\n{done.stdout}\n{done.stderr}"
    return done.stdout


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy of the repository, with the environments that are there already."""
    copy = Copy(tmp_path_factory.mktemp("another-article") / "engine")
    copy.path(".venv").symlink_to(sys.prefix)
    copy.path(".uv").symlink_to(ROOT / ".uv")
    for path in copy.path("requirements").iterdir():
        os.utime(path, (0, 0))  # else the environments would look older than what they are made of
    return copy.folder


@pytest.fixture(scope="module")
def printed(engine: Path) -> dict[str, str]:
    """What each step of the guide printed, by its first line."""
    folder, out = engine, {}
    for kind, name, text in _BLOCK.findall(_GUIDE.read_text(encoding="utf-8")):
        if kind == "sh":
            out[text.splitlines()[0]] = _take(text, folder)
            folder = engine.parent / _FOLDER  # the first step goes there
        else:
            (folder / name).parent.mkdir(parents=True, exist_ok=True)
            (folder / name).write_text(text, encoding="utf-8")
    return out


@pytest.fixture(scope="module")
def replies(engine: Path, printed: dict[str, str]) -> dict[str, str]:
    """What the other assistant says to each message of a conversation."""
    folder = engine.parent / _FOLDER
    said = ["good morning", "how is a canoe paddled?", "and a kayak?", "compare the prices"]
    said += ["do I have to pay a deposit?", "where does that come from?", "what can I ask you?"]
    said += ["who won the football match last night?"]
    (folder / "talk.jsonl").write_text(json.dumps(said) + "\n", encoding="utf-8")
    lines = _take("make preview FILE=talk.jsonl", folder).splitlines()
    return {each["say"]: each["reply"] for each in map(json.loads, lines)}


def test_before_it_has_content_it_says_that_it_knows_nothing(printed: dict[str, str]) -> None:
    assert "I know nothing yet" in printed["make new-assistant DIR=../boats"]


def test_the_draft_says_what_an_editor_must_still_do(printed: dict[str, str]) -> None:
    assert "What an editor must still do" in printed["make draft ARTICLE=article.md"]


def test_the_content_is_looked_over(printed: dict[str, str]) -> None:
    assert "7 statements, no faults" in printed["make check-content"]


def test_its_tests_pass(printed: dict[str, str]) -> None:
    assert "passed" in printed["make test"]


@pytest.mark.parametrize(
    ("message", "wanted"),
    [
        ("good morning", "canoes and kayaks"),
        ("how is a canoe paddled?", "single blade"),
        ("and a kayak?", "double blade"),
        ("compare the prices", "22 euros"),
        ("do I have to pay a deposit?", "does not say"),
        ("where does that come from?", "Lake Office"),
        ("what can I ask you?", "canoes and kayaks"),
        ("who won the football match last night?", "outside my subject"),
    ],
)
def test_the_other_assistant_answers(message: str, wanted: str, replies: dict[str, str]) -> None:
    assert wanted in replies[message]
