"""Training without idle work."""

from __future__ import annotations

import copy
import inspect
import tarfile
from pathlib import Path

import pytest
from rasa.engine.storage import local_model_storage
from rasa.shared.importers.importer import E2EImporter
from rasa.shared.importers.rasa import RasaFileImporter
from rasa.shared.nlu.training_data import training_data
from rasa.shared.nlu.training_data.message import Message
from rasa.shared.nlu.training_data.training_data import TrainingData

from server import training


@pytest.fixture(autouse=True)
def changed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(TrainingData, "merge", TrainingData.merge)
    monkeypatch.setattr(training_data, "copy", copy)
    monkeypatch.setattr(E2EImporter, "get_nlu_data", E2EImporter.get_nlu_data)
    monkeypatch.setattr(local_model_storage, "TarSafe", local_model_storage.TarSafe)
    training.install()


def examples(*texts: str) -> TrainingData:
    return TrainingData([Message({"text": text, "intent": "skills"}) for text in texts])


FILLED = {
    "examples": examples("one", "two"),
    "synonyms": TrainingData(entity_synonyms={"MLE": "ml_engineer"}),
    "regular expressions": TrainingData(regex_features=[{"name": "a", "pattern": "b"}]),
    "lookup tables": TrainingData(lookup_tables=[{"name": "a", "elements": ["b"]}]),
    "responses": TrainingData(responses={"utter_a": [{"text": "b"}]}),
}


@pytest.mark.parametrize("kind", FILLED)
def test_nothing_is_lost_in_a_merge_with_something_empty(kind: str) -> None:
    data = FILLED[kind]
    assert data.merge(TrainingData(), None) is data
    assert TrainingData().merge(None, data) is data


@pytest.mark.parametrize("kind", FILLED)
def test_what_is_not_empty_is_merged_as_rasa_merges_it(
    kind: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    data, other = FILLED[kind], examples("two", "three")
    before = data.fingerprint(), other.fingerprint()
    merged = data.merge(TrainingData(), other)
    assert (data.fingerprint(), other.fingerprint()) == before
    monkeypatch.setattr(training_data, "copy", copy)
    assert merged.fingerprint() == training._merge(data, TrainingData(), other).fingerprint()


def test_training_data_is_merged_once_whichever_way_its_language_is_given() -> None:
    importer = E2EImporter(RasaFileImporter())
    data = importer.get_nlu_data()
    assert importer.get_nlu_data("en") is importer.get_nlu_data(language="en") is data


def test_training_data_has_no_other_parts_than_those_that_are_looked_at() -> None:
    parts = list(inspect.signature(TrainingData).parameters)
    assert parts == [
        "training_examples",
        "entity_synonyms",
        "regex_features",
        "lookup_tables",
        "responses",
    ]


def test_a_model_is_archived_as_before_but_at_another_level(tmp_path: Path) -> None:
    (tmp_path / "part").write_text("what a component has learnt")
    with local_model_storage.TarSafe.open(tmp_path / "model.tar.gz", "w:gz") as archive:
        archive.add(tmp_path / "part", arcname="part")
    with tarfile.open(tmp_path / "model.tar.gz") as archive:
        part = archive.extractfile("part")
        assert part is not None
        assert part.read() == b"what a component has learnt"
    # Byte 8 of a gzip file tells of the slowest and the fastest level only (RFC 1952, XFL).
    assert (tmp_path / "model.tar.gz").read_bytes()[8] == 4
