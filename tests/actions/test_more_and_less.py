"""More, why, shorter and once more."""

from __future__ import annotations

import pytest

from tests.actions.harness import AI, CONTENT, ML, Reply, run, slots, texts

NOTHING_YET = [CONTENT.prompts["nothing_yet"]]
ASPECT = CONTENT.aspects["skills"].cells[ML]


@pytest.fixture
def skills() -> Reply:
    """After the skills of ML engineers were told."""
    return run("answer", intent="skills", roles=[ML])


@pytest.fixture
def pay() -> Reply:
    """After a gap was told."""
    return run("answer", intent="gap_pay")


@pytest.mark.parametrize("action", ["more", "why", "shorter", "repeat", "follow_up"])
def test_nothing_was_spoken_of_at_the_start(action: str) -> None:
    assert texts(run(action)) == NOTHING_YET


def test_more_tells_what_else_is_known(skills: Reply) -> None:
    assert texts(run("more", after=skills)) == [ASPECT.more]


@pytest.mark.parametrize("topic", CONTENT.entries)
def test_more_on_an_entry_tells_what_else_is_known(topic: str) -> None:
    first = run("answer", intent=topic)
    assert texts(run("more", after=first)) == [CONTENT.entries[topic].more]


def test_more_on_the_other_role_turns_to_it(skills: Reply) -> None:
    reply = run("more", roles=[AI], after=skills)
    assert texts(reply) == [CONTENT.reply("skills", AI).answer]
    assert slots(reply)["role"] == AI


def test_more_on_the_same_role_tells_more(skills: Reply) -> None:
    assert texts(run("more", roles=[ML], after=skills)) == [ASPECT.more]


def test_going_on_after_a_gap_goes_on_with_what_was_told_before_it(skills: Reply) -> None:
    gap = run("answer", intent="gap_law", after=skills)
    assert texts(run("more", text="okay, go on", after=gap)) == [ASPECT.more]


def test_there_is_no_more_on_a_gap(pay: Reply) -> None:
    assert texts(run("more", after=pay)) == [CONTENT.prompts["no_more"]]


@pytest.mark.parametrize("topic", CONTENT.entries)
def test_why_tells_the_reason_or_else_more(topic: str) -> None:
    entry = CONTENT.entries[topic]
    reply = run("why", after=run("answer", intent=topic))
    assert texts(reply) == [entry.why or entry.more]


def test_there_is_no_reason_for_a_gap(pay: Reply) -> None:
    assert texts(run("why", after=pay)) == [CONTENT.prompts["no_more"]]


def test_shorter_tells_the_short_form(skills: Reply) -> None:
    assert texts(run("shorter", after=skills)) == [ASPECT.short]


def test_shorter_after_more_tells_the_short_form(skills: Reply) -> None:
    assert texts(run("shorter", after=run("more", after=skills))) == [ASPECT.short]


def test_what_is_as_short_as_it_gets_is_told_again_and_said_to_be(
    skills: Reply, pay: Reply
) -> None:
    start = CONTENT.prompts["shortest"].partition("{")[0]
    gap = CONTENT.gaps["gap_pay"].answer
    assert texts(run("shorter", after=pay)) == [start + gap]
    short = run("shorter", after=skills)
    assert texts(run("shorter", after=short)) == [start + texts(short)[0]]


@pytest.mark.parametrize("action", ["more", "why", "shorter", "repeat"])
def test_what_was_spoken_of_stays_the_same(action: str, skills: Reply) -> None:
    after = slots(run(action, after=skills))
    assert (after["topic"], after["role"]) == ("skills", ML)


def test_repeat_tells_the_answer_again(skills: Reply) -> None:
    assert texts(run("repeat", after=skills)) == [ASPECT.answer]


def test_a_gap_is_repeated(pay: Reply) -> None:
    assert texts(run("repeat", after=pay)) == [CONTENT.gaps["gap_pay"].answer]


@pytest.mark.parametrize("text", ["in short?", "a brief summary", "sum up"])
def test_a_few_words_for_a_summary_shorten_the_last_answer(text: str) -> None:
    after = run("answer", intent="skills", roles=[ML])
    told = texts(run("answer", intent="summary", text=text, after=after))
    assert told == [CONTENT.reply("skills", ML).short]


def test_a_few_words_for_the_conclusion_do_not() -> None:
    after = run("answer", intent="skills", roles=[ML])
    told = texts(run("answer", intent="summary", text="and its conclusion?", after=after))
    assert told == [CONTENT.entries["summary"].answer]


@pytest.mark.parametrize("text", ["the skills, in one sentence?", "briefly, what must they know"])
def test_a_question_for_a_short_answer_gets_one(text: str) -> None:
    reply = run("answer", intent="skills", roles=[ML], text=text)
    assert texts(reply) == [ASPECT.short]


def test_a_gap_has_no_short_form() -> None:
    reply = run("answer", intent="gap_pay", outcome="refuse", text="what do they earn, in short")
    assert texts(reply) == [CONTENT.gaps["gap_pay"].answer]


def test_more_on_the_other_role_after_a_gap_turns_to_it(skills: Reply) -> None:
    gap = run("answer", intent="gap_pay", after=skills)
    reply = run("more", text="tell me more about the AI engineer", roles=[AI], after=gap)
    assert texts(reply) == [CONTENT.reply("skills", AI).answer]


@pytest.mark.parametrize("text", ["expand on the last point", "the first point, some more on it"])
def test_more_on_a_point_of_a_plain_answer_is_more_on_the_answer(skills: Reply, text: str) -> None:
    assert texts(run("more", text=text, after=skills)) == [ASPECT.more]


def test_more_on_what_only_a_term_was_told_of_is_the_whole_answer() -> None:
    term = next(each for each in CONTENT.terms.values() if each.topic == "example" and each.role)
    asked = f"{term.names[0]}, which of the two handles that?"
    told = run("answer", text=asked, intent="out_of_scope")
    assert texts(told) == [term.statement]
    reply = run("more", text="go on", intent="more", after=told)
    assert texts(reply) == [CONTENT.reply(term.topic, term.role).answer]
    reply = run("more", text="go on", intent="more", after=reply)
    assert texts(reply) == [CONTENT.reply(term.topic, term.role).more]


def test_a_table_is_of_all_roles(skills: Reply) -> None:
    told = run("repeat", intent="repeat", text="put that in a table please", after=skills)
    assert texts(told) == [CONTENT.reply("skills", None).answer]


@pytest.mark.parametrize("text", ["sure?", "oh really?", "Really"])
def test_a_bare_doubt_gets_the_answer_again_and_its_source(skills: Reply, text: str) -> None:
    told, source = texts(run("choose", intent="affirm", text=text, after=skills))
    assert CONTENT.reply("skills", ML).short in told
    assert CONTENT.sections[CONTENT.reply("skills", ML).source.section].title in source


@pytest.mark.parametrize("text", ["sure", "yes, true", "ok sure"])
def test_a_bare_yes_is_no_doubt(skills: Reply, text: str) -> None:
    assert len(texts(run("choose", intent="affirm", text=text, after=skills))) == 1


@pytest.mark.parametrize(
    ("text", "opens"),
    [("what is a hybrid professional", False), ("are hybrids wanted?", True), ("hybrids?", True)],
)
def test_yes_is_said_only_to_what_asks_for_yes_or_no(text: str, opens: bool) -> None:
    ranking = [("hybrid", 0.9)]
    (told,) = texts(run("answer", intent="hybrid", text=text, ranking=ranking))
    assert told.startswith("Yes") == opens
