"""What travels beside the text, for channels that show more than text and buttons."""

from __future__ import annotations

from typing import Any

import pytest

from tests.actions.harness import AI, BOTH, CONTENT, ML, run


def shown(action: str, **message: Any) -> dict[str, Any]:
    """What the last message of an action carries."""
    return run(action, **message).messages[-1]


@pytest.mark.parametrize("role", CONTENT.roles)
@pytest.mark.parametrize("topic", CONTENT.aspects)
def test_an_answer_names_itself_and_its_section(topic: str, role: str) -> None:
    message = shown("answer", intent=topic, roles=[role])
    assert (message["kind"], message["answer"]) == ("answer", f"{topic}/{role}")
    section = CONTENT.sections[CONTENT.reply(topic, role).source.section].title
    assert message["source"]["section"] == section


def test_a_source_names_article_and_reference() -> None:
    source = shown("answer", intent="definition", roles=[ML])["source"]
    assert source["title"] == CONTENT.article.title
    assert source["publisher"] == "Leveragai"
    assert source["published"] == "7 November 2025"
    assert source["reference"]["author"] == "Rice University"
    assert source["reference"]["address"].startswith("https://csweb.rice.edu/")


def test_a_source_without_reference_says_so() -> None:
    assert shown("answer", intent="case_result")["source"]["reference"] is None


@pytest.mark.parametrize("gap", CONTENT.gaps)
def test_a_gap_names_itself_and_the_article_without_a_section(gap: str) -> None:
    message = shown("answer", intent=gap)
    assert (message["kind"], message["answer"]) == ("gap", gap)
    assert message["source"]["section"] is None
    assert message["source"]["title"] == CONTENT.article.title


@pytest.mark.parametrize("action", ["more", "why", "shorter", "repeat", "back"])
def test_what_is_said_after_an_answer_is_one_too(action: str) -> None:
    first = run("answer", intent="skills", roles=[ML])
    if action == "back":
        first = run("answer", intent="demand", after=first)
    message = shown(action, after=first)
    assert (message["kind"], message["answer"]) == ("answer", f"skills/{ML}")
    assert message["source"]["section"]


def test_each_of_several_answers_names_itself() -> None:
    parts = [{"intent": "skills", "roles": [AI]}, {"intent": "gap_pay", "roles": []}]
    messages = run("answer", intent="skills", parts=parts).messages
    assert [each["answer"] for each in messages] == [f"skills/{AI}", "gap_pay"]
    assert [each["kind"] for each in messages] == ["answer", "gap"]


def test_asking_back_is_marked_as_such() -> None:
    message = shown("unsure", intent="nlu_fallback", ranking=[("demand", 0.2)])
    assert message["kind"] == "clarify"
    assert "answer" not in message


def test_a_prompt_is_marked_as_such() -> None:
    assert shown("back")["kind"] == "prompt"


@pytest.mark.parametrize("topic", CONTENT.aspects)
def test_both_roles_come_side_by_side_in_a_table(topic: str) -> None:
    table = shown("answer", intent=topic, roles=[BOTH])["table"]
    assert table["columns"][1:] == [role.plural for role in CONTENT.roles.values()]
    ((title, *cells),) = table["rows"]
    assert title == CONTENT.aspects[topic].title
    assert len(set(cells)) == len(CONTENT.roles)


def test_the_whole_comparison_is_a_table_of_several_rows() -> None:
    table = shown("answer", intent="differences")["table"]
    titles = [row[0] for row in table["rows"]]
    for wanted in ("Definition", "Scope of work", "Technical breadth", "Deployment", "Skills"):
        assert wanted in titles
    assert all(len(row) == len(table["columns"]) for row in table["rows"])
    assert all(cell for row in table["rows"] for cell in row)


def test_an_answer_on_one_role_has_no_table() -> None:
    assert "table" not in shown("answer", intent="skills", roles=[ML])


@pytest.mark.parametrize("action", ["more", "shorter"])
def test_a_table_comes_once(action: str) -> None:
    assert "table" not in shown(action, after=run("answer", intent="skills"))


def test_the_command_line_sets_both_roles_side_by_side_in_lines() -> None:
    text = run("answer", intent="differences", channel="cmdline").messages[0]["text"]
    lines = text.splitlines()
    assert lines[0] == CONTENT.entries["differences"].short
    assert "Deployment:" in lines
    after = lines[lines.index("Deployment:") + 1 :][:2]
    assert [line.split(":")[0].strip() for line in after] == ["ML engineers", "AI engineers"]
