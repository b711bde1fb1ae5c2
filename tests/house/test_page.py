"""docs/architecture.md names what is there: types at their steps, rows of the table, acts."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from actions.executor import EXECUTE
from dialogue.acts import ACTS
from dialogue.decode import ASKED, FIRST, KINDS
from tests.conftest import ROOT
from tools.house import PURPOSES

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
_TYPE = re.compile(r"`((?:\w+\.)*[A-Z][a-z]\w*)`")
_PATH = re.compile(r"`(\w+/[\w/]+\.py)`")


def _table(head: str) -> list[list[str]]:
    """The cells of the page's table whose first line begins so, without that line."""
    lines = PAGE[PAGE.index(head) :].partition("\n\n")[0].splitlines()[2:]
    return [[cell.strip() for cell in line.strip("|").split("|")] for line in lines]


def _named_in(path: Path) -> set[str]:
    """Names that a module defines or imports."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {node.name for node in ast.walk(tree) if isinstance(node, ast.ClassDef)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Import | ast.ImportFrom):
            names |= {each.asname or each.name for each in node.names}
    return names


STEPS = _table("| | step |")


@pytest.mark.parametrize("step", STEPS, ids=lambda step: step[1])
def test_a_step_has_its_types_in_its_modules(step: list[str]) -> None:
    _, _, takes, gives, where = step
    modules = [ROOT / path for path in _PATH.findall(where)]
    assert modules
    there = set().union(*map(_named_in, modules))
    for name in _TYPE.findall(f"{takes} {gives}"):
        assert name.rpartition(".")[2] in there, name


def test_the_steps_are_in_order() -> None:
    assert [step[0] for step in STEPS] == [str(place) for place in range(1, len(STEPS) + 1)]


def _constants() -> Iterator[tuple[str, str]]:
    """Names in capitals that stand beside the module that has them: `NAME` ... in `path`."""
    pattern = r"((?:`_?[A-Z_]{4,}`[^`|]{0,30})+)(?:in|of) `([\w/]+\.py)`"
    for line in PAGE.replace("\n", " ").split("|"):
        for names, path in re.findall(pattern, line):
            yield from ((name, path) for name in re.findall(r"`(_?[A-Z_]{4,})`", names))


@pytest.mark.parametrize(("name", "path"), sorted(set(_constants())))
def test_a_constant_is_where_the_page_says(name: str, path: str) -> None:
    module = (ROOT / path).read_text(encoding="utf-8")
    assert re.search(rf"^(.*, )?{name}\b.* = ", module, re.MULTILINE)


def test_every_type_is_there() -> None:
    defined = {
        name
        for room in PURPOSES
        for path in (ROOT / room).rglob("*.py")
        for name in _named_in(path)
    }
    wanted = {name.split(".")[-1] for name in _TYPE.findall(PAGE)}
    assert len(wanted) > 20
    assert sorted(wanted - defined) == []


def test_every_row_of_precedence_stands_in_the_table() -> None:
    listed = [(cells[1], cells[3]) for cells in _table("| | row |")]
    assert listed == [(row.name, row.reason) for row in (*FIRST, *KINDS.values(), *ASKED)]


def test_every_act_is_carried_out() -> None:
    assert set(EXECUTE) == set(ACTS.values())
