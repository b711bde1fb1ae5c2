"""Rasa's own commands in this folder find what is the project's, and nothing else."""

from __future__ import annotations

from rasa.shared.core.training_data.story_reader.yaml_story_reader import YAMLStoryReader
from rasa.shared.data import get_data_files

from tests.conftest import ROOT


def test_plain_rasa_test_collects_the_stories_of_the_project_alone() -> None:
    """It looks in all of the folder, the environment in it included; `make` tidies that."""
    found = get_data_files([str(ROOT)], YAMLStoryReader.is_test_stories_file)
    foreign = [path for path in found if not path.startswith(str(ROOT / "tests" / "conversations"))]
    assert found
    assert not foreign, "run 'make install': it takes Rasa's samples out of .venv"
