"""Visitors type text and press buttons; they give Rasa no orders."""

from __future__ import annotations

import pytest

from content.loader import load
from tests.channels.database import stored
from tests.channels.visitor import Visitor
from tests.conftest import Server
from tests.told import tells

_REFUSED = (422, "not_offered")

ORDERS = {
    "restart": "/restart",
    "session start": "/session_start",
    "back": "/back",
    "intent": "/demand",
    "intent with entities": '/skills{"role": "ml_engineer"}',
    "intent with confidence": "/demand@0.5",
    "space before": " \t\n/demand",
    "zero-width space before": "\u200b/demand",
    "word joiner before": "\u2060/demand",
    "byte order mark before": "\ufeff/demand",
    "control character before": "\x00/demand",
    "surrogate before": "\udfff/demand",
    "no-break space before": "\xa0/demand",
    "line separator before": "\u2028/demand",
    "information separator before": "\x1c/demand",
    "full-width slash": "／demand",
    "twice": "//demand",
    "slot": '/inform{"topic": "demand"}',
    "action": "/action_reply",
}


@pytest.mark.parametrize("text", ORDERS.values(), ids=ORDERS)
def test_a_typed_order_is_text(visitor: Visitor, server: Server, text: str) -> None:
    assert visitor.say(text)
    kept = stored(server, visitor, "user")
    # Rasa's RegexMessageHandler puts a message of its own in place of an order's, without what the
    # classifier found.
    assert [bool(event["parse_data"].get("understanding")) for event in kept] == [True]
    assert stored(server, visitor, "restart") == []
    assert len(stored(server, visitor, "session_started")) == 1


def test_an_offered_payload_is_no_text(visitor: Visitor, server: Server) -> None:
    (reply,) = visitor.say("what skills does an ML engineer need?")
    visitor.post(payload=reply["buttons"][0]["payload"])
    kept = stored(server, visitor, "user")
    assert [bool(event["parse_data"].get("understanding")) for event in kept] == [True, False]


def test_a_typed_slash_shows_as_typed(visitor: Visitor) -> None:
    visitor.say("/session_start")
    assert visitor.said == ["/session_start"]


def test_a_typed_order_means_what_its_words_mean(visitor: Visitor) -> None:
    typed = visitor.say("/what skills does an ML engineer need?")
    assert tells(typed[0], "skills", "ml_engineer")


def test_a_typed_restart_forgets_nothing_that_was_said(visitor: Visitor) -> None:
    visitor.say("what skills does an ML engineer need?")
    button = visitor.history[-1]["buttons"][0]
    for order in ("/restart", "/session_start"):
        assert visitor.say(order)
    assert visitor.said == ["what skills does an ML engineer need?", "/restart", "/session_start"]
    assert visitor.post(payload=button["payload"]).status == 200


@pytest.mark.parametrize(
    "payload",
    ["/restart", "/session_start", "/demand", '/feedback_good{"answer": "x"}', "hello", "\u200b/x"],
)
def test_a_payload_that_was_not_offered_is_refused(visitor: Visitor, payload: str) -> None:
    visitor.say("hello")
    assert visitor.post(payload=payload).error == _REFUSED
    assert visitor.said == ["hello"]


def test_an_offered_payload_is_taken_and_no_variant_of_it(visitor: Visitor) -> None:
    (reply,) = visitor.say("what skills does an ML engineer need?")
    payload = reply["buttons"][0]["payload"]
    other = f'{payload.partition("{")[0]}{{"role": "nobody"}}'
    for variant in (payload + " ", payload.upper(), payload[1:], other):
        assert visitor.post(payload=variant).error == _REFUSED
    assert visitor.post(payload=payload).json["replies"][0]["text"]


def test_starting_over_is_offered_in_every_conversation(visitor: Visitor) -> None:
    visitor.say("what skills does an ML engineer need?")
    (reply,) = visitor.post(payload="/start_over").json["replies"]
    assert reply["text"] == load().prompts["start_over"]
    assert visitor.said[-1] == "Start over"
    assert visitor.post(payload='/start_over{"role": "nobody"}').error == _REFUSED


def test_the_history_tells_a_new_beginning_from_words(visitor: Visitor) -> None:
    visitor.say("Start over")
    visitor.say("/start_over")
    visitor.post(payload="/start_over")
    asked = [each for each in visitor.call("GET", "messages").json["messages"] if "id" in each]
    assert [each.get("order") for each in asked] == [None, None, "start_over"]


def test_a_payload_offered_to_somebody_else_is_refused(visitor: Visitor) -> None:
    (reply,) = visitor.say("what skills does an ML engineer need?")
    other = Visitor(visitor.base).begin()
    assert other.post(payload=reply["buttons"][0]["payload"]).error == _REFUSED


def test_an_old_button_still_works(visitor: Visitor) -> None:
    (reply,) = visitor.say("what skills does an ML engineer need?")
    visitor.say("hello")
    visitor.say("thanks")
    pressed = visitor.post(payload=reply["buttons"][-1]["payload"])
    assert pressed.status == 200
    assert visitor.said[-1] == reply["buttons"][-1]["title"]
