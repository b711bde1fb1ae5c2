"""What a statement's items stand for."""

from __future__ import annotations

import pytest

from content.loader import ContentError, load
from tests.actions.harness import CONTENT
from tests.content.folder import Folder

ITEMS = "  items:\n  - natural language processing\n  - reasoning systems\n  - robotics\n"


@pytest.mark.parametrize(
    ("parts", "fault"),
    [
        ("[ml_def, definition, unheard_of]", "no topic and no statement has the id 'unheard_of'"),
        ("[ml_def, definition, ml_def]", "'ml_def' is named twice, or is this one"),
        ("[ml_def, definition, ai_nlp]", "'ai_nlp' is named twice, or is this one"),
        ("[ml_def]", "must name a topic or a statement for each of the items"),
    ],
)
def test_parts_that_fit_nothing_are_a_fault(small: Folder, parts: str, fault: str) -> None:
    small.edit("all.yml", ITEMS, f"{ITEMS}  parts: {parts}\n")
    with pytest.raises(ContentError) as error:
        load(small.path)
    assert [each.message for each in error.value.faults] == [fault]


def test_a_part_is_told_by_a_statement_of_each_role_or_by_its_own() -> None:
    def told(part: str) -> list[str]:
        return [each.id for each in CONTENT.told_of_part(part)]

    assert told("tools") == ["ml_lang", "ai_tools_open"]
    assert told("ref_uic") == ["ref_uic"]
    assert told("demand") == [CONTENT.topics["demand"].statements[0]]  # a statement has that id too


@pytest.mark.parametrize(
    ("statement", "is_on_one"),
    [("ml_back", True), ("problem", False), ("ai_tools_open", False), ("ai_collab", False)],
)
def test_a_statement_is_on_one_role_if_it_names_no_other_one_and_is_not_open(
    statement: str, is_on_one: bool
) -> None:
    assert CONTENT.is_on_one(statement) is is_on_one
