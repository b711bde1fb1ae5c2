"""Conversations, as Rasa's own test (`rasa test core`) and as the running assistant takes them.

Rasa's test checks intents, roles and that the one action is run; what that action then says is seen
by saying the same stories to the assistant.
"""

from __future__ import annotations

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from content.loader import load
from tests.conftest import ROOT
from tests.server.script import Visitor
from tests.support.floors import Measured
from tests.support.player import Player
from tests.told import tells
from tests.unseen import seen_in_training

STORIES = Path(__file__).parent
MARK = "made wrong, by the"
WRONG = {
    "action": ("action: action_reply", "action: utter_thanks"),
    "intent": ("intent: demand", "intent: sectors"),
    "entity": ('"value": "both"', '"value": "ml_engineer"'),
}
"""What a story says that holds, and what is put in its place."""
MORE = """
  - user: |
      okay, thank you for that
    intent: thanks
  - action: action_reply
"""
"""How wrong stories go on: Rasa drops a story that is like another but for an entity's value."""

#: Questions that were answered on their topic.
_MEASURED = Measured.of(47, 50)
_ANNOTATION = re.compile(r"\[([^\]]*)\]\{[^}]*\}")
_ROLE = re.compile(r'"value": "(\w+)"')


class Result(NamedTuple):
    """What `rasa test core` wrote: how many stories it ran, and the names of those that failed."""

    total: int
    failed: list[str]


def run_stories(model: Path, stories: Path, results: Path) -> Result:
    """Runs Rasa's test on a file or folder of stories.

    Without `--e2e` Rasa takes the intents of the stories for granted and reads no text.
    """
    command = [sys.executable, "-m", "tools.rasa_cli", "test", "core", "--e2e", "--no-plot"]
    command += ["--model", str(model), "--stories", str(stories), "--out", str(results)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    report: dict[str, Any] = json.loads((results / "story_report.json").read_text("utf-8"))
    failed = yaml.safe_load((results / "failed_test_stories.yml").read_text(encoding="utf-8"))
    names = [str(story["story"]) for story in (failed or {}).get("stories", [])]
    return Result(report["conversation_accuracy"]["total"], names)


def written_stories() -> list[dict[str, Any]]:
    """The stories of all files beside this one."""
    return [story for path in _files() for story in _stories(path)]


def _files() -> list[Path]:
    return sorted(STORIES.rglob("test_*.yml"))


def _stories(path: Path) -> list[dict[str, Any]]:
    stories: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["stories"]
    return stories


@pytest.fixture(scope="module")
def result(model_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Result:
    """One run on all stories and on copies of one that were made wrong: a start of Rasa is slow."""
    folder = tmp_path_factory.mktemp("stories")
    for path in _files():
        shutil.copy(path, folder)
    story = (STORIES / "follow_up" / "test_source.yml").read_text(encoding="utf-8")
    for name, (right, wrong) in WRONG.items():
        assert right in story
        text = story.replace("story: ", f"story: {MARK} {name}, ").replace(right, wrong)
        (folder / f"test_wrong_{name}.yml").write_text(text + MORE, encoding="utf-8")
    return run_stories(model_path, folder, tmp_path_factory.mktemp("results"))


def test_every_story_holds(result: Result) -> None:
    assert [name for name in result.failed if MARK not in name] == []
    assert result.total == len(written_stories()) + len(WRONG)


@pytest.mark.parametrize("name", WRONG)
def test_a_wrong_story_fails(result: Result, name: str) -> None:
    assert [failed for failed in result.failed if f"{MARK} {name}," in failed]


def test_no_story_repeats_a_training_example() -> None:
    steps = (step for story in written_stories() for step in story["steps"])
    assert seen_in_training((step["user"] for step in steps if "user" in step), alike=92) == []


def wrong_replies(conversation: Visitor, story: dict[str, Any]) -> Iterator[str | None]:
    """What is wrong with each reply to a question of a story; None for one on its topic."""
    for step in story["steps"]:
        if "user" not in step:
            continue
        text = _ANNOTATION.sub(r"\1", step["user"]).strip()
        reply = conversation.say(text)
        assert reply, text
        if load().topic(step["intent"]) is not None:
            roles = [each for each in _ROLE.findall(step["user"]) if each in load().roles]
            is_right = _is_on(conversation.metadata[0], step["intent"], roles)
            yield None if is_right else f"{step['intent']}: {text!r} -> {reply!r}"


def _is_on(beside: dict[str, Any], topic: str, roles: list[str]) -> bool:
    if topic in load().gaps:
        return tells(beside, topic) or beside.get("verdict") == "not_stated"
    return tells(beside, topic, roles[0] if len(roles) == 1 else None)


def test_nearly_every_question_of_the_stories_is_answered_on_its_topic(
    player: Player,
) -> None:
    stories = written_stories()
    replies = [fault for each in stories for fault in wrong_replies(player.visitor(), each)]
    missed = list(filter(None, replies))
    assert 1 - len(missed) / len(replies) >= _MEASURED.floor, "\n".join(missed)
