"""Which package may know which: the code, the table and the picture of the page say the same."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools.house import PICTURE, PURPOSES, House, imported, picture

PAGE = (ROOT / "docs" / "architecture.md").read_text(encoding="utf-8")
HOUSE = House.of(ROOT)
RASA = {"rasa", "rasa_sdk"}


def _rows() -> dict[str, tuple[set[str], str]]:
    """By package, what the page lets it import of the others, and where it may import Rasa."""
    table = PAGE.partition("| package |")[2].partition("\n\n")[0]
    rows = re.findall(r"^\| `(\w+)` \| (.*?) \| (.*?) \|$", table, re.MULTILINE)
    return {room: (set(re.findall(r"`(\w+)`", others)), rasa) for room, others, rasa in rows}


def _importing_rasa(room: str) -> Iterator[str]:
    for path in (ROOT / room).rglob("*.py"):
        if RASA & set(imported(path)):
            yield path.relative_to(ROOT).as_posix()


def test_every_package_is_a_room() -> None:
    packages = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"tests"}
    assert packages == set(PURPOSES) == set(_rows())


@pytest.mark.parametrize("room", PURPOSES)
def test_a_package_imports_what_the_page_says(room: str) -> None:
    assert HOUSE.knows[room] - RASA == _rows()[room][0], "the table in docs/architecture.md"


@pytest.mark.parametrize("room", PURPOSES)
def test_rasa_is_imported_where_the_page_says(room: str) -> None:
    said, found = _rows()[room][1], set(_importing_rasa(room))
    places = re.findall(r"`([\w/.]+)`", said)
    if not places:
        assert bool(found) == (said == "yes")
    for path in found if places else ():
        assert any(path == each or path.startswith(each.rstrip("/") + "/") for each in places), path
    for each in places:
        assert any(path.startswith(each.rstrip("/")) for path in found), f"{each}: no longer"


def test_no_package_is_in_a_circle() -> None:
    assert HOUSE.circles == []


def test_what_a_conversation_keeps_is_all_that_the_pipeline_knows_of_dialogue() -> None:
    knowing = [path for path in (ROOT / "nlu").rglob("*.py") if "dialogue" in set(imported(path))]
    assert knowing == [ROOT / "nlu" / "slots.py"]


def test_the_picture_shows_the_code() -> None:
    assert PICTURE.read_text(encoding="utf-8") == picture(HOUSE), "python -m tools.house"


def test_floors_arrows_and_circles_follow_from_imports(tmp_path: Path) -> None:
    sources = {
        "ground": "import json",
        "middle": "from ground.cellar import beer",
        "left": "import middle, ground\nimport right",
        "right": "def late():\n    from left import thing",
        "roof": "import rasa.core\nimport right\nimport middle",
    }
    for room, text in sources.items():
        (tmp_path / room).mkdir()
        (tmp_path / room / "module.py").write_text(text, encoding="utf-8")
    house = House.of(tmp_path, tuple(sources))
    assert list(house.floors) == [["ground"], ["middle"], ["left", "right"], ["roof"]]
    assert house.circles == [("left", "right")]
    assert house.knows["roof"] == {"rasa", "right", "middle"}
