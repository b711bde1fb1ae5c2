"""Requests whose head is bent are refused before anything waits for their body."""

from __future__ import annotations

import socket
from urllib.parse import urlsplit

import pytest

from tests.channels.visitor import PREFIX, Visitor
from tests.conftest import Server

HEADS = {
    "length is no number": ["Content-Length: abc"],
    "length is negative": ["Content-Length: -5"],
    "length has a sign": ["Content-Length: +5"],
    "two lengths": ["Content-Length: 2", "Content-Length: 3"],
    "length and pieces": ["Content-Length: 2", "Transfer-Encoding: chunked"],
    "unknown encoding": ["Transfer-Encoding: gzip"],
    "bad pieces": ["Transfer-Encoding: chunked", "", "zz"],
    "negative pieces": ["Transfer-Encoding: chunked", "", "-5"],
}


@pytest.mark.parametrize("lines", HEADS.values(), ids=HEADS)
def test_a_bent_head_is_a_bad_request(server: Server, visitor: Visitor, lines: list[str]) -> None:
    before = server.log.read_text(encoding="utf-8")
    address = urlsplit(server.base)
    head = [f"POST {PREFIX}/messages HTTP/1.1", f"Host: {address.netloc}", *lines, "", ""]
    host, _, port = address.netloc.partition(":")
    with socket.create_connection((host, int(port)), timeout=20) as connection:
        connection.sendall("\r\n".join(head).encode())
        assert connection.recv(65_536).startswith(b"HTTP/1.1 400 ")
    assert server.log.read_text(encoding="utf-8") == before
    assert visitor.history == []
