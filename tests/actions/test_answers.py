"""What is told to a question: the statements that settle it, in few words, and a verdict."""

from __future__ import annotations

from typing import Any

import pytest

from actions.compose import MAX_WORDS, prose
from dialogue.understanding import Wanted
from tests.actions.harness import (
    AI,
    BOTH,
    CONTENT,
    ML,
    Reply,
    answered,
    press,
    reading,
    run,
    said,
    slots,
    texts,
    told,
)

GRIDS = [name for name in CONTENT.topics if CONTENT.is_grid(name)]


def asked(*ids: str, **message: Any) -> Reply:
    """The reply to a question that statements answer."""
    return run(read=answered(*ids), **message)


def test_a_question_gets_the_statement_that_answers_it() -> None:
    assert said(asked("case_35")) == told("case_35")


def test_a_repeated_subject_becomes_a_pronoun() -> None:
    second = told("ml_frame").replace("ML engineers", "They")
    assert said(asked("ml_lang", "ml_frame")) == f"{told('ml_lang')} {second}"
    assert said(asked("ml_lang", "ai_back")) == told("ml_lang", "ai_back")


def test_a_repeated_opening_is_left_out() -> None:
    second = told("case_ai").removeprefix("In the case study ")
    assert said(asked("case_ml", "case_ai")) == f"{told('case_ml')} {second}"


@pytest.mark.parametrize(
    ("verdict", "label", "word"), [("yes", "confirms", "Yes."), ("no", "denies", "No.")]
)
def test_a_verdict_comes_first(verdict: str, label: str, word: str) -> None:
    labels: dict[str, Any] = {label: {"ml_lang": 0.95}}
    reply = run(read=reading(verdict, **labels))
    assert said(reply) == f"{word} {told('ml_lang')}"
    assert reply.messages[0]["verdict"] == verdict


def test_partly_tells_what_is_true_and_what_is_not() -> None:
    read = reading("partly", confirms={"demand": 0.9}, denies={"ai_back": 0.8})
    assert said(run(read=read)) == f"Partly. {told('demand', 'ai_back')}"


def test_what_leans_and_is_not_sure_has_no_verdict_word() -> None:
    read = reading("answered", confirms={"ml_lang": 0.6}, denies={"ml_lang": 0.3})
    assert said(run(read=read)) == told("ml_lang")


def test_a_claim_is_spoken_to_though_that_was_told_just_now() -> None:
    read = reading("answered", confirms={"ml_lang": 0.8}) | {"leaning": "yes"}
    ways = [each.format(answer=told("ml_lang")) for each in CONTENT.variants["unsettled"]]
    assert said(run(read=read)) in ways
    told_once = run(read=read, after=asked("ml_lang"))
    assert said(told_once) in ways
    heard = [said(told_once)]
    for _ in range(3):
        told_once = run(read=read, after=told_once)
        heard.append(said(told_once))
    assert len({*heard}) == 4
    again = [each.format(answer=told("ml_lang")) for each in CONTENT.variants["unsettled_again"]]
    assert set(heard[2:]) == {*again}


def test_what_rather_settles_than_is_near_is_told() -> None:
    read = reading("not_stated", confirms={"demand": 0.4}, near={"demand": 0.2})
    assert said(run(read=read)) == told("demand")


def test_a_gap_that_is_not_sure_gets_the_plain_answer() -> None:
    gap: dict[str, Any] = {"intent": "gap_pay", "outcome": "refuse", "refusal": 3.0}
    assert said(run(sure=0.5, **gap)) == CONTENT.prompts["not_stated_bare"]


def test_what_is_open_is_said_with_what_comes_nearest() -> None:
    text = said(run(read=reading("not_stated", near={"demand": 0.8})))
    assert text.startswith(CONTENT.prompts["not_stated_bare"])
    assert told("demand") in text


def test_a_statement_that_the_article_leaves_something_out_says_so_itself() -> None:
    read = reading("not_stated", near={"ai_tools_open": 0.8})
    assert said(run(read=read)) == told("ai_tools_open")


def test_a_doubt_gets_the_verdict_as_what_the_article_says() -> None:
    read = reading("yes", confirms={"ml_lang": 0.95})
    text = said(run(read=read, after=run(read=read)))
    assert text.startswith("Yes. ")
    assert text != f"Yes. {told('ml_lang')}"


def test_what_is_hardly_near_is_not_told() -> None:
    text = said(run(read=reading("not_stated", near={"demand": 0.32})))
    assert text == CONTENT.prompts["not_stated_bare"]


def test_what_is_nearest_and_was_told_just_now_is_not_told_again() -> None:
    read = reading("not_stated", near={"demand": 0.9, "sectors": 0.7})
    assert said(run(read=read, after=asked("demand"))) in CONTENT.variants["not_stated_bare"]


def test_a_gap_is_told_with_the_nearest_statement_if_that_adds_something() -> None:
    gap: dict[str, Any] = {"intent": "gap_pay", "outcome": "refuse", "refusal": 3.0}
    answer = CONTENT.gaps["gap_pay"].answer
    near = reading("not_stated", near={"demand": 0.8})
    assert said(run(read=near, **gap)) == answer  # it speaks of demand itself
    near = reading("not_stated", near={"both": 0.8})
    assert said(run(read=near, **gap)) == f"{answer} {told('both')}"


def test_joined_questions_are_answered_each() -> None:
    parts = [
        {"reading": answered("demand"), "intent": "demand", "roles": []},
        {"reading": reading("no", denies={"ml_back": 0.9}), "intent": None, "roles": []},
    ]
    reply = run(read=answered("demand"), parts=parts)
    assert texts(reply) == [told("demand"), f"No. {told('ml_back')}"]
    assert [each["statements"] for each in slots(reply)["said"]] == [["demand"], ["ml_back"]]


@pytest.mark.parametrize("topic", CONTENT.topics)
@pytest.mark.parametrize("role", [None, *CONTENT.roles])
def test_every_topic_is_told_in_few_words(topic: str, role: str | None) -> None:
    named: dict[str, Any] = {"role": role} if role else {}
    reply = press(topic, **named)
    text = said(reply)
    assert 0 < len(text.split()) <= MAX_WORDS
    assert 1 <= len(reply.messages[0]["statements"]) <= 3


@pytest.mark.parametrize("topic", GRIDS)
def test_all_roles_come_with_a_table(topic: str) -> None:
    table = run(intent=topic, roles=[BOTH]).messages[0]["table"]
    assert table["columns"][1:] == [role.plural for role in CONTENT.roles.values()]
    ((title, *cells),) = table["rows"]
    assert title == CONTENT.topics[topic].title
    assert all(cells)


def test_one_role_has_no_table() -> None:
    assert "table" not in run(intent="skills", roles=[ML]).messages[0]


def test_the_comparison_of_all_has_a_row_for_each_topic_that_it_compares() -> None:
    table = press("differences").messages[0]["table"]
    titles = [CONTENT.topics[name].title for name in CONTENT.topics["differences"].compares]
    assert [row[0] for row in table["rows"]] == titles


def test_an_answer_names_subject_source_verdict_and_statements() -> None:
    (message,) = asked("ml_data", intent="work").messages
    assert (message["kind"], message["answer"]) == ("answer", f"work/{ML}")
    assert (message["verdict"], message["statements"]) == ("answered", ["ml_data"])
    assert message["source"]["title"] == CONTENT.article.title
    assert message["source"]["reference"]["author"] == "Rice University"


@pytest.mark.parametrize("gap", CONTENT.gaps)
def test_a_gap_names_itself_and_no_section(gap: str) -> None:
    message = press(gap).messages[0]
    assert (message["kind"], message["answer"]) == ("gap", gap)
    assert message["verdict"] == "not_stated"
    assert message["source"]["section"] is None


def test_a_question_outside_leaves_the_thread_where_it_was() -> None:
    before = run(intent="skills", roles=[AI])
    after = run(intent="out_of_scope", outcome="refuse", refusal=3.0, after=before)
    assert slots(after)["topic"] == "skills"
    assert slots(after)["said"] == slots(before)["said"]


@pytest.mark.parametrize(("told_first", "one"), [("ml_back", "An ML"), ("ai_back", "An AI")])
def test_the_role_that_is_asked_for_is_named_first(told_first: str, one: str) -> None:
    which = {**answered(told_first), "which": 0.9}
    assert said(run(read=which)).startswith(f"{one} engineer")
    assert said(run(read=which)).endswith(told(told_first))
    assert said(run(read=which, wanted=Wanted("sentence"))) == told(told_first)
    asked_on = run(intent="tools", sure=0.7, read=reading("none"), after=run(read=which))
    assert asked_on.messages[0]["statements"][0] == {"ml_back": "ml_lang"}.get(
        told_first, "ai_tools_open"
    )


@pytest.mark.parametrize(
    "statements",
    [("ai_collab",), ("ai_tools_open",), ("ml_back", "problem"), ("ml_back", "ai_back")],
)
def test_no_role_is_named_first_where_a_statement_is_not_on_it_alone(
    statements: tuple[str, ...],
) -> None:
    which = {**answered(*statements), "which": 0.9}
    assert (
        said(run(read=which))
        == prose(CONTENT, [CONTENT.statements[each] for each in statements]).text
    )


def test_the_role_is_named_first_of_what_is_told_and_not_of_what_was_told_before() -> None:
    which = {**answered("ml_back", "ml_lang"), "which": 0.9}
    again = run(read=which, after=asked("ml_back"))
    assert said(again).endswith(f" {told('ml_lang')}")
    assert said(again).startswith("An ML engineer")
