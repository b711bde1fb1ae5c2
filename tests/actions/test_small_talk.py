"""Small talk, feedback, version, and what visitors tell of themselves."""

from __future__ import annotations

from typing import Any

import pytest
import yaml

from actions import provenance
from dialogue import decode, moves
from tests.actions.harness import (
    AI,
    CONTENT,
    ML,
    Reply,
    answered,
    make_tracker,
    press,
    reading,
    run,
    said,
    slots,
    told,
)
from tests.conftest import ROOT

PROMPTS = CONTENT.prompts


@pytest.fixture
def skills() -> Reply:
    """After the skills of ML engineers were told."""
    return run(intent="skills", roles=[ML])


def session(began: float, after: Reply | None = None) -> Reply:
    """A greeting in a session that began at that time."""
    before = after or run(intent="how_are_you", read=reading(act="about_bot"))
    events = [*before.tracker["events"], {"event": "session_started", "timestamp": began}]
    return hello(before._replace(tracker={**before.tracker, "events": events}))


def hello(after: Reply | None = None) -> Reply:
    """A greeting."""
    return run(intent="greet", read=reading(act="greet"), after=after)


def test_the_first_hello_introduces_and_the_second_does_not(skills: Reply) -> None:
    assert said(hello()) == PROMPTS["greet"]
    assert said(hello(hello())) == PROMPTS["greet_again"]
    assert said(hello(skills)) == PROMPTS["greet_again"]


def test_somebody_who_is_back_is_welcomed_once() -> None:
    back = session(5000.0, after=session(100.0))
    assert said(back) == PROMPTS["welcome_back"]
    assert said(hello(back)) == PROMPTS["greet_again"]


def test_every_kind_of_small_talk_has_words() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    kinds = {"goodbye", "bot_challenge", "how_are_you", "thanks", "praise", "insult", "help"}
    kinds |= {"other_language", "feeling", "person"}
    missing = [each for each in kinds if each not in PROMPTS]
    assert all(f"utter_{each}" in domain["responses"] for each in missing)
    assert {f"utter_{each}" for each in missing} == set(domain["responses"])


@pytest.mark.parametrize("act", ["ack", "feeling", "person", "bye", "about_bot"])
def test_small_talk_moves_nothing_on(act: str, skills: Reply) -> None:
    after = slots(run(read=reading(act=act), after=skills))
    assert {**after, "texts": None} == {**slots(skills), "texts": None}


def test_an_acknowledgement_is_short_and_not_the_same_twice(skills: Reply) -> None:
    first = run(read=reading(act="ack"), after=skills)
    assert len(said(first).split()) < 15
    assert said(run(read=reading(act="ack"), after=first)) != said(first)


def test_what_visitors_tell_is_noted_with_what_concerns_it() -> None:
    read = reading("answered", "tell", answers={"ml_back": 0.6})
    reply = run(read=read)
    assert said(reply) == f"{CONTENT.variants['tell'][0]} {told('ml_back')}"
    assert said(run(read=reading(act="tell"))) == CONTENT.variants["tell"][0]


@pytest.mark.parametrize("intent", ["feedback_good", "feedback_bad"])
def test_feedback_is_kept_with_the_answer_that_its_button_names(intent: str, skills: Reply) -> None:
    reply = press(intent, after=skills, answer=f"work/{AI}")
    assert said(reply) == PROMPTS[intent]
    assert slots(reply)["feedback"] == [{"subject": f"work/{AI}", "feedback": intent}]


@pytest.mark.parametrize("answer", ["no_such_topic", "skills/nobody", "", "/"])
def test_feedback_on_an_answer_that_there_is_not_goes_to_the_last(
    answer: str, skills: Reply
) -> None:
    (kept,) = slots(press("feedback_good", after=skills, answer=answer))["feedback"]
    assert kept["subject"] == f"skills/{ML}"


def test_feedback_does_not_change_the_subject(skills: Reply) -> None:
    reply = press("feedback_good", after=skills)
    assert slots(reply)["said"] == slots(skills)["said"]


def test_help_offers_subjects() -> None:
    reply = run(intent="help", read=reading(act="about_bot"))
    assert [each["text"] or each["response"] for each in reply.messages] == [
        PROMPTS["help"],
        PROMPTS["for_example"],
    ]
    assert reply.messages[-1]["buttons"]


def test_the_version_names_content_and_model() -> None:
    before = run(intent="skills", roles=[ML])
    for event in before.tracker["events"]:
        event["metadata"] = {"model_id": "0123456789abcdef"}
    text = said(run(intent="version", after=before))
    assert CONTENT.version in text
    assert "0123456789ab" in text
    assert "model ?" in said(run(intent="version"))


def test_the_contents_version_is_kept_once() -> None:
    first = run(read=answered("demand"))
    assert slots(first)["content_version"] == CONTENT.version
    second = run(read=answered("sectors"), after=first)
    assert "content_version" not in {event["name"] for event in second.events}


@pytest.mark.parametrize("reason", ["no_words", "too_long"])
def test_what_cannot_be_read_is_said(reason: str) -> None:
    assert said(run(intent="nlu_fallback", reason=reason)) == PROMPTS[reason]


def test_every_intent_of_the_domain_is_known_to_the_table() -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    known = {*decode._INTENTS, *decode._COMMANDS, moves.OUTSIDE, "nlu_fallback"}
    assert set(domain["intents"]) <= known


def test_the_domain_names_the_action_and_the_slot_that_is_not_of_the_thread() -> None:
    domain: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    assert domain["actions"] == ["action_reply"]
    assert set(domain["slots"]) == {provenance._SLOT}  # the others: nlu/slots.py
    assert make_tracker()["slots"] == {}
