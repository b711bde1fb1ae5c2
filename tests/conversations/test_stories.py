"""Rasa's own test of conversations, `rasa test core`, on the stories beside this file."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any, NamedTuple

import pytest
import yaml

from tests.conftest import ROOT
from tests.unseen import seen_in_training

STORIES = Path(__file__).parent


class Result(NamedTuple):
    """What `rasa test core` wrote: how many stories held, and the text of the others."""

    total: int
    correct: int
    failed: str


def run_stories(model: Path, stories: Path, results: Path) -> Result:
    """Runs Rasa's test on a file or folder of stories.

    Without `--e2e` Rasa takes the intents of the stories for granted and reads no text.
    """
    command = [sys.executable, "-m", "tools.rasa_cli", "test", "core", "--e2e", "--no-plot"]
    command += ["--model", str(model), "--stories", str(stories), "--out", str(results)]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    report: dict[str, Any] = json.loads((results / "story_report.json").read_text("utf-8"))
    counts = report["conversation_accuracy"]
    failed = (results / "failed_test_stories.yml").read_text(encoding="utf-8")
    return Result(counts["total"], counts["correct"], failed)


def written_stories() -> list[dict[str, Any]]:
    """The stories of all files beside this one."""
    return [
        story
        for path in sorted(STORIES.rglob("test_*.yml"))
        for story in yaml.safe_load(path.read_text(encoding="utf-8"))["stories"]
    ]


def test_every_story_holds(model_path: Path, tmp_path: Path) -> None:
    result = run_stories(model_path, STORIES, tmp_path)
    assert result.total == len(written_stories())
    assert result.correct == result.total, result.failed


@pytest.mark.parametrize(
    ("right", "wrong"),
    [
        ("action: action_source", "action: action_why"),
        ("intent: demand", "intent: sectors"),
        ('"value": "both"', '"value": "ml_engineer"'),
    ],
    ids=["action", "intent", "entity"],
)
def test_a_wrong_story_fails(model_path: Path, tmp_path: Path, right: str, wrong: str) -> None:
    story = (STORIES / "follow_up" / "test_source.yml").read_text(encoding="utf-8")
    assert right in story
    path = tmp_path / "test_wrong.yml"
    path.write_text(story.replace(right, wrong), encoding="utf-8")
    result = run_stories(model_path, path, tmp_path / "results")
    assert (result.total, result.correct) == (1, 0)
    assert "where an answer is from" in result.failed


def test_no_story_repeats_a_training_example() -> None:
    steps = (step for story in written_stories() for step in story["steps"])
    assert seen_in_training((step["user"] for step in steps if "user" in step), alike=92) == []
