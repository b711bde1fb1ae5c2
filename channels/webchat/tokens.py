"""Session tokens: each opens one conversation, and nobody can make one without the secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import tempfile
import time
from contextlib import suppress
from pathlib import Path

MIN_SECRET_CHARACTERS = 32
DAYS = 180
_ID_BYTES = 24
_TIME_BYTES = 4  # seconds, enough up to the year 2106
_PURPOSE = b"webchat session 2\0"


class Tokens:
    """Issues and reads tokens of the form `<id>.<signature>`; the id ends with when it was issued.

    Args:
        secrets_: at least 32 characters each; whoever knows one can make tokens. The first one
            signs; what an earlier one has signed is still valid, so that it can be replaced.
        days: after so many a token opens nothing any more.

    Raises:
        ValueError: if there is no secret, or one is shorter.
    """

    def __init__(self, *secrets_: str, days: float = DAYS) -> None:
        if not secrets_ or min(map(len, secrets_)) < MIN_SECRET_CHARACTERS:
            raise ValueError(f"the secret must have {MIN_SECRET_CHARACTERS} characters or more")
        self._keys = [secret.encode() for secret in secrets_]
        self._seconds = days * 86_400

    def issue(self) -> str:
        """A new token; its id is drawn from 192 random bits."""
        moment = int(time.time()).to_bytes(_TIME_BYTES, "big")
        identity = _text(secrets.token_bytes(_ID_BYTES) + moment)
        return f"{identity}.{_sign(self._keys[0], identity)}"

    def sender(self, token: str) -> str | None:
        """Rasa's sender id of a token's conversation; None if it opens none, or no more."""
        identity, _, signature = token.partition(".")
        given = signature.encode(errors="replace")
        signed = [hmac.compare_digest(given, _sign(key, identity).encode()) for key in self._keys]
        if not any(signed) or time.time() - _issued_at(identity) > self._seconds:
            return None
        return f"web-{identity}"


def _sign(key: bytes, identity: str) -> str:
    message = _PURPOSE + identity.encode(errors="replace")
    return _text(hmac.new(key, message, hashlib.sha256).digest())


def _issued_at(identity: str) -> int:
    return int.from_bytes(base64.urlsafe_b64decode(identity + "==")[-_TIME_BYTES:], "big")


def _text(data: bytes) -> str:
    return base64.urlsafe_b64encode(data).rstrip(b"=").decode()


def kept_secret(path: Path) -> str:
    """The secret in a file, made at first use; processes that start together get the same one."""
    with suppress(FileNotFoundError):
        return path.read_text(encoding="ascii").strip()
    path.parent.mkdir(parents=True, exist_ok=True)
    descriptor, draft = tempfile.mkstemp(dir=path.parent, prefix=path.name)  # mode 600
    try:
        with os.fdopen(descriptor, "w", encoding="ascii") as stream:
            stream.write(secrets.token_urlsafe(48))
        with suppress(FileExistsError):  # another process was first: its secret counts
            os.link(draft, path)
    finally:
        os.unlink(draft)
    return path.read_text(encoding="ascii").strip()
