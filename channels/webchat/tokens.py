"""Session tokens: each opens one conversation, and nobody can make one without the secret."""

from __future__ import annotations

import base64
import hashlib
import hmac
import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

MIN_SECRET_CHARACTERS = 32
_ID_BYTES = 24
_PURPOSE = b"webchat session 1\0"


class Tokens:
    """Issues and reads tokens of the form `<id>.<signature>`.

    Args:
        secret: at least 32 characters; whoever knows it can make tokens.

    Raises:
        ValueError: if the secret is shorter.
    """

    def __init__(self, secret: str) -> None:
        if len(secret) < MIN_SECRET_CHARACTERS:
            raise ValueError(f"the secret must have {MIN_SECRET_CHARACTERS} characters or more")
        self._key = secret.encode()

    def issue(self) -> str:
        """A new token; its id is drawn from 192 random bits."""
        identity = _text(secrets.token_bytes(_ID_BYTES))
        return f"{identity}.{self._sign(identity)}"

    def sender(self, token: str) -> str | None:
        """Rasa's sender id of a token's conversation; None if the token was not issued here."""
        identity, _, signature = token.partition(".")
        if not hmac.compare_digest(
            signature.encode(errors="replace"), self._sign(identity).encode()
        ):
            return None
        return f"web-{identity}"

    def _sign(self, identity: str) -> str:
        message = _PURPOSE + identity.encode(errors="replace")
        return _text(hmac.new(self._key, message, hashlib.sha256).digest())


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
