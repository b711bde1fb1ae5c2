"""A hold-out of longer conversations: how many of their turns get a right reply."""

from __future__ import annotations

from pathlib import Path

from tests.conftest import Conversation
from tests.server.script import read_scripts

_SHARE = 0.85


def test_most_turns_of_unseen_dialogues_are_right(assistant: str) -> None:
    scripts = read_scripts(Path(__file__).with_name("dialogues.yml"))
    faults = [fault for script in scripts for fault in script.play(Conversation(assistant))]
    assert len(faults) == sum(len(script.turns) for script in scripts)
    missed = [fault for fault in faults if fault]
    right = len(faults) - len(missed)
    message = "\n".join([f"{right} of {len(faults)} turns right; missed:", *missed])
    assert right / len(faults) >= _SHARE, message
