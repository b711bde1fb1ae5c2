"""New examples are a small change to the right file, and a file is never left half written."""

from __future__ import annotations

import difflib
import errno
import shutil
from pathlib import Path

import pytest

from content.files import write_all
from keepers.nlu_files import DATA, add_examples, home_of, read_examples, unwritable
from tools.console import CommandError


@pytest.fixture
def data(tmp_path: Path) -> Path:
    shutil.copytree(DATA, tmp_path / "nlu")
    return tmp_path / "nlu"


def _changed(before: str, after: str) -> list[str]:
    lines = difflib.unified_diff(before.splitlines(), after.splitlines(), n=0, lineterm="")
    return [line for line in lines if line[0] in "+-" and line[:3] not in ("+++", "---")]


def test_an_added_wording_is_one_line_among_those_of_its_length(data: Path) -> None:
    path = data / "topics" / "demand.yml"
    before = path.read_text(encoding="utf-8")
    add_examples(path, "demand", ["will anybody still hire me in a decade"])
    after = path.read_text(encoding="utf-8")
    assert _changed(before, after) == ["+    - will anybody still hire me in a decade"]
    lines = after.splitlines()
    place = next(n for n, line in enumerate(lines) if "in a decade" in line)
    assert len(lines[place - 1]) <= len(lines[place]) <= len(lines[place + 1])


def test_an_intent_among_others_in_a_file_gets_its_own(data: Path) -> None:
    path = data / "small_talk.yml"
    before = path.read_text(encoding="utf-8")
    add_examples(path, "thanks", ["much obliged to you over there"])
    after = path.read_text(encoding="utf-8")
    assert len(_changed(before, after)) == 1
    (found,) = [each for each in read_examples(data) if "obliged to you over" in each.text]
    assert found.intent == "thanks"


def test_every_intent_can_be_added_to_and_keeps_all_it_had(data: Path) -> None:
    before = {(each.intent, each.text) for each in read_examples(data)}
    for intent in {intent for intent, _ in before}:
        add_examples(home_of(intent, data), intent, [f"a wording for {intent}"])
    after = {(each.intent, each.text) for each in read_examples(data)}
    assert after - before == {(intent, f"a wording for {intent}") for intent, _ in before}


def test_a_topic_without_a_file_gets_one(data: Path) -> None:
    path = home_of("gap_tides", data)
    assert path == data / "gaps" / "gap_tides.yml"
    add_examples(path, "gap_tides", ["when is high tide", "tides"])
    assert [each.text for each in read_examples(data) if each.intent == "gap_tides"] == [
        "tides",
        "when is high tide",
    ]


def test_in_another_assistants_folder_the_engines_files_are_nobodys_home(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert home_of("out_of_scope") == DATA / "gaps" / "out_of_scope.yml"
    assert home_of("thanks") == DATA / "topics" / "thanks.yml"


def test_a_file_of_another_form_is_left_as_it_was(tmp_path: Path) -> None:
    path = tmp_path / "odd.yml"
    text = 'nlu: [{intent: odd, examples: "- one\\n- two"}]\n'
    path.write_text(text, encoding="utf-8")
    with pytest.raises(CommandError, match="add by hand"):
        add_examples(path, "odd", ["three"])
    assert path.read_text(encoding="utf-8") == text


@pytest.mark.parametrize("text", ["a [b](role)", "a {b}", "/skills", "???", "x" * 301])
def test_wordings_that_rasa_would_read_as_something_else_are_refused(text: str) -> None:
    assert unwritable(text)


def test_files_are_replaced_or_left_and_no_part_of_one_stays(tmp_path: Path) -> None:
    first, second = tmp_path / "first", tmp_path / "none" / "second"
    first.write_text("old", encoding="utf-8")
    (tmp_path / "none").write_text("a file where a folder is needed", encoding="utf-8")
    with pytest.raises(OSError, match="none"):
        write_all({first: "new", second: "new"})
    assert first.read_text(encoding="utf-8") == "old"
    assert sorted(path.name for path in tmp_path.iterdir()) == ["first", "none"]


def test_on_a_full_disk_every_file_stays_and_nothing_is_left_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "first"
    path.write_text("old", encoding="utf-8")

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        write_all({path: "new"})
    assert path.read_text(encoding="utf-8") == "old"
    assert list(tmp_path.iterdir()) == [path]
