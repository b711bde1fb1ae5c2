"""The guided form that finds out which role suits somebody."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest

from tests.actions.harness import CONTENT, ML, Reply, buttons, run, slots, texts

MAX_WORDS = 60
QUESTIONS = list(CONTENT.questions.values())
FIRST, SECOND, THIRD = QUESTIONS


def press(option: str, after: Reply) -> Reply:
    """What a choice's button does."""
    return run("choose", intent="choose", entities={"option": option}, after=after)


def typed(text: str, after: Reply, intent: str = "choose", **message: Any) -> Reply:
    """What a typed message does, whatever it was taken for."""
    action = {"skip": "skip", "cancel": "cancel", "affirm": "choose", "deny": "none_of_these"}
    return run(action.get(intent, "choose"), text=text, intent=intent, after=after, **message)


def skip(after: Reply) -> Reply:
    """What "skip" does."""
    return typed("skip", after, intent="skip")


@pytest.fixture
def asked() -> Reply:
    """The first question."""
    return run("fit_form", intent="fit_form")


def test_it_asks_the_first_question_with_its_choices_and_two_ways_out(asked: Reply) -> None:
    assert texts(asked) == [FIRST.question]
    titles = [button["title"] for button in buttons(asked)]
    assert titles == [
        *(choice.title for choice in FIRST.choices),
        CONTENT.prompts["form_skip"],
        CONTENT.prompts["form_stop"],
    ]


@pytest.mark.parametrize("index", range(len(FIRST.choices)))
def test_a_choice_is_taken_by_button_number_title_or_word(asked: Reply, index: int) -> None:
    choice = FIRST.choices[index]
    replies = [
        press(f"{FIRST.id}/{index}", asked),
        typed(str(index + 1), asked),
        typed(choice.title.upper(), asked, intent="demand"),
        typed(f"I like {choice.words[0]}", asked, intent="out_of_scope"),
    ]
    for reply in replies:
        assert texts(reply) == [SECOND.question]
        assert slots(reply)["form"]["choices"] == {FIRST.id: index}


@pytest.mark.parametrize("made", product([0, 1, 2, 3, None], [0, 1, 2, None], [0, 1, 2, None]))
def test_every_way_through_ends_in_few_words(asked: Reply, made: tuple[int | None, ...]) -> None:
    reply = asked
    for question, index in zip(QUESTIONS, made, strict=True):
        reply = skip(reply) if index is None else press(f"{question.id}/{index}", reply)
    (text,) = texts(reply)
    chosen = [
        question.choices[index]
        for question, index in zip(QUESTIONS, made, strict=True)
        if index is not None
    ]
    assert all(choice.reason in text for choice in chosen if choice.reason)
    assert len(text.split()) <= MAX_WORDS
    assert slots(reply)["form"] is None
    totals = {role: sum(choice.weights.get(role, 0) for choice in chosen) for role in CONTENT.roles}
    best = [role for role in totals if totals[role] == max(totals.values())]
    if len(best) == 1:
        role = CONTENT.roles[best[0]]
        assert text.startswith(f"{role.field} may suit you better.")
        assert buttons(reply)[0]["title"] == f"Pathway ({role.plural})"
        assert slots(reply)["role"] == role.id
    elif any(choice.weights for choice in chosen):
        assert "tie" in text
    else:
        assert text == CONTENT.prompts["form_open"]


def test_what_speaks_for_the_other_role_is_told(asked: Reply) -> None:
    reply = skip(skip(press(f"{FIRST.id}/0", asked)))
    other = CONTENT.entries["role_fit"].fit("ai_engineer")
    assert other is not None
    assert other.appeal in texts(reply)[0]


def test_a_question_in_between_is_answered_and_the_form_resumed(asked: Reply) -> None:
    reply = run("answer", text="what tools?", intent="tools", roles=[ML], after=asked)
    resumed = CONTENT.prompts["form_resume"].format(question=FIRST.question)
    assert texts(reply) == [CONTENT.reply("tools", ML).answer, resumed]
    assert buttons(reply) == buttons(asked)
    assert texts(typed("1", reply)) == [SECOND.question]


def test_a_question_with_a_word_of_a_choice_is_still_a_question(asked: Reply) -> None:
    text = "where do robots come in?"
    reply = run("answer", text=text, intent="deployment", after=asked)
    assert texts(reply)[0] == CONTENT.reply("deployment", "ai_engineer").answer


def test_yes_after_an_interruption_asks_again_and_no_ends_it(asked: Reply) -> None:
    reply = run("answer", text="demand?", intent="demand", after=asked)
    assert texts(typed("yes", reply, intent="affirm")) == [FIRST.question]
    over = typed("no", reply, intent="deny")
    assert texts(over) == [CONTENT.prompts["form_stopped"]]
    assert slots(over)["form"] is None


def test_it_can_be_cancelled_and_started_again(asked: Reply) -> None:
    second = press(f"{FIRST.id}/1", asked)
    over = typed("stop", second, intent="cancel")
    assert texts(over) == [CONTENT.prompts["form_stopped"]]
    again = run("fit_form", intent="fit_form", after=over)
    assert texts(again) == [FIRST.question]
    assert slots(again)["form"]["choices"] == {}


def test_starting_it_while_it_is_open_asks_once(asked: Reply) -> None:
    assert texts(run("fit_form", intent="fit_form", after=asked)) == [FIRST.question]


def test_going_back_asks_the_question_before(asked: Reply) -> None:
    second = press(f"{FIRST.id}/1", asked)
    reply = run("back", text="go back", intent="go_back", after=second)
    assert texts(reply) == [FIRST.question]


def test_starting_over_ends_it(asked: Reply) -> None:
    reply = run("start_over", text="start over", intent="start_over", after=asked)
    assert texts(reply) == [CONTENT.prompts["start_over"]]
    assert slots(reply)["form"] is None


def test_a_button_of_an_earlier_question_changes_that_answer(asked: Reply) -> None:
    third = press(f"{SECOND.id}/0", press(f"{FIRST.id}/0", asked))
    reply = press(f"{FIRST.id}/2", third)
    assert slots(reply)["form"]["choices"][FIRST.id] == 2


@pytest.mark.parametrize("option", ["no_such/0", f"{FIRST.id}/9", FIRST.id, "/", "", "interest/-1"])
def test_a_choice_that_there_is_not_changes_nothing(asked: Reply, option: str) -> None:
    reply = press(option, asked)
    assert slots(reply)["form"]["choices"] == {}


def test_what_fits_no_choice_is_asked_for_again(asked: Reply) -> None:
    reply = run("unsure", text="bananas", intent="nlu_fallback", outcome="unsure", after=asked)
    assert texts(reply) == [CONTENT.prompts["form_unclear"].format(question=FIRST.question)]


def test_small_talk_in_between_comes_back_to_it(asked: Reply) -> None:
    reply = run("resume", text="are you a bot", intent="bot_challenge", after=asked)
    assert texts(reply) == [CONTENT.prompts["form_resume"].format(question=FIRST.question)]
    assert run("resume", intent="bot_challenge").messages == []


def test_the_command_line_numbers_the_choices(asked: Reply) -> None:
    _, listed = texts(run("fit_form", intent="fit_form", channel="cmdline"))
    assert listed.startswith(f"1. {FIRST.choices[0].title}  2. ")
