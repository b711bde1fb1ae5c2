"""What visitors say of an answer goes to the assistant, and is not shown."""

from __future__ import annotations

import json
from typing import Any

import pytest

from content.loader import load
from tests.channels.scripted import ScriptedActions
from tests.channels.visitor import Visitor
from tests.conftest import Conversation

_QUESTION = "what skills does an ML engineer need?"
_HANDLE = "skills/ml_engineer"


def _judge(visitor: Visitor, answer: Any = _HANDLE, helpful: Any = True) -> Any:
    return visitor.call("POST", "feedback", {"answer": answer, "helpful": helpful})


@pytest.mark.parametrize(("helpful", "intent"), [(True, "feedback_good"), (False, "feedback_bad")])
def test_the_assistant_is_told(
    guest: Visitor, actions: ScriptedActions, helpful: bool, intent: str
) -> None:
    guest.say(_QUESTION)
    answer = _judge(guest, helpful=helpful)
    assert (answer.status, answer.body) == (204, b"")
    assert actions.calls[-1] == f"/{intent}{json.dumps({'answer': _HANDLE})}"


def test_it_leaves_no_trace_in_what_is_shown(guest: Visitor) -> None:
    guest.say(_QUESTION)
    before = guest.history
    _judge(guest)
    assert guest.history == before
    guest.say(_QUESTION)
    assert guest.said == [_QUESTION] * 2


@pytest.mark.parametrize("handle", ["tools/ml_engineer", "skills", "nonsense"])
def test_of_an_answer_that_was_not_given_it_is_refused(guest: Visitor, handle: str) -> None:
    guest.say(_QUESTION)
    assert _judge(guest, handle).error == (422, "unknown_answer")


def test_of_an_answer_given_to_somebody_else_it_is_refused(guest: Visitor) -> None:
    guest.say(_QUESTION)
    assert _judge(Visitor(guest.base).begin()).error == (422, "unknown_answer")


@pytest.mark.parametrize(
    ("answer", "helpful"),
    [(_HANDLE, 1), (_HANDLE, "true"), (_HANDLE, None), (5, True), ("", True), ("x" * 500, True)],
)
def test_feedback_of_the_wrong_form_is_refused(
    guest: Visitor, answer: object, helpful: object
) -> None:
    assert _judge(guest, answer, helpful).status == 400


def test_the_assistants_own_action_takes_what_is_sent(conversation: Conversation) -> None:
    for intent in ("feedback_good", "feedback_bad"):
        payload = f"/{intent}{json.dumps({'answer': _HANDLE})}"
        assert conversation.say(payload) == load().prompts[intent]
