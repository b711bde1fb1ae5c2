"""What `make test` tries in the folder of an assistant: that its article is told as it says.

Its own tests are `tests/**/*.yml` there, conversations in the form of tests/server/script.py.
"""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from content.loader import ASSISTANT, Content, load
from reading.candidates import Heard
from reading.reader import StatementReader
from tests.conftest import Conversation
from tests.server.script import Script, read_scripts

pytestmark = pytest.mark.skipif(
    not os.environ.get(ASSISTANT), reason="run by 'make test' of an assistant beside this one"
)
#: Share of the statements that the reader has to find by their own words.
_FOUND = 0.9


def _scripts() -> dict[str, Script]:
    if not os.environ.get(ASSISTANT):
        return {}
    files = sorted(Path("tests").rglob("*.yml"))
    return {f"{path.stem}: {each.about}": each for path in files for each in read_scripts(path)}


_SCRIPTS = _scripts()


@pytest.fixture(scope="module")
def content() -> Content:
    """The assistant's own."""
    return load()


@pytest.mark.parametrize("name", _SCRIPTS)
def test_a_conversation_goes_as_it_should(name: str, assistant: str, database: Path) -> None:
    faults = _SCRIPTS[name].play(Conversation(assistant, database))
    assert list(filter(None, faults)) == []


def test_statements_are_found_by_their_own_words(content: Content) -> None:
    if not content.statements:
        pytest.skip("no statements yet")
    reader = StatementReader.packaged()
    texts = {name: each.text for name, each in content.statements.items()}
    shelf = reader.shelf(texts, [role.all_names for role in content.roles.values()])
    lost = [
        name
        for name, text in texts.items()
        if name not in {each.id for each in reader.read(Heard(text), shelf).judged[:3]}
    ]
    assert len(lost) <= (1 - _FOUND) * len(texts), lost
