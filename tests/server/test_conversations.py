"""Conversations of a few turns, by phenomenon: one file of the folder for each."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.conftest import Conversation
from tests.server.script import Script, read_scripts

_FILES = sorted((Path(__file__).parent / "conversations").glob("*.yml"))
_SCRIPTS = [
    pytest.param(script, id=f"{path.stem}: {script.about}")
    for path in _FILES
    for script in read_scripts(path)
]


@pytest.mark.parametrize("script", _SCRIPTS)
def test_conversation(conversation: Conversation, script: Script) -> None:
    assert [fault for fault in script.play(conversation) if fault] == []
