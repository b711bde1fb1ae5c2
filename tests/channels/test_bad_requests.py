"""Ten thousand requests that nobody should send, and a server that minds none of them."""

from __future__ import annotations

import http.client
import json
import random
import string
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any, NamedTuple
from urllib.parse import urlsplit

from tests.channels.visitor import PREFIX, Visitor
from tests.conftest import Server
from tests.told import tells

_REQUESTS = 10_000
_WORKERS = 4
_SECONDS = 20  # for one request: longer is a hang
_MARK = "xylophone"  # in every generated text
_METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE", "HEAD", "OPTIONS", "TRACE", "BREW"]
_PATHS = ["session", "messages", "feedback", "", "nowhere", "messages/../session", "%00", "%ff%fe"]
_PATHS += [
    "messages/",
    "//messages",
    "messages?x=1",
    "a" * 3000,
    "%2e%2e%2frest",
    ";",
    "messages%20",
]
_TYPES = ["application/json", "application/json; charset=utf-16", "text/plain", "", "a/b/c", "\xff"]
_TYPES += ["multipart/form-data; boundary=x", "application/x-www-form-urlencoded"]
_ORIGINS = ["https://evil.example", "null", "", "http://[", "\xff", "https://" + "a" * 2000]
_CHARACTERS = string.printable + "éß漢\u200b\u202e\ufeff\U0001f916"


class _Request(NamedTuple):
    method: str
    path: str
    body: bytes | None
    headers: dict[str, str]


class _Generator:
    """Makes requests from a seed; none of them asks the assistant anything."""

    def __init__(self, seed: int, tokens: list[str]) -> None:
        self._random = random.Random(seed)  # noqa: S311
        self._tokens = tokens

    def request(self) -> _Request:
        pick = self._random
        method = pick.choice(_METHODS) if pick.random() < 0.4 else "POST"
        path = pick.choice(_PATHS) if pick.random() < 0.4 else pick.choice(["messages", "feedback"])
        headers = {"Content-Type": pick.choice(_TYPES) if pick.random() < 0.3 else _TYPES[0]}
        if pick.random() < 0.9:
            headers["Authorization"] = self._authorisation()
        if pick.random() < 0.1:
            headers["Origin"] = pick.choice(_ORIGINS)
        if pick.random() < 0.1:
            headers["X-Forwarded-For"] = self._text(40)
        return _Request(method, f"{PREFIX}/{path}", self._body(), headers)

    def _authorisation(self) -> str:
        pick = self._random
        token = pick.choice(self._tokens)
        if pick.random() < 0.6:
            return f"Bearer {token}"
        at = pick.randrange(len(token))
        changed = [token[:at], token[at:], token[::-1], token * 20, "", ".", "\xff" * 9]
        return f"{pick.choice(['Bearer', 'bearer', 'Basic', ''])} {pick.choice(changed)}"

    def _body(self) -> bytes | None:
        pick = self._random
        kind = pick.random()
        if kind < 0.05:
            return None
        if kind < 0.15:
            return pick.randbytes(pick.randrange(200))
        if kind < 0.18:
            return b"[" * pick.randrange(1, 16_000)
        if kind < 0.20:
            return b" " * pick.choice([16_385, 100_000, 900_000])
        body = json.dumps(self._value(3), ensure_ascii=pick.random() < 0.5)
        data = body.encode(pick.choice(["utf-8", "utf-8", "utf-8", "utf-16", "utf-32"]), "replace")
        return data[: pick.randrange(len(data) + 1)] if pick.random() < 0.1 else data

    def _value(self, depth: int) -> Any:
        pick = self._random
        if depth == 3 and pick.random() < 0.8:
            keys = ["id", "text", "payload", "answer", "helpful", "sender", "metadata", "__proto__"]
            value = {key: self._value(1) for key in pick.sample(keys, pick.randrange(1, 6))}
            if pick.random() < 0.5:
                value["id"] = f"generated-{pick.randrange(10**9)}"
            if isinstance(value.get("text"), str) and pick.random() < 0.9:
                value["payload"] = self._text(30)  # both: never a question for the assistant
            return value
        makers: list[Callable[[], Any]] = [
            lambda: None,
            lambda: pick.random() < 0.5,
            lambda: pick.choice([0, -1, 10**30, 1e308, float("nan"), float("inf")]),
            lambda: self._text(60),
            lambda: self._text(60),
            lambda: "/" + pick.choice(["restart", "session_start", "demand", "back"]),
            lambda: pick.choice(["", " ", "\x00", "\ud800", "a" * 1001, "\U0001f916" * 2000]),
        ]
        if depth > 0:
            makers.append(lambda: [self._value(depth - 1) for _ in range(pick.randrange(4))])
            makers.append(lambda: {self._text(9): self._value(depth - 1)})
        return pick.choice(makers)()

    def _text(self, length: int) -> str:
        letters = self._random.choices(_CHARACTERS, k=self._random.randrange(1, length))
        return _MARK + "".join(char for char in letters if char not in "\r\n\x0b\x0c")


def _is_question(request: _Request) -> bool:
    """Whether a generated request is by chance one that the assistant would answer."""
    try:
        value = json.loads(request.body or b"")
    except (ValueError, RecursionError):
        return False
    return isinstance(value, dict) and isinstance(value.get("text"), str) and "payload" not in value


def _send(base: str, seed: int, tokens: list[str], count: int) -> Counter[int]:
    """Sends generated requests over one connection, and counts the statuses."""
    generator, statuses = _Generator(seed, tokens), Counter[int]()
    connection = http.client.HTTPConnection(urlsplit(base).netloc, timeout=_SECONDS)
    while statuses.total() < count:
        request = generator.request()
        deletes = request.method == "DELETE" and request.path.endswith("session")
        if _is_question(request) or deletes:
            continue
        connection.putrequest(request.method, request.path, skip_accept_encoding=True)
        for name, value in request.headers.items():
            connection.putheader(name, value.encode("utf-8"))
        if request.body is not None:
            connection.putheader("Content-Length", str(len(request.body)))
        try:
            connection.endheaders(request.body)
            response = connection.getresponse()
            response.read()
        except (ConnectionError, http.client.RemoteDisconnected):
            connection.close()  # the server may hang up on what it does not want to read
            statuses[0] += 1
            continue
        statuses[response.status] += 1
        if response.status >= 500:
            raise AssertionError((response.status, request))
    connection.close()
    return statuses


def test_ten_thousand_bad_requests_do_no_harm(server: Server, visitor: Visitor) -> None:
    other = Visitor(server.base).begin()
    before = server.log.read_text(encoding="utf-8")
    tokens, share = [visitor.token, other.token], _REQUESTS // _WORKERS
    with ThreadPoolExecutor(_WORKERS) as pool:
        sent = [pool.submit(_send, server.base, seed, tokens, share) for seed in range(_WORKERS)]
        statuses = sum((each.result() for each in sent), Counter[int]())
    assert statuses.total() == _REQUESTS
    assert statuses[0] < _REQUESTS * 0.01, statuses
    assert {400, 401, 403, 404, 405, 413, 415, 422} <= set(statuses), statuses
    logged = server.log.read_text(encoding="utf-8").removeprefix(before)
    assert "Traceback" not in logged
    assert "ERROR" not in logged
    assert _MARK not in logged
    assert visitor.history == other.history == []
    (reply,) = visitor.say("what skills does an ML engineer need?")
    assert tells(reply, "skills", "ml_engineer")
