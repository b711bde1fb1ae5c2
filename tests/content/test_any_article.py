"""Content of articles of every kind: with any number of roles, without topics or sections."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from content.live import KEPT, LiveContent, live_content
from content.loader import (
    ASSISTANT,
    Content,
    ContentError,
    compile_texts,
    draft_files,
    draft_ids,
    load,
)
from content.names import article_of, listed, plural_of

ARTICLE = 'article: {title: "Boats"}\n'
STATEMENTS = 'statements:\n  - {id: wide, text: "Rafts are wider than anything else afloat."}\n'


def loaded(folder: Path, text: str) -> Content:
    """The content of one file."""
    (folder / "all.yml").write_text(text, encoding="utf-8")
    return load(folder)


def test_an_article_needs_a_title_and_statements_alone(tmp_path: Path) -> None:
    content = loaded(tmp_path, ARTICLE + STATEMENTS)
    assert content.section_of("wide").title == "Boats"
    assert content.prompts["greet"].startswith('Hello. I answer questions about "Boats".')
    assert content.gaps["out_of_scope"].outside
    assert not content.topics


def test_an_article_without_any_statement_loads(tmp_path: Path) -> None:
    assert loaded(tmp_path, ARTICLE + "statements: []\n").statements == {}


@pytest.mark.parametrize(
    ("roles", "about"),
    [
        ("[{id: canoe, title: canoe}]", "canoes"),
        ("[{id: canoe, title: canoe}, {id: punt, title: punt}]", "canoes and punts"),
        (
            "[{id: canoe, title: canoe}, {id: punt, title: punt}, {id: raft, title: raft}]",
            "canoes, punts and rafts",
        ),
    ],
)
def test_prompts_name_however_many_roles(tmp_path: Path, roles: str, about: str) -> None:
    content = loaded(tmp_path, f"{ARTICLE}{STATEMENTS}roles: {roles}\n")
    assert f"questions about {about}." in content.prompts["greet"]
    assert content.roles["canoe"].one == "a canoe"


def test_an_articles_own_subject_and_prompts_come_first(tmp_path: Path) -> None:
    article = 'article: {title: "Boats", subject: "boats of all kinds"}\n'
    content = loaded(tmp_path, article + STATEMENTS + 'prompts: {next: "On: {options}"}\n')
    assert "questions about boats of all kinds." in content.prompts["greet"]
    assert content.prompts["next"] == "On: {options}"


def test_braces_in_a_title_are_no_words_to_fill_in(tmp_path: Path) -> None:
    content = loaded(tmp_path, 'article: {title: "Boats {and} more"}\n' + STATEMENTS)
    assert '"Boats {and} more"' in content.prompts["source"].format(section="S")


def test_publisher_and_day_are_named_where_there_are_any(tmp_path: Path) -> None:
    article = 'article: {title: "Boats", publisher: "The Lake", published: "3 May 2025"}\n'
    content = loaded(tmp_path, article + STATEMENTS)
    assert '"Boats", published by The Lake on 3 May 2025' in content.prompts["source_gap"]


def test_a_topic_without_a_question_is_asked_for_by_its_title(tmp_path: Path) -> None:
    topics = 'topics:\n  - {id: width, title: "Width", statements: [wide]}\n'
    assert loaded(tmp_path, ARTICLE + STATEMENTS + topics).topics["width"].question == "Width?"


def test_a_folder_that_is_named_has_the_article(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content").mkdir()
    loaded(tmp_path / "content", ARTICLE + STATEMENTS)
    monkeypatch.setenv(ASSISTANT, str(tmp_path))
    assert load().article.title == "Boats"


@pytest.mark.parametrize(
    ("value", "read"), [("No", "False"), ("2024", "2024"), ("12:30", "750"), ("3.10", "3.1")]
)
def test_what_yaml_takes_for_something_else_is_refused_with_file_and_line(
    tmp_path: Path, value: str, read: str
) -> None:
    topics = f"topics:\n  - id: width\n    title: {value}\n    statements: [wide]\n"
    with pytest.raises(ContentError, match=rf"all.yml:6: width.title: .*{read}.*quotes"):
        loaded(tmp_path, ARTICLE + STATEMENTS + topics)


@pytest.mark.parametrize(
    ("name", "plural", "article"),
    [
        ("plumber", "plumbers", "a"),
        ("arborist", "arborists", "an"),
        ("boss", "bosses", "a"),
        ("secretary", "secretaries", "a"),
        ("key", "keys", "a"),
        ("baking", "baking", "a"),
        ("midwife", "midwives", "a"),
        ("fireman", "firemen", "a"),
        ("X ray", "X rays", "an"),
        ("TV set", "TV sets", "a"),
    ],
)
def test_names_get_a_plural_and_an_article(name: str, plural: str, article: str) -> None:
    assert (plural_of(name), article_of(name)) == (plural, article)


def test_names_in_a_row() -> None:
    assert listed(["a", "b", "c"]) == "a, b and c"


def test_its_last_good_content_is_kept_beside_it_with_the_prompts_that_it_had(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content").mkdir()
    monkeypatch.setenv(ASSISTANT, str(tmp_path))
    loaded(tmp_path / "content", ARTICLE + STATEMENTS)
    own = tmp_path / "content" / "prompts.yml"
    own.write_text('prompts: {all_right: "Aye."}\n', encoding="utf-8")
    version = _afresh().get().version
    own.write_text("prompts: [\n", encoding="utf-8")
    restarted = _afresh()
    assert (restarted.get().version, restarted.get().prompts["all_right"]) == (version, "Aye.")
    assert [fault.file for fault in restarted.faults] == ["prompts.yml"]
    assert list(json.loads((tmp_path / KEPT).read_text(encoding="utf-8"))["files"]) == [
        *("all.yml", "prompts.yml", "engine/prompts.yml")
    ]


def _afresh() -> LiveContent:
    """The assistant's content as a new process has it."""
    return live_content.__wrapped__()


def test_texts_without_the_engines_prompts_are_a_fault() -> None:
    with pytest.raises(ContentError, match="'prompts:' is missing"):
        compile_texts({"all.yml": ARTICLE + STATEMENTS})


def test_what_an_assistant_is_still_writing_is_a_draft_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "content").mkdir()
    monkeypatch.setenv(ASSISTANT, str(tmp_path))
    loaded(tmp_path / "content", ARTICLE + STATEMENTS)
    half = tmp_path / "content" / "half.yml"
    half.write_text("draft: true\nstatements:\n  - id: long\n    text:\n", encoding="utf-8")
    assert list(load().statements) == ["wide"]
    assert (draft_files(), draft_ids()) == ([half], {"long"})
