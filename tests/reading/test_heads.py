"""The head that tells which messages ask which side, on articles that it was not fitted on."""

from __future__ import annotations

import json

import numpy as np

from reading.articles import DATA, held_out
from reading.candidates import Shelf
from reading.heard import Heard
from reading.reader import StatementReader
from reading.sides import sides_of
from tests.support.floors import Measured

_SURE = 0.8  # as in dialogue/turn.py


def test_who_asks_which_side_is_known_on_other_articles() -> None:
    reader = StatementReader.packaged()
    found = json.loads((DATA / "which_side.json").read_text(encoding="utf-8"))
    asked: list[float] = []
    other: list[float] = []
    for name in sorted(set(held_out()) & set(found)):
        shelf = Shelf({"s1": "Both of them begin early."}, sides_of(name), reader.encoder)
        for kind, scores in (("which", asked), ("other", other)):
            heard = [Heard(say).renamed(shelf.rename) for say in found[name][kind]]
            scores += [reader.scores(each, shelf, ["s1"]).which for each in heard]
    assert len(asked) + len(other) == 68
    assert np.mean(np.array(asked) >= _SURE) >= Measured.of(19, 32).floor
    assert np.mean(np.array(other) >= _SURE) <= Measured.of(1, 36).ceiling
