"""Asking back."""

from __future__ import annotations

import pytest

from tests.actions.harness import AI, CONTENT, ML, Reply, buttons, run, slots, texts

RANKING = [("demand", 0.2), ("greet", 0.15), ("skills", 0.12), ("work", 0.1), ("tools", 0.09)]


def unsure(after: Reply | None = None) -> Reply:
    """What is said to a message that could mean many things."""
    return run(
        "unsure", text="hm", intent="nlu_fallback", outcome="unsure", ranking=RANKING, after=after
    )


def test_the_likeliest_topics_are_offered_as_questions_with_a_way_out() -> None:
    reply = unsure()
    assert texts(reply) == [CONTENT.prompts["did_you_mean"]]
    assert [button["title"] for button in buttons(reply)] == [
        CONTENT.entries["demand"].question,
        CONTENT.aspects["skills"].question,
        CONTENT.aspects["work"].question,
        "None of these",
    ]


def test_small_talk_is_never_offered() -> None:
    assert not any("greet" in button["payload"] for button in buttons(unsure()))


def test_topics_are_offered_of_the_role_that_was_named() -> None:
    reply = run("unsure", intent="nlu_fallback", ranking=RANKING, roles=[AI])
    payloads = [button["payload"] for button in buttons(reply)]
    assert f'/skills{{"role": "{AI}"}}' in payloads
    assert "/demand" in payloads


def test_without_a_likely_topic_other_words_are_asked_for() -> None:
    reply = run("unsure", intent="nlu_fallback", ranking=[("greet", 0.2)])
    assert texts(reply) == [CONTENT.prompts["rephrase"]]
    assert buttons(reply) == []


def test_the_second_time_in_a_row_the_subjects_are_listed() -> None:
    (text,) = texts(unsure(after=unsure()))
    assert text.startswith(CONTENT.prompts["subjects"].split("{")[0])
    for topic in (*CONTENT.aspects.values(), *CONTENT.entries.values()):
        assert topic.title in text


def test_the_third_time_in_a_row_begins_anew() -> None:
    third = unsure(after=unsure(after=unsure()))
    assert texts(third) == [CONTENT.prompts["did_you_mean"]]


def test_an_answer_in_between_begins_anew() -> None:
    answered = run("answer", intent="article", after=unsure())
    assert texts(unsure(after=answered)) == [CONTENT.prompts["did_you_mean"]]


def test_an_option_picked_in_between_begins_anew() -> None:
    picked = run("choose", text="1", intent="choose", after=unsure())
    reply = run("unsure", text="hm", intent="nlu_fallback", ranking=RANKING[2:], after=picked)
    assert texts(reply) == [CONTENT.prompts["did_you_mean"]]


@pytest.mark.parametrize("reason", ["no_words", "too_long"])
def test_an_unreadable_message_is_told_why(reason: str) -> None:
    reply = run("unsure", intent="nlu_fallback", outcome="unreadable", reason=reason)
    assert texts(reply) == [CONTENT.prompts[reason]]
    assert buttons(reply) == []


@pytest.mark.parametrize("reason", ["no_words", "too_long"])
def test_an_unreadable_message_changes_nothing(reason: str) -> None:
    first = run("answer", intent="skills", roles=[ML])
    reply = run("unsure", intent="nlu_fallback", outcome="unreadable", reason=reason, after=first)
    assert slots(reply) == slots(first)


def test_what_could_not_be_read_is_not_answered_for_a_word_in_it() -> None:
    reply = run("unsure", text="reddit " * 200, reason="too_long", outcome="unreadable")
    assert texts(reply) == [CONTENT.prompts["too_long"]]
