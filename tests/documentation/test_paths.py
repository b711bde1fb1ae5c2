"""Every path, link and variable that the documentation names is there."""

from __future__ import annotations

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tests.documentation.pages import inline_code, links

# A folder, or a file by its ending; not an address, a route of HTTP or a pattern with placeholders.
_PATH = re.compile(r"[\w.*-]+(/[\w.*-]+)*/?")
_ENDINGS = (".py", ".yml", ".md", ".json", ".jsonl", ".conf", ".html", ".sh", ".ts", ".svg", ".txt")
#: What the reader of a page makes, or has: names in examples.
_EXAMPLES = {
    "data/nlu/NAME.yml", "export.yml", "test.yml", "train.yml", "alerts_test.yml", "store.db",
}  # fmt: skip
_OF_RASA = {"SANIC_WORKERS"}
# What a person or a command of the page makes in a folder of their own.
_OF_ANOTHER = {"draft/"}


@cache
def _tracked() -> list[str]:
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )  # fmt: skip
    return listed.stdout.splitlines()


@cache
def _code() -> str:
    """All that is a program, a configuration or a script, as one text."""
    names = (name for name in _tracked() if name.endswith((".py", ".yml", ".sh", "Makefile")))
    return "\n".join((ROOT / name).read_text(encoding="utf-8") for name in names)


def _paths() -> list[tuple[str, str]]:
    found = set()
    for page, code in inline_code():
        is_path = "/" in code.rstrip("/") or code.endswith(("/", *_ENDINGS))
        if is_path and _PATH.fullmatch(code) and code not in _EXAMPLES | _OF_ANOTHER:
            found.add((page.name, code))
    return sorted(found)


def _is_there(path: str) -> bool:
    if any(ROOT.glob(path.rstrip("/"))):
        return True
    if "/" not in path:  # a module within a package that the sentence is on
        return any(name.endswith(f"/{path}") for name in _tracked())
    # Made by a command: kept out of git, or named by the code that makes it.
    names = (path, f"{path.rstrip('/')}/")  # as a folder too
    asked = [["git", "check-ignore", "--quiet", name] for name in names]
    is_ignored = any(subprocess.run(each, cwd=ROOT, check=False).returncode == 0 for each in asked)
    return is_ignored or f'"{path.rstrip("/")}"' in _code()


@pytest.mark.parametrize(("page", "path"), _paths())
def test_a_path_is_there(page: str, path: str) -> None:
    assert _is_there(path)


def _anchors(page: Path) -> set[str]:
    heads = re.findall(r"^#+ (.*)$", page.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


@pytest.mark.parametrize(("page", "target"), sorted({(p, t) for p, t in links()}))
def test_a_link_leads_somewhere(page: Path, target: str) -> None:
    if re.match(r"[a-z]+:", target):
        return
    path, _, anchor = target.partition("#")
    led = (page.parent / path) if path else page
    assert led.exists()
    assert not anchor or anchor in _anchors(led)


def _variables() -> list[str]:
    found = (re.match(r"([A-Z][A-Z_]+)(=|$)", code) for _, code in inline_code())
    return sorted({each[1] for each in found if each and ("_" in each[1] or each[2])})


@pytest.mark.parametrize("variable", _variables())
def test_a_variable_is_one_that_something_reads(variable: str) -> None:
    assert variable in _OF_RASA or re.search(rf"\b{variable}\b", _code())


def test_every_page_can_be_reached_from_the_readme() -> None:
    reached, ahead = set(), [ROOT / "README.md"]
    while ahead:
        page = ahead.pop().resolve()
        if page in reached:
            continue
        reached.add(page)
        led = re.findall(r"\]\(([^)#\s]+\.md)", page.read_text(encoding="utf-8"))
        ahead += [page.parent / each for each in led if not re.match(r"[a-z]+:", each)]
    pages = {*(ROOT / "docs").glob("*.md"), ROOT / "CONTRIBUTING.md", ROOT / "CHANGELOG.md"}
    assert pages - reached == set()


def test_the_readme_is_short() -> None:
    assert len((ROOT / "README.md").read_text(encoding="utf-8").splitlines()) < 130


def test_contributing_says_when_each_folder_of_tests_is_run() -> None:
    folders = {f"tests/{path.parent.name}" for path in ROOT.glob("tests/*/test_*.py")}
    table = (ROOT / "CONTRIBUTING.md").read_text(encoding="utf-8").partition("| changed |")[2]
    assert folders == set(re.findall(r"`(tests/\w+)`", table))
