"""From a request's body to what it asks for; everything else is refused."""

from __future__ import annotations

import json
import re
import unicodedata
from dataclasses import dataclass
from http import HTTPStatus
from typing import Any

from sanic.request import Request

from channels.webchat.errors import Refusal, bad_request, not_acceptable_here

_ID = re.compile(r"[0-9A-Za-z_-]{8,64}")
_MAX_PAYLOAD = 1000
_MAX_HANDLE = 200
_KEPT_CONTROLS = "\n\t"


@dataclass(frozen=True)
class VisitorMessage:
    """What a visitor typed (`text`) or pressed (`payload`); exactly one of the two is set."""

    id: str
    text: str | None = None
    payload: str | None = None


@dataclass(frozen=True)
class Rating:
    """What a visitor says of an answer."""

    answer: str
    helpful: bool


def read_json(request: Request, body: bytes) -> dict[str, Any]:
    """The body as a JSON object.

    Raises:
        Refusal: if it is anything else.
    """
    kind = (request.headers.get("content-type") or "").partition(";")[0].strip().lower()
    if kind != "application/json":
        message = "The body must be JSON (Content-Type: application/json)."
        raise Refusal(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, "not_json", message)
    try:
        value = json.loads(body.decode("utf-8"))
    except (ValueError, RecursionError) as error:
        raise bad_request("bad_json", "The body is not valid JSON in UTF-8.") from error
    if not isinstance(value, dict):
        raise bad_request("bad_json", "The body must be a JSON object.")
    return value


def read_message(value: dict[str, Any], max_characters: int) -> VisitorMessage:
    """The message that a JSON object holds.

    Raises:
        Refusal: names what is wrong with it.
    """
    message_id = value.get("id")
    if not isinstance(message_id, str) or not _ID.fullmatch(message_id):
        raise bad_request("bad_id", "'id' must be 8 to 64 letters, digits, '-' or '_'.")
    if ("text" in value) == ("payload" in value):
        raise bad_request("bad_message", "The message must have either 'text' or 'payload'.")
    if "payload" in value:
        return VisitorMessage(message_id, payload=_text(value, "payload", _MAX_PAYLOAD))
    if not isinstance(value["text"], str):
        raise bad_request("bad_text", "'text' must be a text.")
    text = clean(value["text"])
    if not text:
        raise not_acceptable_here("no_text", "The message is empty.")
    if len(text) > max_characters:
        message = f"The message is longer than {max_characters:,} characters."
        raise not_acceptable_here("too_long", message)
    return VisitorMessage(message_id, text=text)


def read_rating(value: dict[str, Any]) -> Rating:
    """The feedback that a JSON object holds.

    Raises:
        Refusal: names what is wrong with it.
    """
    if not isinstance(value.get("helpful"), bool):
        raise bad_request("bad_feedback", "'helpful' must be true or false.")
    return Rating(_text(value, "answer", _MAX_HANDLE), value["helpful"])


def clean(text: str) -> str:
    """The text without control characters, lone surrogates and space around it."""
    kept = (
        char
        for char in text.replace("\r\n", "\n").replace("\r", "\n")
        if char in _KEPT_CONTROLS or unicodedata.category(char) not in ("Cc", "Cs")
    )
    return "".join(kept).strip()


def _text(value: dict[str, Any], key: str, max_characters: int) -> str:
    text = value.get(key)
    if not isinstance(text, str) or not 0 < len(text) <= max_characters:
        raise bad_request(
            f"bad_{key}", f"'{key}' must be a text of 1 to {max_characters} characters."
        )
    return text
