"""A visitor of the web chat, as its widget speaks to the server."""

from __future__ import annotations

import http.client
import itertools
import json
import uuid
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

PREFIX = "/webhooks/webchat"
_SECONDS = 30
_ADDRESSES = (f"10.{n >> 16 & 255}.{n >> 8 & 255}.{n & 255}" for n in itertools.count(1))


@dataclass(frozen=True)
class Answer:
    """What a server answered."""

    status: int
    headers: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        """The body, read as JSON."""
        return json.loads(self.body)

    @property
    def error(self) -> tuple[int, str]:
        """Status and code of a refusal, which has a sentence for people as well."""
        assert self.json["message"].endswith(".")
        return self.status, self.json["error"]


def call(
    base: str,
    method: str,
    path: str,
    body: bytes | None = None,
    headers: Mapping[str, str] | None = None,
    source: str = "",
) -> Answer:
    """One request; `source` is the address that it comes from, if that matters."""
    place = (source, 0) if source else None
    connection = http.client.HTTPConnection(
        urlsplit(base).netloc, timeout=_SECONDS, source_address=place
    )
    try:
        connection.request(method, path, body, dict(headers or {}))
        response = connection.getresponse()
        found = {name.lower(): value for name, value in response.getheaders()}
        return Answer(response.status, found, response.read())
    finally:
        connection.close()


def new_id() -> str:
    """An id for a message."""
    return str(uuid.uuid4())


@dataclass
class Visitor:
    """Somebody with a conversation of their own, and an address of their own behind the proxy.

    Where a real proxy stands between, `source` is the address that it sees, one of loopback's.
    """

    base: str
    address: str = field(default_factory=lambda: next(_ADDRESSES))
    token: str = ""
    source: str = ""

    def begin(self) -> Visitor:
        """Gets a token."""
        answer = self.call("POST", "session")
        assert answer.status == 201, answer
        self.token = answer.json["token"]
        return self

    def call(
        self, method: str, path: str, value: Any = None, headers: Mapping[str, str] | None = None
    ) -> Answer:
        """One request with the token, its body as JSON."""
        own = {"Authorization": f"Bearer {self.token}", "X-Forwarded-For": self.address}
        body = None if value is None else json.dumps(value).encode()
        if body is not None:
            own["Content-Type"] = "application/json"
        return call(
            self.base, method, f"{PREFIX}/{path}", body, {**own, **(headers or {})}, self.source
        )

    def post(self, message_id: str | None = None, **what: Any) -> Answer:
        """Sends a message with `text` or `payload`."""
        return self.call("POST", "messages", {"id": message_id or new_id(), **what})

    def say(self, text: str, message_id: str | None = None) -> list[dict[str, Any]]:
        """Replies to a typed text."""
        answer = self.post(message_id, text=text)
        assert answer.status == 200, answer
        replies: list[dict[str, Any]] = answer.json["replies"]
        return replies

    @property
    def history(self) -> list[dict[str, Any]]:
        """The conversation as the server has kept it."""
        answer = self.call("GET", "messages")
        assert answer.status == 200, answer
        messages: list[dict[str, Any]] = answer.json["messages"]
        return messages

    @property
    def said(self) -> list[str]:
        """The visitor's own messages in the history."""
        return [each["text"] for each in self.history if each["from"] == "visitor"]
