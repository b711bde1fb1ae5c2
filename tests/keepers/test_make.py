"""What make hands to the keepers' commands."""

from __future__ import annotations

import subprocess

import pytest

from tests.conftest import ROOT


@pytest.mark.parametrize(
    "typed", ["does it cost $500?", "$(HOME) or `id`", 'say "no", it\'s 5 % #1', "a $$ sign"]
)
def test_a_question_arrives_as_it_was_typed(typed: str) -> None:
    shown = 'shown: ; @printf "%s" "$$Q"'
    command = ["make", "-s", "--eval", shown, "shown", f"Q={typed}"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)
    assert (done.stdout, done.stderr) == (typed, "")
