"""Whatever is wrong with whole files is reported, all of it in one load."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from content.loader import ContentError, Fault, load
from tests.content.folder import Folder

FILES = {
    "broken.yml": 'topics:\n  - id: zz\n    title: "never closed\n',
    "two_documents.yml": "topics: []\n---\ntopics: []\n",
    "code.yml": "topics: !!python/object/apply:os.getcwd []\n",
    "list.yml": "- id: zz\n",
    "text.yml": "only words\n",
    "comments.yml": "# nothing yet\n",
    "unknown_kind.yml": "# a slip of the pen\ntopcis: []\n",
    "no_list.yml": "# no items\ntopics: none\n",
    "no_item.yml": "topics:\n  - only words\n",
    "kind_twice.yml": "gaps: []\ngaps: []\n",
    "second_article.yml": "article: {publisher: X}\n",
}
"""Files added to one folder of content."""

EXPECTED = {
    "broken.yml": (4, "-", "YAML"),
    "two_documents.yml": (2, "-", "another document"),
    "code.yml": (1, "-", "YAML"),
    "list.yml": (1, "-", "mapping"),
    "text.yml": (1, "-", "mapping"),
    "unknown_kind.yml": (2, "topcis", "topics"),
    "no_list.yml": (2, "topics", "list"),
    "no_item.yml": (2, "topics.0", "dict"),
    "kind_twice.yml": (2, "gaps", "twice"),
    "second_article.yml": (1, "article.title", "required"),
    "latin.yml": (3, "-", "utf-8"),
    "wide.yml": (1, "-", "utf-8"),
}
"""Line, key and part of the message with which each of them has to be reported."""


@pytest.fixture(scope="module")
def faults(tmp_path_factory: pytest.TempPathFactory) -> list[Fault]:
    """The report on a folder with all these files in it."""
    folder = Folder.small(tmp_path_factory.mktemp("files") / "content")
    for name, text in FILES.items():
        folder.add(text, name)
    (folder.path / "latin.yml").write_bytes("# one\n# two\n# Füße\n".encode("latin-1"))
    (folder.path / "wide.yml").write_bytes(b"\xff\xfe" + "# wide\n".encode("utf-16-le"))
    (folder.path / "marked.yml").write_text("# with a byte order mark\n", encoding="utf-8-sig")
    return folder.faults()


@pytest.mark.parametrize("name", EXPECTED)
def test_a_faulty_file_is_reported_with_line_and_key(name: str, faults: list[Fault]) -> None:
    line, key, message = EXPECTED[name]
    found = [fault for fault in faults if fault.file == name]
    assert [(fault.line, fault.key) for fault in found] == [(line, key)]
    assert message in found[0].message


def test_a_file_without_fault_is_not_reported(faults: list[Fault]) -> None:
    assert {fault.file for fault in faults} == set(EXPECTED)


def test_an_empty_folder_is_reported(tmp_path: Path) -> None:
    with pytest.raises(ContentError, match="no content files") as caught:
        load(tmp_path)
    assert [fault[1:3] for fault in caught.value.faults] == [(1, "-")]


def test_a_missing_article_is_reported(small: Folder) -> None:
    small.cut("all.yml", "article")
    assert [fault.key for fault in small.faults()] == ["article"]


def test_prompts_that_a_folder_lacks_are_the_engines(small: Folder) -> None:
    small.cut("all.yml", "prompts")
    assert load(small.path).prompts["for_example"] == load().prompts["for_example"]


def test_the_error_says_file_line_and_key_of_each_fault(small: Folder) -> None:
    small.edit("all.yml", "title: Pay", "title: ''")
    small.add("topcis: []\n")
    with pytest.raises(ContentError) as caught:
        load(small.path)
    told = str(caught.value).splitlines()
    line = small.line("all.yml", "title: ''")
    assert len(told) == 2
    assert told[0].startswith(f"all.yml:{line}: gap_pay.title: ")
    assert told[1].startswith("extra.yml:1: topcis: ")


def test_an_id_used_in_two_files_is_told_with_both_places(small: Folder) -> None:
    gap = "  - {id: gap_pay, title: Wages, answer: 'Nothing is said of wages at all here.'}\n"
    small.add(f"# the new one, first in the alphabet\ngaps:\n{gap}", "aaa.yml")
    small.edit("aaa.yml", "here.'", "here.', related: [definition]")
    (fault,) = [each for each in small.faults() if each.key == "gaps.gap_pay"]
    assert fault.file == "all.yml"
    assert "aaa.yml:3" in fault.message


def test_a_topic_whose_id_is_taken_has_that_one_fault(small: Folder) -> None:
    """Nothing else is reported because of it, least of all in other files."""
    topic = small.topic_with_statement("twice_1", "Penguins are fed on herring twice a day.")
    small.add(topic)
    assert [each.key for each in small.faults()] == [f"topics.{small.first_topic()}"]


def test_items_of_one_kind_may_stand_in_several_files(folder: Folder) -> None:
    before = load(folder.path).statements
    kinds = yaml.safe_load((folder.path / "statements.yml").read_text(encoding="utf-8"))
    for name, part in (("statements.yml", slice(30)), ("statements_2.yml", slice(30, None))):
        folder.add(yaml.safe_dump({"statements": kinds["statements"][part]}), name)
    assert load(folder.path).statements == before


def test_the_version_changes_with_the_words(small: Folder) -> None:
    before = load(small.path).version
    small.edit("all.yml", "title: Pay", "title: Wages")
    assert load(small.path).version != before
