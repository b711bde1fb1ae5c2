"""Longer conversations, by people who had not seen the assistant: how many turns are right."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.server.script import read_scripts
from tests.support.floors import Measured
from tests.support.player import Player

_FOLDER = Path(__file__).parent / "dialogues"
#: Turns that were right.
_MEASURED = {
    "first": Measured.of(110, 153),
    "outside": Measured.of(101, 131),
    "outside_later": Measured.of(142, 190),
    "outside_visitors": Measured.of(147, 195),
    "learnt_from": Measured.of(322, 431),
}
#: Of the largest file only every third dialogue is played, evenly spread: that is 2 minutes less.
_STEP = {"learnt_from": 3}


@pytest.mark.parametrize("name", _MEASURED)
def test_most_turns_of_blind_dialogues_are_right(player: Player, name: str) -> None:
    scripts = read_scripts(_FOLDER / f"{name}.yml")[:: _STEP.get(name, 1)]
    faults = [fault for script in scripts for fault in script.play(player.visitor())]
    assert len(faults) == sum(len(script.turns) for script in scripts)
    missed = [fault for fault in faults if fault]
    right = len(faults) - len(missed)
    # Of the hold-out only the count: nobody should learn from its words.
    shown = [] if name.startswith("outside") else missed
    message = "\n".join([f"{right} of {len(faults)} turns right; missed:", *shown])
    assert right / len(faults) >= _MEASURED[name].floor, message


def test_every_file_has_its_share() -> None:
    assert {path.stem for path in _FOLDER.glob("*.yml")} == set(_MEASURED)
