"""No module needs itself, through whatever others: a circle cannot be read in parts."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools.house import PURPOSES


def modules() -> dict[str, Path]:
    """Every module of the project's packages by name, those of tests and benchmarks included."""
    found = {}
    for package in (*PURPOSES, "tests"):
        for path in (ROOT / package).rglob("*.py"):
            parts = path.relative_to(ROOT).with_suffix("").parts
            found[".".join(parts[:-1] if parts[-1] == "__init__" else parts)] = path
    return found


MODULES = modules()


def imported(path: Path) -> Iterator[str]:
    """Names of modules that a module imports, wherever in it."""
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (each.name for each in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            for each in node.names:
                inner = f"{node.module}.{each.name}"
                yield inner if inner in MODULES else node.module


IMPORTS = {name: set(imported(path)) for name, path in MODULES.items()}


def test_no_module_is_in_a_circle() -> None:
    own = {name: found & set(MODULES) - {name} for name, found in IMPORTS.items()}
    try:
        TopologicalSorter(own).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))
