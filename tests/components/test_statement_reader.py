"""The component that reads messages against the statements of the content."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest
from rasa.shared.nlu.training_data.message import Message

from content.live import LiveContent
from nlu.components.conversation import SaidBefore
from nlu.components.intent_classifier import PART_INTENTS
from nlu.components.statement_reader import LiveShelf, StatementReader
from nlu.components.text_normaliser import NORMALISED, SAID_BEFORE
from nlu.normaliser import Normaliser
from nlu.outcome import ANSWER, UNREADABLE
from reading.articles import ACTS
from reading.heard import Heard
from reading.reader import Reading
from reading.reader import StatementReader as Reader
from tests.conftest import ROOT


class Listener(Reader):
    """The reader, which notes what it was asked to read."""

    heard: list[Heard]

    def read(self, heard: Heard, shelf: Any) -> Reading:
        """As the reader's."""
        self.heard.append(heard)
        return super().read(heard, shelf)


@pytest.fixture(scope="module")
def reader() -> Listener:
    """The packaged reader."""
    return Listener.packaged()  # type: ignore[return-value]


@pytest.fixture(autouse=True)
def _quiet(reader: Listener) -> None:
    reader.heard = []


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A copy of the content, to be edited."""
    for path in (ROOT / "content").glob("*.yml"):
        shutil.copy(path, tmp_path)
    return tmp_path


@pytest.fixture
def component(reader: Listener, folder: Path) -> StatementReader:
    """The component on the copied content."""
    return StatementReader(reader, LiveContent(folder))


def message(normaliser: Normaliser, text: str, **more: Any) -> Message:
    """A message as it comes from the classifier."""
    normalised = normaliser.normalise(text)
    data = {
        "text": text,
        NORMALISED: normalised,
        SAID_BEFORE: SaidBefore(),
        PART_INTENTS: [None] * len(normalised.parts),
        "understanding": {"outcome": ANSWER},
    }
    return Message({**data, **more})


def output(component: StatementReader, read: Message) -> dict[str, Any]:
    """What the tracker keeps of a message."""
    found: dict[str, Any] = component.process([read])[0].as_dict(only_output_properties=True)
    return found


def test_a_message_gets_what_the_statements_are_to_it(
    component: StatementReader, normaliser: Normaliser
) -> None:
    found = output(component, message(normaliser, "Which languages do ML engineers need?"))
    assert set(found["reading"]["acts"]) == set(ACTS)
    assert Reading.from_dict(json.loads(json.dumps(found["reading"]))).judged
    assert found["parts"] == []
    assert found["wanted"] == {"form": None, "points": None, "words": None}
    assert found["places"] == []


def test_the_message_is_heard_as_typed_after_what_was_said_before(
    component: StatementReader, reader: Listener, normaliser: Normaliser
) -> None:
    before = SaidBefore("which tools?", "Python or Java.", ("ml_lang",), "Tools", earlier="hi")
    read = message(normaliser, "Thanks! And wich framworks do AI engineers use?")
    read.set(SAID_BEFORE, before)
    output(component, read)
    typed = "Thanks! And which frameworks do AI engineers use?"
    assert reader.heard == [Heard(typed, "Python or Java.", "which tools?", ("ml_lang",), "hi")]


def test_each_of_several_questions_is_read_after_the_one_before_it(
    component: StatementReader, reader: Listener, normaliser: Normaliser
) -> None:
    text = "What do ML engineers do, and which tools do they use?"
    read = message(normaliser, text, **{PART_INTENTS: ["work", None]})
    parts = output(component, read)["parts"]
    assert [(part["intent"], part["roles"]) for part in parts] == [
        ("work", ["ml_engineer"]),
        (None, []),
    ]
    assert all(part["reading"]["acts"] for part in parts)
    assert [heard.previous for heard in reader.heard[1:]] == ["", reader.heard[1].say]


@pytest.mark.parametrize(
    ("text", "outcome"), [("/tools", ANSWER), ("???", UNREADABLE), ("", UNREADABLE)]
)
def test_what_nobody_wrote_or_can_read_has_no_reading(
    component: StatementReader, normaliser: Normaliser, text: str, outcome: str
) -> None:
    found = output(component, message(normaliser, text, understanding={"outcome": outcome}))
    assert "reading" not in found
    assert found["parts"] == []


@pytest.mark.parametrize(
    ("asked", "is_named"),
    [("where is that from?", False), ("who says that false alarms fell by 35 percent?", True)],
)
def test_what_asks_for_a_source_is_read_by_itself_too(
    component: StatementReader,
    normaliser: Normaliser,
    reader: Listener,
    asked: str,
    is_named: bool,
) -> None:
    before = SaidBefore("and their tools?", "ML engineers use Python.", ("ml_lang",))
    found = output(component, message(normaliser, asked, **{SAID_BEFORE: before}))["reading"]
    assert [each.previous for each in reader.heard] == ["and their tools?", ""]
    likely = [e["id"] for e in found["alone"] if e["answers"] + e["confirms"] + e["near"] >= 0.7]
    assert ("case_35" in likely) is is_named
    assert "ml_lang" not in likely  # which "that" is said of
    again = output(component, message(normaliser, "and their tools?", **{SAID_BEFORE: before}))
    assert again["reading"]["alone"] == []


def test_forms_and_places_are_told(component: StatementReader, normaliser: Normaliser) -> None:
    found = output(component, message(normaliser, "the second one in three bullets of 5 words"))
    assert found["wanted"] == {"form": found["reading"]["form"], "points": 3, "words": 5}
    assert found["places"] == [1]


@pytest.mark.parametrize(
    ("text", "read", "wanted"),
    [
        ("fewer words", "words", {"form": "shorter"}),
        ("in eight words", "words", {"form": "words", "words": 8}),
        ("all of it in nine words", "none", {"form": "words", "words": 9}),
        ("as bullets, 4 max", "bullets", {"form": "bullets", "points": 4}),
        ("as bullets, 4 max", "none", {}),
        ("the first three as a table of two lines", "table", {"form": "table", "points": 2}),
    ],
)
def test_how_long_a_form_is_to_be_is_said_in_figures(
    component: StatementReader,
    normaliser: Normaliser,
    reader: Listener,
    monkeypatch: pytest.MonkeyPatch,
    text: str,
    read: str,
    wanted: dict[str, Any],
) -> None:
    monkeypatch.setattr(Reading, "as_dict", lambda self: {"acts": {"source": 0.0}, "form": read})
    found = output(component, message(normaliser, text))["wanted"]
    assert found == {"form": None, "points": None, "words": None, **wanted}


def test_a_title_that_was_offered_is_a_place(
    component: StatementReader, normaliser: Normaliser
) -> None:
    read = message(normaliser, "robots")
    assert output(component, read)["places"] == []
    read.set(SAID_BEFORE, SaidBefore(titles=("Data", "Robots and vehicles")))
    assert output(component, read)["places"] == [1]


def test_an_edit_of_the_content_is_read_at_once(reader: Listener, folder: Path) -> None:
    shelf = LiveShelf(reader, LiveContent(folder))
    first = shelf.get()
    assert first is not None
    assert shelf.get() is first
    path = folder / "statements.yml"
    new = "This sentence is a new one here."
    edited = re.sub('text: "[^"]*"', f'text: "{new}"', path.read_text(encoding="utf-8"), count=1)
    path.write_text(edited, encoding="utf-8")
    second = shelf.get()
    assert second is not None
    assert new in second.texts.values()


def test_while_the_content_cannot_be_read_there_is_no_reading(
    reader: Listener, normaliser: Normaliser, tmp_path: Path
) -> None:
    (tmp_path / "roles.yml").write_text("roles: [", encoding="utf-8")
    component = StatementReader(reader, LiveContent(tmp_path))
    assert "reading" not in output(component, message(normaliser, "Which languages?"))
    assert reader.heard == []


def test_each_side_has_one_neutral_name_whatever_it_is_called(
    component: StatementReader, reader: Listener, folder: Path
) -> None:
    content = LiveContent(folder).get()
    shelf = LiveShelf(reader, LiveContent(folder)).get()
    assert shelf is not None
    for role in content.roles.values():
        assert len({shelf.rename(name) for name in role.all_names}) == 1
