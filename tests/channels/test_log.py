"""What visitors write is not in the server's log."""

from __future__ import annotations

import json

from tests.channels.scripted import ScriptedActions
from tests.channels.visitor import Visitor, call
from tests.conftest import Server

_WORD = "quetzalcoatl"


def test_no_text_of_a_visitor_is_logged(visitor: Visitor, server: Server) -> None:
    for text in (f"what is {_WORD}?", f"/{_WORD}", f"/{_WORD}{{", f"{_WORD}\ud800\x00", _WORD * 90):
        visitor.post(text=text)
    visitor.post(payload=f"/{_WORD}")
    visitor.call("POST", "feedback", {"answer": _WORD, "helpful": True})
    visitor.call("POST", "messages", {"id": _WORD, "text": {"text": _WORD}})
    assert len(visitor.said) == 4
    assert _WORD not in server.log.read_text(encoding="utf-8")


def test_no_text_of_a_message_that_failed_is_logged(
    guest: Visitor, actions: ScriptedActions, scripted: Server
) -> None:
    question = f"what skills does an ML engineer need, {_WORD}?"
    for fault in ((500, {}), (200, ["what"]), (200, {"events": [{"event": "x"}]})):
        actions.behaviour = lambda call, fault=fault: fault  # type: ignore[misc]
        assert guest.say(question)[0]["kind"] == "apology"
    actions.stop()
    assert guest.say(question)[0]["kind"] == "apology"
    log = scripted.log.read_text(encoding="utf-8")
    assert "action_reply" in log  # that it failed is told
    assert _WORD not in log


def test_no_text_of_a_visitor_of_another_channel_is_logged(server: Server) -> None:
    texts = (
        f"/{_WORD}",
        f"/{_WORD}{{",
        f'/greet{{"role": "{_WORD}"',
        f"/greet@{_WORD}",
        f"{_WORD}?",
    )
    for text in texts:
        for value in (
            {"sender": _WORD, "message": text},
            {"sender": _WORD, "message": {"x": text}},
        ):
            body = json.dumps(value).encode()
            call(server.base, "POST", "/webhooks/rest/webhook", body)
    call(server.base, "POST", "/webhooks/rest/webhook", f'{{"message": {_WORD}}}'.encode())
    assert _WORD not in server.log.read_text(encoding="utf-8")
