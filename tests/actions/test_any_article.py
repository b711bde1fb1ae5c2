"""Replies from content of every kind: nothing yet, statements alone, one role, three roles."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from content.live import live_content
from content.loader import ASSISTANT
from tests.actions.harness import FORMER, OTHER, answered, reading, run, said

Tell = Callable[[str], None]
STATEMENTS = """\
article: {title: Boats}
statements:
  - {id: raft_wide, text: "A raft is three metres wide.", brief: "three metres wide"}
  - {id: punt_wide, text: "A punt is one metre wide.", brief: "one metre wide"}
  - {id: canoe_wide, text: "A canoe is narrower than any raft.", brief: "narrower than rafts"}
  - {id: vests, text: "Life jackets hang beside the door of the shed."}
"""
ROLES = "roles: [{id: raft, title: raft}, {id: punt, title: punt}, {id: canoe, title: canoe}]\n"
WIDTH = """\
topics:
  - id: width
    title: Width
    form: true
    roles: {raft: [raft_wide], punt: [punt_wide], canoe: [canoe_wide]}
"""
FORM = """\
questions:
  - id: people
    question: "How many are you?"
    choices:
      - {title: Many, weights: {raft: 2}, statements: [raft_wide]}
      - {title: One, weights: {canoe: 1}, statements: [canoe_wide]}
  - id: river
    question: "Which river?"
    choices:
      - {title: Narrow, weights: {canoe: 1}, statements: [punt_wide]}
      - {title: Wide, weights: {raft: 1}, statements: [raft_wide]}
"""


@pytest.fixture
def tell(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Tell]:
    """Gives the actions other content for a test."""

    def give(text: str) -> None:
        (tmp_path / "content").mkdir()
        (tmp_path / "content" / "all.yml").write_text(text, encoding="utf-8")
        monkeypatch.setenv(ASSISTANT, str(tmp_path))
        live_content.cache_clear()

    yield give
    live_content.cache_clear()


@pytest.mark.parametrize(
    ("intent", "act"), [("greet", "greet"), ("help", "about_bot"), ("out_of_scope", "ask")]
)
def test_without_statements_it_knows_nothing_yet(tell: Tell, intent: str, act: str) -> None:
    tell("article: {title: Boats}\nstatements: []\n")
    assert said(run(intent=intent, read=reading(act=act))).startswith("I know nothing yet")


def test_thanks_are_answered_all_the_same(tell: Tell) -> None:
    tell("article: {title: Boats}\nstatements: []\n")
    assert "nothing yet" not in said(run(intent="thanks", read=reading(act="ack")))


def test_statements_alone_are_told_and_help_shows_some(tell: Tell) -> None:
    tell(STATEMENTS)
    asked = run(intent="statement", read=answered("vests"))
    assert said(asked) == "Life jackets hang beside the door of the shed."
    assert "A raft is three metres wide." in said(run(intent="help", read=reading(act="about_bot")))


def test_without_sections_the_source_is_the_article(tell: Tell) -> None:
    tell(STATEMENTS)
    asked = run(intent="statement", read=answered("vests"))
    cited = run(intent="source", read=reading(act="source"), after=asked)
    assert said(cited) == 'That is from "Boats".'


def test_more_without_topics_is_what_else_was_near(tell: Tell) -> None:
    tell(STATEMENTS)
    read = reading("answered", answers={"raft_wide": 0.9}, near={"canoe_wide": 0.6})
    asked = run(intent="statement", read=read)
    more = run(intent="more", read=reading(act="more"), after=asked)
    assert said(more) == "A canoe is narrower than any raft."


@pytest.mark.parametrize("reference", [FORMER, OTHER])
def test_pointing_at_a_role_where_there_is_none_breaks_nothing(tell: Tell, reference: str) -> None:
    tell(STATEMENTS + "topics: [{id: safe, title: Safety, statements: [vests]}]\n")
    asked = run(intent="safe", read=answered("vests"))
    again = run(intent="followup", roles=[reference], read=reading("none"), after=asked)
    assert "went wrong" not in said(again)


def test_three_roles_stand_side_by_side_in_a_table(tell: Tell) -> None:
    tell(STATEMENTS + ROLES + WIDTH)
    asked = run(intent="width", roles=["both"], channel="webchat")
    (table,) = [each["table"] for each in asked.messages if "table" in each]
    assert table["columns"][1:] == ["Rafts", "Punts", "Canoes"]
    assert table["rows"] == [
        ["Width", "three metres wide", "one metre wide", "narrower than rafts"]
    ]


def test_a_mixed_result_names_the_role_that_the_rest_speaks_for(tell: Tell) -> None:
    tell(STATEMENTS + ROLES + WIDTH + FORM)
    first = run(intent="fit_form", pressed=True)
    second = run(intent="choose", pressed=True, entities={"option": "people/0"}, after=first)
    result = run(intent="choose", pressed=True, entities={"option": "river/0"}, after=second)
    assert said(result).startswith("Rafts may suit you better.")
    assert "speaks for canoes" in said(result)
