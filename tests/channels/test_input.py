"""Only what the contract describes is taken; the rest is refused in plain words."""

from __future__ import annotations

import http.client
import json
from typing import Any
from urllib.parse import urlsplit

import pytest

from tests.channels.conftest import MAX_BODY_BYTES
from tests.channels.visitor import PREFIX, Visitor, call, new_id

_ID = "0b8c8a4e-5b0f-4a52-8a34-0f5c5f7a4f5e"

WRONG: dict[str, tuple[Any, int, str]] = {
    "no object": ([1, 2], 400, "bad_json"),
    "a text": ("hello", 400, "bad_json"),
    "null": (None, 400, "bad_json"),
    "no id": ({"text": "hello"}, 400, "bad_id"),
    "id is a number": ({"id": 12345678, "text": "hello"}, 400, "bad_id"),
    "id is short": ({"id": "abc", "text": "hello"}, 400, "bad_id"),
    "id is long": ({"id": "a" * 65, "text": "hello"}, 400, "bad_id"),
    "id has odd signs": ({"id": "a' OR '1'='1", "text": "hello"}, 400, "bad_id"),
    "neither text nor payload": ({"id": _ID}, 400, "bad_message"),
    "text and payload": ({"id": _ID, "text": "a", "payload": "/b"}, 400, "bad_message"),
    "text is a number": ({"id": _ID, "text": 5}, 400, "bad_text"),
    "text is null": ({"id": _ID, "text": None}, 400, "bad_text"),
    "text is a list": ({"id": _ID, "text": ["hello"]}, 400, "bad_text"),
    "text is an object": ({"id": _ID, "text": {"text": "hello"}}, 400, "bad_text"),
    "payload is a number": ({"id": _ID, "payload": 5}, 400, "bad_payload"),
    "payload is empty": ({"id": _ID, "payload": ""}, 400, "bad_payload"),
    "text is empty": ({"id": _ID, "text": ""}, 422, "no_text"),
    "text is space": ({"id": _ID, "text": " \n\t "}, 422, "no_text"),
    "text is controls": ({"id": _ID, "text": "\x00\x07\x1b"}, 422, "no_text"),
    "text is surrogates": ({"id": _ID, "text": "\udfff\ud800"}, 422, "no_text"),
    "text is too long": ({"id": _ID, "text": "a" * 1001}, 422, "too_long"),
}

UNREADABLE: dict[str, tuple[bytes, str, int, str]] = {
    "no JSON": (b"{", "application/json", 400, "bad_json"),
    "empty": (b"", "application/json", 400, "bad_json"),
    "not UTF-8": (b'{"id": "\xff"}', "application/json", 400, "bad_json"),
    "UTF-16": ('{"id": "a"}'.encode("utf-16"), "application/json", 400, "bad_json"),
    "deeply nested": (b"[" * 10_000, "application/json", 400, "bad_json"),
    "a form": (b"text=hello", "application/x-www-form-urlencoded", 415, "not_json"),
    "plain text": (b'{"id": "a"}', "text/plain", 415, "not_json"),
    "no type": (b'{"id": "a"}', "", 415, "not_json"),
}


@pytest.mark.parametrize(("value", "status", "code"), WRONG.values(), ids=WRONG)
def test_a_wrong_message_is_refused(visitor: Visitor, value: Any, status: int, code: str) -> None:
    body = json.dumps(value).encode()
    headers = {"Authorization": f"Bearer {visitor.token}", "Content-Type": "application/json"}
    answer = call(visitor.base, "POST", f"{PREFIX}/messages", body, headers)
    assert answer.error == (status, code)
    assert visitor.history == []


@pytest.mark.parametrize(("body", "kind", "status", "code"), UNREADABLE.values(), ids=UNREADABLE)
def test_an_unreadable_body_is_refused(
    visitor: Visitor, body: bytes, kind: str, status: int, code: str
) -> None:
    headers = {"Authorization": f"Bearer {visitor.token}", "Content-Type": kind}
    answer = call(visitor.base, "POST", f"{PREFIX}/messages", body, headers)
    assert answer.error == (status, code)


def test_the_limit_is_told_with_the_token_and_in_the_refusal(visitor: Visitor) -> None:
    assert visitor.call("POST", "session").json["max_characters"] == 1000
    assert "1,000" in visitor.post(text="a" * 1001).json["message"]
    assert visitor.post(text="what is AI? " * 83).status == 200


def test_a_character_counts_once_however_many_bytes_it_has(visitor: Visitor) -> None:
    assert visitor.post(text="\U0001f916" * 1000).status == 200
    assert visitor.post(text="\U0001f916" * 1001).error == (422, "too_long")


def test_controls_and_lone_surrogates_are_taken_out(visitor: Visitor) -> None:
    visitor.say(
        "what\x00 skills\x1b\x07 does an ML\ud800 engineer need?\r\nplease \U0001f64f\u200d"
    )
    assert visitor.said == [
        "what skills does an ML engineer need?\nplease \U0001f64f\u200d",
    ]


@pytest.mark.parametrize("size", [MAX_BODY_BYTES + 1, 500_000, 5_000_000])
@pytest.mark.parametrize("path", ["messages", "session", "feedback", "nowhere"])
def test_a_body_that_is_too_large_is_not_taken_in(visitor: Visitor, size: int, path: str) -> None:
    try:
        answer = visitor.call("POST", path, {"id": new_id(), "text": "a" * size})
    except (BrokenPipeError, ConnectionResetError):
        assert size > 1_000_000  # the server has hung up before it was all sent
    else:
        assert answer.error == (413, "too_large")
    assert visitor.history == []


def test_a_large_body_in_pieces_is_not_taken_in(visitor: Visitor) -> None:
    connection = http.client.HTTPConnection(urlsplit(visitor.base).netloc, timeout=30)
    headers = {"Authorization": f"Bearer {visitor.token}", "Content-Type": "application/json"}
    connection.request(
        "POST", f"{PREFIX}/messages", iter([b" " * 1000] * 40), headers, encode_chunked=True
    )
    response = connection.getresponse()
    assert (response.status, json.load(response)["error"]) == (413, "too_large")
    connection.close()


@pytest.mark.parametrize(
    ("method", "path", "status", "code"),
    [
        ("GET", "nowhere", 404, "not_found"),
        ("POST", "messages/1", 404, "not_found"),
        ("POST", "%2e%2e/rest/webhook", 404, "not_found"),
        ("PUT", "messages", 405, "bad_method"),
        ("GET", "session", 405, "bad_method"),
        ("GET", "feedback", 405, "bad_method"),
        ("PATCH", "session", 405, "bad_method"),
    ],
)
def test_what_is_not_there_is_told(
    visitor: Visitor, method: str, path: str, status: int, code: str
) -> None:
    answer = visitor.call(method, path)
    assert answer.error == (status, code)
    assert (status == 405) == ("allow" in answer.headers)


def test_nothing_is_cached(visitor: Visitor) -> None:
    for method, path in (("POST", "session"), ("GET", "messages"), ("GET", "nowhere")):
        answer = visitor.call(method, path)
        assert answer.headers["cache-control"] == "no-store"
        assert answer.headers["x-content-type-options"] == "nosniff"
