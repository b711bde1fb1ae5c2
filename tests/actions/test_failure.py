"""When something breaks, visitors get an apology and operators a log line."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest
from rasa_sdk import Tracker
from rasa_sdk.executor import CollectingDispatcher

from actions import base
from actions.base import ThreadAction
from actions.turn import Message, Reply, Turn
from content.live import LAST_RESORT, LiveContent
from tests.actions.harness import CONTENT, ML, executor, make_tracker, run, slots, texts

APOLOGY = (CONTENT.prompts["failure"], "apology")


class ActionThatBreaks(ThreadAction):
    """Fails whatever the message."""

    def respond(self, turn: Turn) -> Reply:
        """Never says anything."""
        raise ZeroDivisionError("on purpose")


class ActionThatSaysNoPrompt(ThreadAction):
    """Answers with a prompt that the content does not have."""

    def respond(self, turn: Turn) -> Reply:
        """Fails only when it is said, after a first text."""
        return Reply(turn.thread, messages=[Message("half an answer")], prompt="no_such_prompt")


def fail(action: ThreadAction) -> tuple[list[dict[str, Any]], list[Any]]:
    """The messages and events of an action that is expected to fail."""
    dispatcher = CollectingDispatcher()
    tracker = Tracker.from_dict(make_tracker(text="hello"))
    events = asyncio.run(action.run(dispatcher, tracker, {}))
    return dispatcher.messages, events


class ActionThatLosesItsThread(ThreadAction):
    """Says something and has no state to go on with."""

    def respond(self, turn: Turn) -> Reply:
        """Fails after all is said."""
        return Reply(None, messages=[Message("half an answer")])  # type: ignore[arg-type]


@pytest.mark.parametrize(
    "action", [ActionThatBreaks(), ActionThatSaysNoPrompt(), ActionThatLosesItsThread()]
)
def test_an_exception_inside_becomes_the_apology(action: ThreadAction) -> None:
    (message,), events = fail(action)
    assert (message["text"], message["kind"]) == APOLOGY
    assert events == []


def test_content_that_never_loaded_leaves_nobody_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = LiveContent(tmp_path)  # an empty folder
    monkeypatch.setattr(base, "live_content", lambda: live)
    (message,), events = fail(ActionThatBreaks())
    assert (message["text"], message["kind"]) == (LAST_RESORT, "apology")
    assert events == []


def test_an_exception_inside_is_logged_with_its_cause(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.ERROR):
        fail(ActionThatBreaks())
    assert "action_that_breaks" in caplog.text
    assert "ZeroDivisionError: on purpose" in caplog.text


def test_a_topic_that_the_content_no_longer_has_leaves_nobody_without_a_word() -> None:
    first = run("answer", intent="skills")
    first.tracker["slots"].update(topic="no_longer_there", trail=["no_longer_there", "skills"])
    stale = first._replace(events=[])
    for action in ("more", "why", "shorter", "repeat", "source", "back", "follow_up", "correct"):
        reply = run(action, after=stale)
        assert all(each["text"] for each in reply.messages), action
        assert texts(reply), action


@pytest.mark.parametrize(
    "message", [{}, {"text": None, "intent": None, "entities": None, "intent_ranking": None}]
)
def test_a_message_that_nobody_parsed_leaves_nobody_without_a_word(message: dict[str, Any]) -> None:
    for name in executor().actions:
        tracker = {"sender_id": "visitor", "slots": {}, "latest_message": message, "events": []}
        result = asyncio.run(executor().run({"next_action": name, "tracker": tracker}))
        assert all(each["text"] for each in result["responses"]), name
        assert result["responses"] or name == "action_resume", name


def test_an_intent_that_is_no_topic_gets_the_apology_and_changes_nothing() -> None:
    reply = run("answer", intent="no_such_topic")
    assert [(each["text"], each["kind"]) for each in reply.messages] == [APOLOGY]
    assert slots(reply) == {}


@pytest.mark.parametrize("action", ["more", "why", "shorter", "repeat", "source", "follow_up"])
def test_a_subject_that_is_no_longer_there_is_no_failure(action: str) -> None:
    before = run("answer", intent="skills", roles=[ML])
    before.tracker["slots"] = {
        "topic": "gone",
        "role": "nurse",
        "trail": ["skills/ml_engineer", "gone", "skills/nurse"],
        "covered": ["gone"],
        "said": [{"text": "It was.", "kind": "answer", "subject": "gone", "is_table": False}],
        "cited": ["gone"],
    }
    last = before._replace(events=[])
    assert texts(run(action, text="go on", after=last)) != [APOLOGY[0]]
