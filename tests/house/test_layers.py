"""What may know what: the arrows of docs/architecture.md, held against every import."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.conftest import ROOT

#: Of each package, which others of this project it may import.
MAY_KNOW: Mapping[str, set[str]] = {
    "content": set(),
    "reading": set(),
    "nlu": {"content", "reading"},
    "dialogue": {"content"},
    "actions": {"content", "dialogue"},
    "server": {"content"},
    "channels": {"content", "server"},
    "tools": {"content", "nlu", "server"},
    "keepers": {"actions", "channels", "content", "dialogue", "nlu", "reading", "tools"},
}
#: What each package has of Rasa, and in which modules alone, where it is not all of them.
RASA: Mapping[str, set[str]] = {
    "content": set(),
    "reading": set(),
    "dialogue": set(),
    "nlu": {"nlu.components", "nlu.importer"},
    "actions": {"actions.action", "actions.provenance", "actions.say"},
    "tools": {"tools.purge", "tools.rasa_cli"},
    "keepers": {"keepers.assistant"},
}
#: Imports against the arrows: what a conversation keeps is said once, and Rasa's domain made of it.
ALLOWED = {("nlu.slots", "dialogue")}


def modules() -> dict[str, Path]:
    """Every module of the project's packages by name, those of tests and benchmarks included."""
    found = {}
    for package in (*MAY_KNOW, "benchmarks", "tests"):
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


def package_of(name: str) -> str:
    """The outermost package of a module."""
    return name.partition(".")[0]


def test_no_module_is_in_a_circle() -> None:
    own = {name: found & set(MODULES) - {name} for name, found in IMPORTS.items()}
    try:
        TopologicalSorter(own).prepare()
    except CycleError as error:
        pytest.fail(" -> ".join(error.args[1]))


def test_no_package_is_in_a_circle() -> None:
    TopologicalSorter(MAY_KNOW).prepare()


@pytest.mark.parametrize("package", MAY_KNOW)
def test_a_package_knows_only_those_below_it(package: str) -> None:
    known = {*MAY_KNOW[package], package}
    above = {
        (name, package_of(found))
        for name, all_of_it in IMPORTS.items()
        if package_of(name) == package
        for found in all_of_it
        if package_of(found) in {*MAY_KNOW, "benchmarks", "tests"} - known
    }
    assert above == {each for each in ALLOWED if package_of(each[0]) == package}


@pytest.mark.parametrize("package", RASA)
def test_rasa_is_known_where_it_is_said_to_be(package: str) -> None:
    knowing = {
        name
        for name, found in IMPORTS.items()
        if package_of(name) == package
        and {package_of(each) for each in found} & {"rasa", "rasa_sdk"}
    }
    foreign = {name for name in knowing if not any(name.startswith(each) for each in RASA[package])}
    assert not foreign


def test_no_package_is_left_out() -> None:
    found = {path.parent.name for path in ROOT.glob("*/__init__.py")}
    assert found == {*MAY_KNOW, "benchmarks", "tests"}
