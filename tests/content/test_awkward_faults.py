"""Faults in places where they are easily missed, or where one hides or drags others."""

from __future__ import annotations

import pytest

from content.live import LiveContent
from content.loader import ContentError, load
from tests.content.folder import Folder, places

TITLE, NO_TITLE = "title: Pay", "title: ''"


def test_a_key_that_yaml_reads_as_yes_is_an_unknown_key(small: Folder) -> None:
    small.edit("all.yml", TITLE, f"{TITLE}\n  yes: 1")
    with pytest.raises(ContentError, match="unknown key"):
        load(small.path)


def test_a_key_that_yaml_reads_as_yes_keeps_the_last_good_content(small: Folder) -> None:
    live = LiveContent(small.path)
    before = live.get()
    small.edit("all.yml", TITLE, f"{TITLE}\n  yes: 1")
    assert live.get() is before


@pytest.mark.parametrize("brace", ["{", "}", "{a.b}", "{options.x}"])
def test_a_brace_that_could_not_be_filled_in_is_reported(small: Folder, brace: str) -> None:
    small.edit("all.yml", "{options}", "{options} " + brace)
    assert "prompts.next" in [fault.key for fault in small.faults()]


@pytest.mark.parametrize("words", ["{options!z}", "{options:d}"])
def test_a_word_that_could_not_be_filled_in_that_way_is_reported(small: Folder, words: str) -> None:
    small.edit("all.yml", "{options}", words)
    assert "prompts.next" in [fault.key for fault in small.faults()]


def test_a_missing_article_is_reported_next_to_other_faults(small: Folder) -> None:
    small.cut("all.yml", "article")
    small.edit("all.yml", TITLE, NO_TITLE)
    assert {fault.key for fault in small.faults()} == {"gap_pay.title", "article"}


def test_a_role_without_an_id_drags_no_role_of_no_name_behind_it(small: Folder) -> None:
    small.edit("all.yml", "- id: ml_engineer\n  title", "- title")
    assert not any("None" in fault.message for fault in small.faults())


def test_a_file_that_cannot_be_read_drags_no_fault_of_other_files_behind_it(folder: Folder) -> None:
    folder.edit("topics.yml", "related: [", "related: [[")
    assert [fault.file for fault in folder.faults()] == ["topics.yml"]


def test_a_second_article_is_reported_where_it_stands(small: Folder) -> None:
    small.add("# one more\narticle: {title: A, published: B, publisher: C}\n")
    assert ("extra.yml", 2, "article") in places(small.faults())


@pytest.mark.parametrize(
    "value", ["&again [*again]", "&again {a: *again}", "&again [{b: [*again]}]"]
)
def test_a_value_that_contains_itself_is_reported_where_it_stands(
    small: Folder, value: str
) -> None:
    small.add(f"# goes in circles\ntopics: {value}\n")
    (fault,) = small.faults()
    assert fault[:2] == ("extra.yml", 2)
    assert "contains itself" in fault.message


def test_a_value_used_twice_is_no_fault(small: Folder) -> None:
    small.add("sections:\n  - {id: one, title: &title Same}\n  - {id: two, title: *title}\n")
    assert small.faults() == []


def test_a_prompt_in_two_files_is_one_fault(small: Folder) -> None:
    small.add("# one more\nprompts:\n  next: '{options}'\n")
    assert places(small.faults()) == [("extra.yml", 3, "prompts.next")]


def test_a_faulty_topic_drags_no_untold_statement_behind_it(folder: Folder) -> None:
    folder.edit("topics.yml", '"Shared skills"', '""')  # it alone tells a statement
    assert [fault.key for fault in folder.faults()] == ["shared_skills.title"]


def test_one_faulty_text_of_a_prompt_is_reported(small: Folder) -> None:
    small.edit("all.yml", "acknowledge:\n  - ", "acknowledge:\n  - ''\n  - ")
    assert [fault.key for fault in small.faults()] == ["prompts.acknowledge"]


def test_a_prompt_without_any_text_is_reported(small: Folder) -> None:
    small.edit("all.yml", "table_aspect: Aspect", "table_aspect: []")
    assert [fault.key for fault in small.faults()] == ["prompts.table_aspect"]
