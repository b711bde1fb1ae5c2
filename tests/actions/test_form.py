"""The guided form that finds out which role suits somebody."""

from __future__ import annotations

from dataclasses import replace
from itertools import product
from typing import Any

import pytest

from actions.compose import MAX_WORDS
from actions.executor import execute
from actions.reply import Scene
from dialogue.acts import Fit
from dialogue.thread import Thread
from tests.actions.harness import (
    CONTENT,
    Reply,
    answered,
    buttons,
    press,
    reading,
    run,
    said,
    slots,
    texts,
    told,
)

PROMPTS = CONTENT.prompts
QUESTIONS = list(CONTENT.questions.values())
FIRST, SECOND, THIRD = QUESTIONS
TOO_MANY = MAX_WORDS + 20  # reasons of three choices for both roles


@pytest.fixture
def asked() -> Reply:
    """The first question."""
    return run(intent="fit_form")


def chosen(option: str, after: Reply) -> Reply:
    """What a choice's button does."""
    return press("choose", after, option=option)


def typed(intent: str, after: Reply, **message: Any) -> Reply:
    """What a typed message does."""
    return run(intent=intent, after=after, **message)


def test_it_asks_the_first_question_with_its_choices_and_two_ways_out(asked: Reply) -> None:
    assert said(asked) == FIRST.question
    titles = [choice.title for choice in FIRST.choices]
    ways_out = [PROMPTS["form_skip"], PROMPTS["form_stop"]]
    assert [button["title"] for button in buttons(asked)] == [*titles, *ways_out]


@pytest.mark.parametrize("index", range(len(FIRST.choices)))
def test_a_choice_is_taken_by_button_or_place(asked: Reply, index: int) -> None:
    for reply in (chosen(f"{FIRST.id}/{index}", asked), typed("choose", asked, places=[index])):
        assert said(reply) == SECOND.question
        assert slots(reply)["form"]["choices"] == {FIRST.id: index}


@pytest.mark.parametrize("made", product([0, 1, 2, 3, None], [0, 1, 2, None], [0, 1, 2, None]))
def test_every_way_through_ends_in_a_result(asked: Reply, made: tuple[int | None, ...]) -> None:
    reply = asked
    for question, index in zip(QUESTIONS, made, strict=True):
        option = f"{question.id}/{index}"
        reply = typed("skip", reply) if index is None else chosen(option, reply)
    picks = [q.choices[i] for q, i in zip(QUESTIONS, made, strict=True) if i is not None]
    totals = {role: sum(each.weights.get(role, 0) for each in picks) for role in CONTENT.roles}
    best = [role for role in totals if totals[role] == max(totals.values())]
    text = said(reply)
    assert len(text.split()) <= TOO_MANY
    assert slots(reply)["form"] is None
    if len(best) == 1:
        assert text.startswith(f"{CONTENT.roles[best[0]].field} may suit you better.")
        assert slots(reply)["role"] == best[0]
    elif any(each.weights for each in picks):
        assert "tie" in text
    else:
        assert text == PROMPTS["form_open"]


def test_a_question_in_between_is_answered_and_the_form_resumed(asked: Reply) -> None:
    reply = run(intent="demand", read=answered("demand"), after=asked)
    assert texts(reply) == [told("demand"), PROMPTS["form_resume"].format(question=FIRST.question)]
    assert buttons(reply) == buttons(asked)
    assert said(typed("choose", reply, places=[0])) == SECOND.question


def test_the_second_interruption_ends_it(asked: Reply) -> None:
    first = run(intent="demand", read=answered("demand"), after=asked)
    second = run(intent="hybrid", read=answered("hybrid"), after=first)
    assert texts(second) == [told("hybrid")]
    assert slots(second)["form"] is None
    talked = typed("bot_challenge", first, read=reading(act="about_bot"))
    assert (slots(talked)["form"], slots(talked)["offered"]) == (None, [])
    after = chosen(f"{FIRST.id}/0", first)
    again = run(intent="demand", read=answered("hybrid"), after=after)
    assert texts(again)[-1] == PROMPTS["form_resume"].format(question=SECOND.question)


@pytest.mark.parametrize("act", ["correct", "bye"])
def test_who_complains_or_leaves_is_asked_no_further(asked: Reply, act: str) -> None:
    reply = typed("", asked, read=reading(act=act))
    assert said(reply) == PROMPTS["form_stopped"]
    assert slots(reply)["form"] is None


def test_yes_after_an_interruption_asks_again_and_no_ends_it(asked: Reply) -> None:
    reply = run(intent="demand", read=answered("demand"), after=asked)
    assert said(typed("affirm", reply)) == FIRST.question
    assert said(typed("deny", reply)) == PROMPTS["form_stopped"]


def test_it_can_be_cancelled_and_started_again(asked: Reply) -> None:
    over = typed("cancel", chosen(f"{FIRST.id}/1", asked))
    assert said(over) == PROMPTS["form_stopped"]
    assert slots(over)["form"] is None
    assert said(run(intent="fit_form", after=over)) == FIRST.question


def test_going_back_asks_the_question_before(asked: Reply) -> None:
    assert said(typed("go_back", chosen(f"{FIRST.id}/1", asked))) == FIRST.question


def test_starting_over_ends_it(asked: Reply) -> None:
    reply = typed("start_over", asked)
    assert texts(reply) == [PROMPTS["start_over"]]
    assert slots(reply)["form"] is None


def test_a_button_of_an_earlier_question_changes_that_answer(asked: Reply) -> None:
    third = chosen(f"{SECOND.id}/0", chosen(f"{FIRST.id}/0", asked))
    assert slots(chosen(f"{FIRST.id}/2", third))["form"]["choices"][FIRST.id] == 2


@pytest.mark.parametrize("option", ["no_such/0", f"{FIRST.id}/9", FIRST.id, "/", "interest/-1"])
def test_a_choice_that_there_is_not_changes_nothing(asked: Reply, option: str) -> None:
    assert slots(chosen(option, asked))["form"]["choices"] == {}


def test_what_fits_no_choice_is_asked_for_again(asked: Reply) -> None:
    reply = typed("nlu_fallback", asked, outcome="unsure")
    assert said(reply) == PROMPTS["form_unclear"].format(question=FIRST.question)


def test_small_talk_in_between_comes_back_to_it(asked: Reply) -> None:
    reply = typed("bot_challenge", asked, read=reading(act="about_bot"))
    assert texts(reply)[-1] == PROMPTS["form_resume"].format(question=FIRST.question)


def test_the_command_line_numbers_the_choices() -> None:
    _, listed = texts(run(intent="fit_form", channel="cmdline"))
    assert listed.startswith(f"1. {FIRST.choices[0].title}  2. ")


def test_without_questions_it_tells_which_role_fits() -> None:
    content = replace(CONTENT, questions={})
    reply = execute(Scene(content, Thread()), [Fit()])
    first = content.statements[content.topics["role_fit"].statements[0]]
    assert first.text in reply.messages[0].text
    topics = {key: each.copy(update={"form": False}) for key, each in content.topics.items()}
    bare = execute(Scene(replace(content, topics=topics), Thread()), [Fit()])
    assert len(bare.messages) > 1  # the menu alone would be a bare "For example:"
    assert bare.options
