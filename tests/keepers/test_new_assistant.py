"""An assistant for another article is begun with one command, and loads and trains at once."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from content.loader import ASSISTANT, Content, load
from keepers.new_assistant import Side, Start, new_assistant, sides_named, started
from nlu.importer import ContentImporter
from nlu.made_examples import STATEMENT, of_roles, role_names
from tests.conftest import ROOT
from tools.console import CommandError

EXAMPLES = sorted((ROOT / "examples").glob("*.json"))
FEW = {"wide": "Rafts are wider than any canoe.", "2-Long": "Canoes are 5 metres long."}
Begun = Callable[[Start], Content]


@pytest.fixture
def begun(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Begun:
    """Begins an assistant, makes it the one that is loaded, and loads it."""

    def begin(start: Start) -> Content:
        folder = tmp_path / "boats"
        new_assistant(folder, start)
        monkeypatch.setenv(ASSISTANT, str(folder))
        return load()

    return begin


def intents(importer: ContentImporter) -> dict[str, list[str]]:
    """The training examples by intent."""
    found: dict[str, list[str]] = {}
    for message in importer.get_nlu_data().intent_examples:
        found.setdefault(message.get("intent"), []).append(message.get("text"))
    return found


def importer() -> ContentImporter:
    """As a training of an assistant without data of its own has it."""
    return ContentImporter(str(ROOT / "config.yml"), str(ROOT / "domain.yml"), [])


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_each_example_is_known_at_once_with_all_its_statements(path: Path, begun: Begun) -> None:
    content = begun(started(path))
    told = json.loads(path.read_text(encoding="utf-8"))["statements"]
    assert {name: each.text for name, each in content.statements.items()} == told
    assert [role.plural for role in content.roles.values()] == [
        f"{name.replace('-', ' ')}s" for name in _sides(path.stem)
    ]


def _sides(name: str) -> list[str]:
    *first, last = name.split("-vs-")
    if not first:
        return []
    head = last.partition("-")[2]
    return [f"{each}-{head}" if head else each for each in first] + [last]


def test_what_an_empty_one_is_trained_from_is_the_engines_alone(begun: Begun) -> None:
    assert begun(Start("Boats", {}, ())).statements == {}
    found = intents(importer())
    assert STATEMENT not in found
    assert STATEMENT not in importer().get_domain().intents
    assert {"greet", "more", "out_of_scope"} <= set(found)
    assert not [text for texts in found.values() for text in texts if "{" in text]


def test_statements_are_examples_and_role_names_come_from_content(begun: Begun) -> None:
    content = begun(Start("Boats", FEW, sides_named("canoe-vs-raft")))
    assert set(content.statements) == {"wide", "s2_long"}
    found = intents(importer())
    assert any("rafts are wider" in text for text in found[STATEMENT])
    assert STATEMENT in importer().get_domain().intents
    assert "and for canoe?" in found["followup"]
    assert "and for raft?" in found["followup"]
    assert importer().get_nlu_data().entity_synonyms == {
        "canoe": "canoe",
        "raft": "raft",
    }


def test_a_statement_that_names_one_side_alone_is_of_that_role(begun: Begun) -> None:
    content = begun(Start("Boats", FEW, sides_named("canoe-vs-raft")))
    assert content.statements["s2_long"].role == "canoe"
    assert content.statements["wide"].role is None


def test_examples_that_need_more_roles_than_there_are_are_left_out(begun: Begun) -> None:
    begun(Start("Boats", FEW, [Side("raft", ["raft"])]))
    found = intents(importer())["followup"]
    assert "and for raft?" in found
    assert "and theirs?" in found
    assert not [text for text in found if "canoe" in text]


def test_three_roles_take_turns_in_the_engines_examples(begun: Begun) -> None:
    content = begun(Start("Boats", FEW, sides_named("canoe-vs-raft-vs-punt")))
    asked = {of_roles("and {a.plural}?", content.roles, place) for place in range(6)}
    assert asked == {"and canoes?", "and rafts?", "and punts?"}
    assert set(role_names(content)) == {"canoe", "raft", "punt"}


def test_nothing_is_written_into_a_folder_that_has_something(tmp_path: Path) -> None:
    (tmp_path / "there").write_text("", encoding="utf-8")
    with pytest.raises(CommandError, match="not empty"):
        new_assistant(tmp_path, Start("Boats", {}, ()))
    assert [path.name for path in tmp_path.iterdir()] == ["there"]


def test_a_file_that_is_no_article_is_told_in_one_line(tmp_path: Path) -> None:
    path = tmp_path / "boats.json"
    path.write_text('{"name": "boats"}', encoding="utf-8")
    with pytest.raises(CommandError, match="no 'statements'"):
        started(path)
