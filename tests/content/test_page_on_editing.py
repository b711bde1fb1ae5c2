"""docs/editing.md explains every key, and its examples load."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
import yaml

from content.loader import Content, load
from content.schema import KINDS, Article, Choice, Source

_PAGE = Path(__file__).parents[2] / "docs" / "editing.md"
_EXAMPLES = re.findall(r"```yaml\n(.*?)```", _PAGE.read_text(encoding="utf-8"), re.DOTALL)
_SHAPES = {**KINDS, "article": Article, "source": Source, "choices": Choice}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The examples as a content folder."""
    folder = tmp_path_factory.mktemp("examples")
    for number, text in enumerate(_EXAMPLES):
        (folder / f"{number}.yml").write_text(text, encoding="utf-8")
    return load(folder)


def _items(kind: str) -> list[dict[str, Any]]:
    """All that the examples have of a kind."""
    if kind == "source":
        return [each["source"] for each in _items("statements")]
    if kind == "choices":
        return [choice for each in _items("questions") for choice in each["choices"]]
    found = [given[kind] for given in map(yaml.safe_load, _EXAMPLES) if kind in given]
    return found if kind == "article" else [item for listed in found for item in listed]


def test_the_examples_load(content: Content) -> None:
    assert list(content.topics) == ["hours", "products"]
    assert content.statements["pastry_makes"].steps[0] == "baking the base"


@pytest.mark.parametrize("kind", _SHAPES)
def test_every_key_stands_in_an_example_of_its_kind(kind: str) -> None:
    assert {key for item in _items(kind) for key in item} == set(_SHAPES[kind].__fields__)
