"""The action server dies, hangs, or talks nonsense."""

from __future__ import annotations

import socket
import threading

from benchmarks.hanging import hanging
from content.loader import load
from tests.channels.visitor import call
from tests.steady.conftest import FOLLOW_UP, QUESTION, Assistant, apologised, in_time
from tools.launch import HOST

_APOLOGY = load().prompts["failure"]


def test_killed(assistant: Assistant) -> None:
    visitor = assistant.visitor()
    visitor.say(QUESTION)
    assistant.kill(assistant.actions)
    try:
        with in_time():
            assert apologised(visitor.post(text="which tools do they use?"))
        with in_time():
            assert assistant.rest("killed", QUESTION)[-1]["text"] == _APOLOGY
        ready = call(assistant.base, "GET", "/ready")
        assert (ready.status, ready.json["actions"]) == (503, False)
    finally:
        assistant.start_actions()
    assert call(assistant.base, "GET", "/ready").json == {
        "ready": True,
        "model": True,
        "actions": True,
        "conversations": True,
        "content_faults": 0,
    }
    (reply,) = visitor.say(FOLLOW_UP)
    assert "AI engineer" in reply["text"]
    assert visitor.said == [QUESTION, "which tools do they use?", FOLLOW_UP]
    assert QUESTION not in (assistant.folder / "server.log").read_text(encoding="utf-8")


def test_hung(assistant: Assistant) -> None:
    visitor = assistant.visitor()
    visitor.say(QUESTION)
    with hanging(assistant.actions.pid):
        with in_time():
            assert apologised(visitor.post(text="which tools do they use?"))
        with in_time():
            assert assistant.rest("hung", QUESTION)[-1]["text"] == _APOLOGY
    (reply,) = visitor.say(FOLLOW_UP)
    assert "AI engineer" in reply["text"]


def test_garbage(assistant: Assistant) -> None:
    visitor = assistant.visitor()
    assistant.kill(assistant.actions)
    try:
        for garbage in (b"\x00\xff not HTTP at all", b"HTTP/1.1 200 OK\r\n\r\n<html>", b""):
            with _server_that_says(assistant.actions_port, garbage), in_time():
                assert apologised(visitor.post(text=QUESTION)), garbage
    finally:
        assistant.start_actions()
    assert visitor.said == [QUESTION] * 3


class _server_that_says:  # noqa: N801
    """Answers each connection with the same bytes and closes it, while the block runs."""

    def __init__(self, port: int, answer: bytes) -> None:
        self._answer = answer
        self._listener = socket.create_server((HOST, port))

    def __enter__(self) -> None:
        self._thread = threading.Thread(target=self._serve)
        self._thread.start()

    def _serve(self) -> None:
        while True:
            connection, _ = self._listener.accept()
            with connection:
                if not connection.recv(65536):
                    return
                connection.sendall(self._answer)

    def __exit__(self, *_: object) -> None:
        # A connection without a word ends it.
        socket.create_connection(self._listener.getsockname()).close()
        self._thread.join()
        self._listener.close()
