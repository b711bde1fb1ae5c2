"""Short questions that ask back on the last answer."""

from __future__ import annotations

import pytest

from actions.reactions import echoes
from actions.wording import words_of
from tests.actions.harness import AI, CONTENT, ML, run, texts


@pytest.mark.parametrize(
    "text", ["to do what?", "predicting what", "over what", "to what end", "for what exactly?"]
)
def test_a_question_back_is_recognised(text: str) -> None:
    assert echoes(words_of(text))


@pytest.mark.parametrize(
    "text",
    [
        "what",
        "what for",
        "with whom",
        "doing what",
        "what about tools",
        "with what tools",
        "what is it",
        "to do",
        "and ML?",
    ],
)
def test_any_other_message_is_none(text: str) -> None:
    assert not echoes(words_of(text))


def test_it_is_answered_by_what_was_told_whatever_it_was_taken_for() -> None:
    after = run("answer", intent="collaboration", roles=[AI])
    told = texts(run("start_over", intent="start_over", text="to do what?", after=after))
    assert told == [CONTENT.reply("collaboration", AI).answer]


def test_a_verb_finds_the_part_that_has_it() -> None:
    after = run("answer", intent="example", roles=[ML])
    told = texts(run("answer", intent="gap_how_to", text="monitoring what?", after=after))
    assert told == [CONTENT.reply("example", ML).more]


def test_an_end_that_the_answer_does_not_tell_is_its_reason() -> None:
    after = run("answer", intent="case_roles", roles=[ML])
    told = texts(run("answer", intent="work", text="to what end?", after=after))
    assert told == [CONTENT.reply("case_roles", ML).why]


def test_before_any_answer_there_is_nothing_to_ask_back_on() -> None:
    told = texts(run("answer", intent="work", text="to do what?"))
    assert told == [CONTENT.reply("work", None).answer]
