"""Back to what was told before, and over to a new start."""

from __future__ import annotations

import pytest

from tests.actions.harness import AI, CONTENT, ML, Reply, buttons, run, slots, texts


def told(*subjects: tuple[str, str | None]) -> Reply:
    """After some subjects were told, one after the other."""
    reply: Reply | None = None
    for topic, role in subjects:
        reply = run("answer", intent=topic, roles=[role] if role else [], after=reply)
    assert reply is not None
    return reply


def test_back_tells_what_was_told_before() -> None:
    reply = run("back", after=told(("skills", ML), ("demand", None)))
    assert texts(reply) == [CONTENT.reply("skills", ML).answer]
    assert (slots(reply)["topic"], slots(reply)["role"]) == ("skills", ML)


def test_back_twice_goes_two_answers_back() -> None:
    last = told(("skills", ML), ("demand", None), ("work", AI))
    assert texts(run("back", after=run("back", after=last))) == [CONTENT.reply("skills", ML).answer]


def test_back_goes_over_a_repetition() -> None:
    again = run("repeat", after=told(("skills", ML), ("demand", None)))
    assert texts(run("back", after=again)) == [CONTENT.reply("skills", ML).answer]


def test_back_goes_to_a_gap_as_well() -> None:
    reply = run("back", after=told(("gap_pay", None), ("demand", None)))
    assert texts(reply) == [CONTENT.gaps["gap_pay"].answer]


def test_back_from_the_first_answer_says_that_there_is_nothing_before() -> None:
    assert texts(run("back", after=told(("skills", ML)))) == [CONTENT.prompts["back_at_start"]]


def test_back_goes_to_a_subject_that_is_named_though_it_was_not_told() -> None:
    last = told(("skills", ML), ("demand", None))
    reply = run("back", intent="go_back", text="go back to the tools", after=last)
    assert texts(reply) == [CONTENT.reply("tools", ML).answer]


def test_a_correction_is_never_the_last_answer_again() -> None:
    last = told(("skills", ML), ("demand", None))
    reply = run("correct", intent="correct", text="no, the AI one", roles=[AI], after=last)
    assert texts(reply) != [CONTENT.reply("demand", None).answer]


def test_back_at_the_start_says_that_there_is_nothing_before() -> None:
    assert texts(run("back")) == [CONTENT.prompts["back_at_start"]]


def test_starting_over_forgets_what_was_spoken_of() -> None:
    reply = run("start_over", after=told(("skills", ML), ("demand", None)))
    assert texts(reply) == [CONTENT.prompts["start_over"]]
    assert texts(run("repeat", after=reply)) == [CONTENT.prompts["nothing_yet"]]
    assert texts(run("back", after=reply)) == [CONTENT.prompts["back_at_start"]]
    assert texts(run("answer", intent="work", after=reply)) == [CONTENT.reply("work", None).answer]


def test_starting_over_offers_all_subjects_again() -> None:
    first = told(("skills", ML))
    offered = [button["title"] for button in buttons(first)]
    for topic in CONTENT.aspects["skills"].related:
        first = run("answer", intent=topic, roles=[ML], after=first)
    over = run("start_over", after=first)
    again = run("answer", intent="skills", roles=[ML], after=over)
    assert [button["title"] for button in buttons(again)] == offered


def test_starting_over_keeps_the_feedback() -> None:
    liked = run("feedback", intent="feedback_good", after=told(("skills", ML)))
    assert slots(run("start_over", after=liked))["feedback"] == slots(liked)["feedback"]


@pytest.mark.parametrize(
    ("action", "text", "form"),
    [
        ("back", "back to the first question please", "answer"),
        ("repeat", "what was your first answer again", "answer"),
        ("repeat", "the first answer again, in one sentence", "short"),
        ("shorter", "a short form of the first answer", "short"),
    ],
)
def test_the_first_answer_of_all_can_be_meant(action: str, text: str, form: str) -> None:
    last = told(("skills", ML), ("demand", None), ("work", AI))
    expected = getattr(CONTENT.reply("skills", ML), form)
    assert texts(run(action, text=text, after=last)) == [expected]
