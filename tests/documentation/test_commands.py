"""Every command in README, CONTRIBUTING and docs is one that works: make, Python or Rasa knows it.

make is asked by a dry run; what a target does with a variable is looked for in its recipe, as make
takes any. Options of a module are looked for in its source.
"""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.documentation.pages import PROGRAMS, Command, commands

ALL = sorted(set(commands()), key=str)
_VARIABLE = re.compile(r"[A-Z][A-Z_]*=")
_MAKEFILE = (ROOT / "Makefile").read_text(encoding="utf-8")
# For every target: where it runs, and for whom.
_EVERYWHERE = {"PORT", "ACTIONS_PORT", "ASSISTANT", "STOCK"}
# How the lines of a recipe begin.
_OF_A_RECIPE = ("\t", "ifdef", "else", "endif")


def _of(program: str) -> list[Command]:
    return [each for each in ALL if each.words[0] == program]


def test_each_is_of_a_program_that_is_known() -> None:
    assert len(ALL) > 60
    unknown = {str(each) for each in ALL if not each.words[0].startswith(tuple(PROGRAMS))}
    assert unknown == set()


@cache
def _recipe(target: str) -> str:
    """The lines of a target, with the variables in them replaced by what they stand for."""
    lines = _MAKEFILE.splitlines()
    begin = next(place for place, line in enumerate(lines) if line.startswith(f"{target}:"))
    end = next(
        (n for n in range(begin + 1, len(lines)) if not lines[n].startswith(_OF_A_RECIPE)),
        len(lines),
    )
    text = "\n".join(lines[begin:end])
    for name, value in re.findall(r"^(\w+) [:?]?= (.*)$", _MAKEFILE, re.MULTILINE):
        text = text.replace(f"$({name})", f"$({name}) {value}")
    return text


def _takes(target: str, variable: str) -> bool:
    return variable in _EVERYWHERE or bool(
        re.search(
            rf"\$\(((if|or|and) [^)]*\$\()?{variable}\b|\$\${variable}\b|ifdef {variable}\b",
            _recipe(target),
        )
    )


def _goals(words: Sequence[str]) -> tuple[list[str], list[str]]:
    """The targets of a command of make, and the variables that it sets."""
    given = [word.partition("=")[0] for word in words[1:] if _VARIABLE.match(word)]
    return [word for word in words[1:] if not _VARIABLE.match(word) and word != "&"], given


@pytest.mark.parametrize("command", _of("make"), ids=str)
def test_make_knows_target_and_variables(command: Command) -> None:
    targets, variables = _goals(command.words)
    for target in targets:
        for variable in variables:
            assert _takes(target, variable), f"{target} does nothing with {variable}"
    # As typed, and not within the `make test` that runs this: make would take its variables.
    environment = {name: value for name, value in os.environ.items() if "MAKE" not in name}
    arguments = ["make", "--dry-run", *(word for word in command.words[1:] if word != "&")]
    done = subprocess.run(
        arguments, cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr


def _sources(module: str) -> list[Path]:
    """The files of a module, or of all of its package where it is one."""
    spec = importlib.util.find_spec(module)
    assert spec is not None, f"there is no module {module}"
    assert spec.origin is not None, f"{module} cannot be run"
    path = Path(spec.origin)
    if path.name != "__init__.py":
        return [path]
    assert (path.parent / "__main__.py").exists(), f"{module} cannot be run"
    return sorted(path.parent.rglob("*.py"))


@pytest.mark.parametrize("command", _of("python"), ids=str)
def test_python_knows_module_and_options(command: Command) -> None:
    assert command.words[1] == "-m"
    text = "".join(path.read_text(encoding="utf-8") for path in _sources(command.words[2]))
    assert "__main__" in text or command.words[2] == "rasa_sdk"
    for option in (word for word in command.words[3:] if word.startswith("--")):
        assert f'"{option}"' in text, option


@pytest.mark.parametrize("command", _of("rasa"), ids=str)
def test_rasa_knows_command_and_options(command: Command) -> None:
    from rasa.__main__ import create_argument_parser

    create_argument_parser().parse_args(list(command.words[1:]))


def _targets() -> Iterator[str]:
    yield from re.findall(r"^([a-z-]+):.*##", _MAKEFILE, re.MULTILINE)


@pytest.mark.parametrize("target", sorted(_targets()))
def test_a_target_says_which_variables_it_takes(target: str) -> None:
    (said,) = re.findall(rf"^{target}:.*?## (.*)$", _MAKEFILE, re.MULTILINE)
    named = set(re.findall(r"\b([A-Z][A-Z_]*)=", said))
    for variable in named:
        assert _takes(target, variable), variable
    used = set(re.findall(r"\$\((?:if \$\()?([A-Z][A-Z_]+)\b|\$\$([A-Z]+)\b", _recipe(target)))
    of_its_own = {name for pair in used for name in pair if name} - {
        *re.findall(r"^([A-Z_]+) [:?]?=", _MAKEFILE, re.MULTILINE),
        "CURDIR", "MAKE", "MAKEFILE_LIST", "ASSISTANT",
    }  # fmt: skip
    assert of_its_own <= named, "help says nothing of it"
