"""When something breaks, visitors get an apology and operators a log line."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from typing import Any

import pytest

from actions import action
from content.live import LAST_RESORT, LiveContent
from tests.actions.harness import CONTENT, ML, answered, executor, reading, run, said, slots

APOLOGY = (CONTENT.prompts["failure"], "apology")


def fails(*_: object) -> None:
    """Never says anything."""
    raise ZeroDivisionError("on purpose")


@pytest.mark.parametrize("step", ["decode", "execute", "say"])
def test_an_exception_inside_is_logged_and_becomes_the_apology(
    step: str, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(action, step, lambda *args, **more: fails())
    with caplog.at_level(logging.ERROR):
        reply = run(intent="skills")
    (message,) = reply.messages
    assert (message["text"], message["kind"]) == APOLOGY
    assert reply.events == []
    assert "ZeroDivisionError: on purpose" in caplog.text


def test_content_that_never_loaded_leaves_nobody_without_a_word(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    live = LiveContent(tmp_path)  # an empty folder
    monkeypatch.setattr(action, "live_content", lambda: live)
    (message,) = run(intent="skills").messages
    assert (message["text"], message["kind"]) == (LAST_RESORT, "apology")


@pytest.mark.parametrize(
    "message",
    [{}, {"text": None, "intent": None, "entities": None, "intent_ranking": None, "reading": None}],
)
def test_a_message_that_nobody_parsed_leaves_nobody_without_a_word(message: dict[str, Any]) -> None:
    tracker = {"sender_id": "visitor", "slots": {}, "latest_message": message, "events": []}
    call = {"next_action": "action_reply", "tracker": tracker}
    result = asyncio.run(executor().run(call))
    assert result["responses"][0]["text"] == CONTENT.prompts["rephrase"]


@pytest.mark.parametrize(
    "intent", ["more", "why", "shorter", "repeat", "source", "followup", "correct", "go_back"]
)
def test_what_is_no_longer_there_is_no_failure(intent: str) -> None:
    gone: dict[str, Any] = {
        "text": "",
        "topic": "gone",
        "role": "nurse",
        "verdict": "answered",
        "kind": "answer",
        "form": None,
    }
    said_before = {**gone, "text": "It was.", "statements": ["gone"]}
    before = run(intent="skills", roles=[ML])
    before.tracker["slots"] = {
        **{"topic": "gone", "role": "nurse", "said": [said_before], "told": ["gone"]},
        **{"trail": [gone | {"statements": ["gone"]}] * 3, "cited": ["gone"], "heard": ["gone"]},
    }
    acts = {"shorter": "form", "why": "more", "followup": "ask", "go_back": "none"}
    reply = run(
        intent=intent, read=reading(act=acts.get(intent, intent)), after=before._replace(events=[])
    )
    assert said(reply) != APOLOGY[0]


def test_a_decision_is_logged_on_one_line(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO):
        run(intent="demand", read=answered("demand"))
    (line,) = [each.message for each in caplog.records if each.name == "actions.action"]
    assert line.startswith('decided: Check {"verdict": "answered", "statements": ["demand"]')


def test_slots_have_only_what_json_has() -> None:
    assert isinstance(slots(run(intent="demand", read=answered("demand")))["texts"], list)
