"""What an assistant beside the engine takes from it, and what it has itself."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from tools.place import ENGINE, config, file_of, is_engine, training_arguments

OWN = {"refuse_above", "sure"}  # chosen on the engine's own article


@pytest.fixture
def beside(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A folder beside the engine, in which commands run."""
    folder = tmp_path / "boats"
    folder.mkdir()
    monkeypatch.chdir(folder)
    return folder


def test_the_engines_files_are_taken_where_there_are_no_own_ones(beside: Path) -> None:
    assert file_of("domain.yml") == ENGINE / "domain.yml"
    (beside / "domain.yml").write_text("intents: []\n", encoding="utf-8")
    assert file_of("domain.yml") == Path("domain.yml")
    assert not is_engine()


def test_the_configuration_is_the_engines_without_what_was_chosen_on_its_article(
    beside: Path,
) -> None:
    found = yaml.safe_load(config().read_text(encoding="utf-8"))
    given = yaml.safe_load((ENGINE / "config.yml").read_text(encoding="utf-8"))
    assert found["assistant_id"] == "boats"
    pairs = list(zip(found["pipeline"], given["pipeline"], strict=True))
    for mine, theirs in pairs:
        assert {**theirs, **{key: mine[key] for key in OWN & set(theirs)}} == mine
    changed = {key for mine, theirs in pairs for key in theirs if mine[key] != theirs[key]}
    assert changed == OWN


def test_an_own_configuration_is_taken_as_it_is(beside: Path) -> None:
    (beside / "config.yml").write_text("recipe: default.v1\n", encoding="utf-8")
    assert config() == Path("config.yml")


def test_training_finds_something_to_read_with_and_without_own_questions(beside: Path) -> None:
    assert Path(training_arguments()[-1]).is_file()
    (beside / "data").mkdir()
    assert training_arguments()[-1] == "data"
