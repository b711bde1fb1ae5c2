"""Checks on the last answer: whose it is, what its list has, whether it was a yes."""

from __future__ import annotations

import pytest

from actions.questions import offers_choice
from actions.reactions import asks_if_listed, asks_yes_or_no
from actions.wording import words_of
from tests.actions.harness import AI, CONTENT, ML, Reply, run, texts

TOOLS = CONTENT.reply("tools", ML)


@pytest.fixture
def tools() -> Reply:
    """The tools of ML engineers were told."""
    return run("answer", intent="tools", roles=[ML])


def check(text: str, role: str, after: Reply) -> str:
    """What is said to a message that names a role after an answer."""
    return texts(run("answer", intent="same_role", text=text, roles=[role], after=after))[0]


@pytest.mark.parametrize("text", ["so an ML engineer, right?", "is that the ML people?"])
def test_whose_an_answer_is_gets_a_yes(text: str, tools: Reply) -> None:
    assert check(text, ML, tools) == f"Yes. {TOOLS.answer}"


@pytest.mark.parametrize("text", ["so an AI engineer, right?", "is that AI engineering?"])
def test_whose_it_is_not_gets_none(text: str, tools: Reply) -> None:
    assert check(text, AI, tools) == f"Not that the article says so. {TOOLS.answer}"


def test_a_second_check_does_not_pile_up_openings(tools: Reply) -> None:
    after = run("answer", intent="same_role", text="is that AI?", roles=[AI], after=tools)
    assert check("so an ML engineer, then?", ML, after) == f"Yes. {TOOLS.answer}"


@pytest.mark.parametrize("text", ["is it the same for AI?", "and AI engineers?", "so AI?"])
def test_a_question_on_the_other_role_is_no_check(text: str, tools: Reply) -> None:
    told = texts(run("follow_up", intent="followup", text=text, roles=[AI], after=tools))
    assert told == [CONTENT.reply("tools", AI).answer]


@pytest.mark.parametrize("intent", ["tools", "sectors", "gap_degrees"])
def test_a_list_has_what_it_names_and_lacks_the_rest(intent: str, tools: Reply) -> None:
    def ask(text: str) -> str:
        return texts(run("answer", intent=intent, text=text, after=tools))[0]

    assert ask("isn't Java on that list?") == f"Yes. {TOOLS.answer}"
    assert ask("is Rust one of them?") == TOOLS.limits


def test_a_list_without_words_of_its_own_for_that_says_so_too() -> None:
    after = run("answer", intent="skills", roles=[AI])
    told = texts(run("answer", intent="skills", text="is welding one of them?", after=after))
    assert told == [f"The article does not name that. {CONTENT.reply('skills', AI).short}"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("is rust one of them?", True),
        ("isn't that on the list", True),
        ("tell me about one of them", False),
        ("is it more important in one of them?", False),
        ("is one of them better?", False),
    ],
)
def test_what_asks_for_a_list_is_known(text: str, expected: bool) -> None:
    assert asks_if_listed(words_of(text)) == expected


@pytest.mark.parametrize("text", ["is that a yes?", "yes or no please", "so is it yes or no"])
def test_a_yes_is_asked_back(text: str, tools: Reply) -> None:
    assert asks_yes_or_no(words_of(text))
    told = texts(run("answer", intent="example", text=text, after=tools))
    assert told == [f"There is no plain yes or no to that. The article says: {TOOLS.short}"]


def test_a_yes_that_was_said_is_said_again() -> None:
    after = run("answer", intent="both_roles", text="can one person do both?")
    assert texts(run("answer", intent="example", text="is that a yes?", after=after)) == texts(
        after
    )


def test_what_has_no_answer_is_told_again() -> None:
    after = run("answer", intent="gap_pay")
    assert texts(run("answer", intent="example", text="yes or no?", after=after)) == texts(after)


@pytest.mark.parametrize("text", ["yes", "no no", "yes it is", "is it a yes man"])
def test_a_plain_yes_asks_nothing(text: str) -> None:
    assert not asks_yes_or_no(words_of(text))


def test_of_two_possibilities_neither_is_a_yes() -> None:
    assert offers_choice(words_of("do I need one person or two?"))
    assert not offers_choice(words_of("is it yes or no?"))
    told = texts(run("answer", intent="both_roles", text="do I need one person or two?"))
    assert told[0].startswith("One person can")


def test_a_term_is_asked_back_on_in_the_last_sentence() -> None:
    text = "He has worked with TensorFlow for years. Is that an ML thing?"
    told = texts(run("answer", intent="gap_experience", text=text, roles=[ML]))
    assert told == [f"Yes. {CONTENT.terms['frameworks'].statement}"]


def test_what_is_put_aside_is_no_term() -> None:
    text = "forget the statistics, it is cognitive science, what skills?"
    told = texts(run("answer", intent="skills", text=text))
    assert told == [CONTENT.reply("skills", AI).answer]


def test_whose_gap_it_was_is_whose_skills_are_asked_for() -> None:
    after = run("answer", intent="gap_pay", roles=[AI])
    told = texts(run("answer", intent="skills", text="and the skills?", after=after))
    assert told == [CONTENT.reply("skills", AI).answer]


def test_shorter_after_a_gap_is_on_what_was_told_before_it(tools: Reply) -> None:
    after = run("answer", intent="gap_concepts", after=tools)
    assert texts(run("shorter", intent="shorter", after=after)) == [TOOLS.short]


def test_the_end_of_a_message_may_name_what_it_is_on() -> None:
    text = "suppose we look for the other role, which background?"
    told = texts(run("answer", intent="work", text=text, roles=[AI]))
    assert told == [CONTENT.reply("background", AI).answer]
