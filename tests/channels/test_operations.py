"""What operators ask a running server, and what it keeps from others."""

from __future__ import annotations

import json
import socket
from urllib.parse import urlsplit

import pytest

from tests.channels.visitor import call
from tests.conftest import Server


@pytest.mark.parametrize("size", [70_000, 1_000_000, 50_000_000])
def test_a_message_that_nobody_types_is_refused_before_it_is_sent(
    server: Server, size: int
) -> None:
    host, _, port = urlsplit(server.base).netloc.partition(":")
    head = (
        "POST /webhooks/rest/webhook HTTP/1.1\r\nHost: x\r\nContent-Type: application/json\r\n"
        f"Content-Length: {size}\r\n\r\n"
    )
    with socket.create_connection((host, int(port)), timeout=30) as connection:
        connection.sendall(head.encode() + b"{")
        assert connection.recv(1000).startswith(b"HTTP/1.1 413 ")


def test_one_that_somebody_might_is_taken(server: Server) -> None:
    body = json.dumps({"sender": "long", "message": "hello " * 5_000}).encode()
    answer = call(server.base, "POST", "/webhooks/rest/webhook", body)
    assert answer.status == 200
    assert answer.json


def test_a_proxy_may_ask_for_health_without_a_body(server: Server) -> None:
    for path in ("/health", "/ready", "/webhooks/webchat/"):
        answer = call(server.base, "HEAD", path)
        assert (answer.status, answer.body) == (200, b"")


def test_what_is_kept_is_nobody_elses(server: Server) -> None:
    for path in server.endpoints.parent.glob("conversations.db*"):
        assert path.stat().st_mode & 0o077 == 0
