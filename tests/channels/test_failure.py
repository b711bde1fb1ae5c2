"""When an action fails or takes too long, the visitor gets an apology, and can go on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import pytest

from channels.webchat.settings import Settings
from content.loader import load
from tests.channels.scripted import ScriptedActions, says
from tests.channels.visitor import Visitor, new_id

_QUESTION = "what skills does an ML engineer need?"
_NEXT = "which tools does an ML engineer use?"
_APOLOGY = load().prompts["failure"]

FAULTS = {
    "status 500": (500, {"error": "boom", "action_name": "action_reply"}),
    "rejection": (400, {"error": "no", "action_name": "action_reply"}),
    "nothing said": (200, {"events": [], "responses": []}),
    "an empty text": (200, {"events": [], "responses": [{"text": ""}]}),
    "no object": (200, ["what"]),
    "wrong types": (200, {"events": "many", "responses": 5}),
    "unknown event": (200, {"events": [{"event": "nonsense"}], "responses": []}),
}


def _apologised(visitor: Visitor, message_id: str | None = None) -> None:
    (reply,) = visitor.say(_QUESTION, message_id)
    assert (reply["kind"], reply["text"]) == ("apology", _APOLOGY)


def _goes_on(visitor: Visitor, actions: ScriptedActions) -> None:
    """The conversation takes the next question, and has kept the failed one with its apology."""
    actions.reset()
    (reply,) = visitor.say(_NEXT)
    assert reply["text"] == f"about: {_NEXT}"
    texts = [(message["from"], message["text"]) for message in visitor.history]
    assert texts == [
        ("visitor", _QUESTION),
        ("assistant", _APOLOGY),
        ("visitor", _NEXT),
        ("assistant", f"about: {_NEXT}"),
    ]


@pytest.fixture
def stuck(actions: ScriptedActions) -> Iterator[threading.Event]:
    """Makes actions wait for the end of the test, and then speak."""
    let_go = threading.Event()

    def wait(call: object) -> tuple[int, object]:
        let_go.wait(60)
        return says("too late")

    actions.behaviour = wait
    yield let_go
    let_go.set()


def test_the_time_set_is_below_five_seconds() -> None:
    assert Settings().reply_seconds < 5


@pytest.mark.parametrize("fault", FAULTS.values(), ids=FAULTS)
def test_a_failed_action_ends_in_an_apology(
    guest: Visitor, actions: ScriptedActions, fault: tuple[int, object]
) -> None:
    actions.behaviour = lambda call: fault
    _apologised(guest)
    _goes_on(guest, actions)


def test_a_dead_action_server_ends_in_an_apology(guest: Visitor, actions: ScriptedActions) -> None:
    actions.stop()
    _apologised(guest)
    _goes_on(guest, actions)


def test_a_slow_action_ends_in_an_apology(
    guest: Visitor, actions: ScriptedActions, stuck: threading.Event
) -> None:
    _apologised(guest)  # or this call would outlast its time limit: the action never returns
    _goes_on(guest, actions)


def test_what_a_slow_action_says_after_all_is_not_shown(
    guest: Visitor, actions: ScriptedActions, stuck: threading.Event
) -> None:
    _apologised(guest)
    stuck.set()
    time.sleep(0.3)
    assert "too late" not in [message["text"] for message in guest.history]
    _goes_on(guest, actions)


def test_the_same_message_gets_the_same_apology_and_is_not_tried_again(
    guest: Visitor, actions: ScriptedActions, stuck: threading.Event
) -> None:
    same = new_id()
    _apologised(guest, same)
    actions.reset()
    _apologised(guest, same)
    assert actions.calls == []


def test_messages_behind_a_slow_one_are_not_lost(
    guest: Visitor, actions: ScriptedActions, stuck: threading.Event
) -> None:
    ids = [new_id() for _ in range(3)]
    with ThreadPoolExecutor() as pool:
        answers = list(pool.map(lambda each: guest.post(each, text=_QUESTION), ids))
    told = [answer.status == 200 or answer.error == (503, "unavailable") for answer in answers]
    assert all(told)
    actions.reset()
    for each in ids:  # as the widget does with what was refused; what was answered stays so
        assert guest.say(_QUESTION, each)
    assert guest.say(_NEXT)[0]["text"] == f"about: {_NEXT}"
    assert guest.said == [_QUESTION] * 3 + [_NEXT]


def test_feedback_that_cannot_be_kept_is_not_thanked_for(
    guest: Visitor, actions: ScriptedActions
) -> None:
    guest.say(_QUESTION)
    actions.stop()
    verdict = {"answer": "skills/ml_engineer", "helpful": True}
    assert guest.call("POST", "feedback", verdict).error == (503, "unavailable")
