"""Conversations of a few turns, by phenomenon: one file of the folder for each."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest

from tests.server.script import read_scripts
from tests.support.floors import Measured
from tests.support.player import Player

_FILES = sorted((Path(__file__).parent / "conversations").glob("*.yml"))
_SCRIPTS = {
    f"{path.stem}: {script.about}": script for path in _FILES for script in read_scripts(path)
}
_EXACT = [name for name, script in _SCRIPTS.items() if script.exact]
#: Turns that were right.
_MEASURED = Measured(0.64, 343)

Played = Mapping[str, list[str | None]]


@pytest.fixture(scope="module")
def played(player: Player) -> Played:
    """What is wrong with each turn of each conversation, all played once; None for a right one."""
    return {name: list(script.play(player.visitor())) for name, script in _SCRIPTS.items()}


@pytest.mark.parametrize("name", _EXACT)
def test_what_needs_no_reading_is_right_in_every_turn(played: Played, name: str) -> None:
    assert list(filter(None, played[name])) == []


def test_most_turns_are_right(played: Played) -> None:
    # A conversation ends where a button is lacking: the turns that were to follow count as missed.
    total = sum(len(script.turns) for script in _SCRIPTS.values())
    right = sum(turn is None for turns in played.values() for turn in turns)
    missed = [f"{name}: {fault}" for name, turns in played.items() for fault in turns if fault]
    message = "\n".join([f"{right} of {total} turns right; missed:", *missed])
    assert right / total >= _MEASURED.floor, message
