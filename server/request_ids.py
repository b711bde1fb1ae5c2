"""One id for all that a visitor's request causes, in the logs of every server that it passes."""

from __future__ import annotations

import re
import uuid
from contextvars import ContextVar

#: The header that a proxy sets, and that goes on to the action server.
HEADER = "X-Request-Id"

_ID = re.compile(r"[0-9A-Za-z-]{1,64}")
_current: ContextVar[str] = ContextVar("request_id", default="")


def begin(given: str | None) -> None:
    """Takes the id that a request came with, or makes one; what is no id gets into no log."""
    _current.set(given if given and _ID.fullmatch(given) else uuid.uuid4().hex)


def current() -> str:
    """Id of the request that is being answered; nothing outside of one."""
    return _current.get()
