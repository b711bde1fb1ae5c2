"""docs/editing.md explains every key, and its examples load."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from content.loader import DEFAULT_FOLDER, Content, load
from content.schema import KINDS, Article, Choice, Source

_PAGE = Path(__file__).parents[2] / "docs" / "editing.md"
_EXAMPLES = re.findall(r"```yaml\n(.*?)```", _PAGE.read_text(encoding="utf-8"), re.DOTALL)
_SHAPES = {**KINDS, "article": Article, "source": Source, "choices": Choice}


@pytest.fixture(scope="module")
def content(tmp_path_factory: pytest.TempPathFactory) -> Content:
    """The examples as a content folder; the prompts are the project's own."""
    folder = tmp_path_factory.mktemp("examples")
    for number, text in enumerate(_EXAMPLES):
        (folder / f"{number}.yml").write_text(text, encoding="utf-8")
    prompts = (DEFAULT_FOLDER / "prompts.yml").read_text(encoding="utf-8")
    (folder / "prompts.yml").write_text(prompts, encoding="utf-8")
    return load(folder)


def test_the_examples_load(content: Content) -> None:
    assert list(content.topics) == ["hours", "products"]
    assert content.statements["pastry_makes"].steps[0] == "baking the base"


@pytest.mark.parametrize("kind", _SHAPES)
def test_every_key_stands_in_an_example(kind: str) -> None:
    text = "\n".join(_EXAMPLES)
    assert kind in text
    missing = [
        key
        for key in _SHAPES[kind].__fields__
        if not re.search(rf"\b{key}: ", text + " ")
        and not re.search(rf"^ *{key}:(\s|$)", text, re.MULTILINE)
    ]
    assert missing == []
