"""The committed weights belong to the committed data, and the thresholds to the weights."""

from __future__ import annotations

import json
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from reading.articles import DATA, read_article
from reading.encoder import packaged_encoder
from reading.evaluation import evaluate, total_of
from reading.packing import WeightsError, digest_of
from reading.reader import READER, RETRIEVER, THRESHOLDS, WEIGHTS, StatementReader
from tests.support.floors import Measured

HELD_OUT = DATA / "held_out.txt"
UNSEEN = ("backend-vs-devops-engineer", "blood-donation")


def written(name: str) -> dict[str, object]:
    found: dict[str, object] = json.loads((WEIGHTS / name).read_text(encoding="utf-8"))
    return found


def test_the_weights_are_those_that_were_trained_on_this_data() -> None:
    provenance = written("provenance.json")
    data = digest_of(*DATA.glob("*.json"), *(DATA / "dialogues").glob("*.json"), HELD_OUT)
    assert provenance["data"] == data, "the data has changed: make reader"
    assert provenance["weights"] == digest_of(WEIGHTS / READER, WEIGHTS / RETRIEVER)


def test_the_thresholds_were_chosen_for_these_weights() -> None:
    weights = digest_of(WEIGHTS / READER, WEIGHTS / RETRIEVER)
    told = "new weights: python -m benchmarks.reading --calibrate"
    assert written(THRESHOLDS)["weights"] == weights, told


def test_what_is_unseen_is_read_as_well_as_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    """Right as often as benchmarks/reading.md has it, also if yes and no were always said."""
    reader = StatementReader.packaged()
    monkeypatch.setattr(reader, "thresholds", replace(reader.thresholds, sure=0.0))
    articles = [read_article(DATA / f"{name}.json") for name in UNSEEN]
    total = total_of(evaluate(reader, article).total for article in articles)
    assert total.right >= Measured.of(708, 1126).floor * total.turns
    assert total.found >= Measured.of(1077, 1101).floor * total.findable
    assert total.said >= Measured.of(439, 519).floor * total.settled
    assert total.false <= Measured.of(135, 439).ceiling * total.said


def test_nothing_is_shipped_that_is_not_used() -> None:
    names = {path.name for path in WEIGHTS.iterdir()}
    assert names == {READER, RETRIEVER, THRESHOLDS, "provenance.json"}


@pytest.mark.parametrize("name", [READER, RETRIEVER])
def test_a_missing_file_is_told(tmp_path: Path, name: str) -> None:
    folder = tmp_path / "weights"
    shutil.copytree(WEIGHTS, folder)
    (folder / name).unlink()
    with pytest.raises(WeightsError, match=name):
        StatementReader(packaged_encoder(), folder)
