"""What `make bench` takes for an answer."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

import pytest

from benchmarks.clients import Clients, Conversation
from tools.launch import HOST

_APOLOGY = "Something went wrong."
_REPLIES: dict[str, tuple[int, Any]] = {
    "answer": (200, [{"text": "It is so."}]),
    "buttons": (200, [{"buttons": []}]),
    "silence": (200, []),
    "apology": (200, [{"text": _APOLOGY}]),
    "error": (500, [{"text": "It is so."}]),
}


class _Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    asked: list[tuple[str, str]]

    def do_POST(self) -> None:
        message = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.asked.append((message["sender"], message["message"]))
        status, replies = _REPLIES[message["message"]]
        body = json.dumps(replies).encode()
        self.send_response(status)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Says nothing."""


@pytest.fixture
def asked() -> list[tuple[str, str]]:
    return []


@pytest.fixture
def clients(asked: list[tuple[str, str]]) -> Iterator[Clients]:
    handler = type("Handler", (_Handler,), {"asked": asked})
    with ThreadingHTTPServer((HOST, 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield Clients(f"http://{HOST}:{server.server_port}", _APOLOGY)
        server.shutdown()


def test_silence_errors_and_apologies_are_no_answers(clients: Clients) -> None:
    load = clients.talk([Conversation([text]) for text in _REPLIES], 2, 60)
    assert (len(load.times), load.unanswered) == (2, 3)


def test_clients_share_the_conversations_and_keep_each_in_order(
    clients: Clients, asked: list[tuple[str, str]]
) -> None:
    texts = ["answer", "buttons", "answer", "silence"]
    planned = [Conversation(texts) for _ in range(6)]
    clients.talk(planned, 4, 60)
    assert len(asked) == 24
    for conversation in planned:
        assert [text for sender, text in asked if sender == conversation.sender] == texts


def test_nothing_is_asked_after_the_time_is_up(
    clients: Clients, asked: list[tuple[str, str]]
) -> None:
    load = clients.talk([Conversation(["answer"])], 1, limit=0)
    assert (load.times, asked) == ((), [])
