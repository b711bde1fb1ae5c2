"""The channel's settings, as the credentials file has them."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from limits import RateLimitItem, parse_many
from rasa.shared.exceptions import InvalidConfigException

from channels.webchat.tokens import DAYS, Tokens, kept_secret

SECRET_VARIABLE = "WEBCHAT_SECRET"  # noqa: S105  the name of a variable, not a secret
_ORIGIN = re.compile(r"https?://[a-z0-9.\-]+(:\d{1,5})?|https?://\[[0-9a-f:]+\](:\d{1,5})?")


@dataclass(frozen=True)
class Settings:
    """What can be set in the credentials file.

    Attributes:
        secret: signs tokens; without it the variable WEBCHAT_SECRET, without that `secret_file`.
            Several with commas between: the first one signs, the others are still read.
        secret_file: where a secret is made and kept if none is given.
        token_days: after so many a token is valid no more, and its holder begins anew.
        origins: sites besides this server's own that may use the channel, such as
            "https://www.example.org"; a list, or one text with commas between.
        proxies_count: how many proxies stand before this server, each adding to X-Forwarded-For;
            with 0 that header is not believed.
        session_rate: messages of one conversation, such as "20/minute;200/hour".
        address_rate: requests of one address.
        new_session_rate: conversations that one address may begin.
        rate_storage: where rates are counted: "memory://", or a Redis address that several
            servers share.
        max_characters: length of a message.
        max_body_bytes: size of a request's body.
        reply_seconds: time after which a visitor gets an apology instead of a reply.
    """

    secret: str | None = None
    secret_file: str = ".run/webchat_secret"  # noqa: S105
    token_days: float = DAYS
    origins: tuple[str, ...] = ()
    proxies_count: int = 0
    session_rate: str = "20/minute;300/hour"
    address_rate: str = "120/minute"
    new_session_rate: str = "20/minute;200/hour"
    rate_storage: str = "memory://"
    max_characters: int = 1000
    max_body_bytes: int = 16_384
    reply_seconds: float = 4.5
    rates: dict[str, list[RateLimitItem]] = field(default_factory=dict, init=False, repr=False)

    def __post_init__(self) -> None:
        for name in ("session", "address", "new_session"):
            self.rates[name] = parse_many(getattr(self, f"{name}_rate"))

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> Settings:
        """Reads and checks a channel's block of the credentials file.

        Raises:
            InvalidConfigException: names the setting that is not possible, and why.
        """
        given = dict(credentials or {})
        values: dict[str, Any] = {}
        for name, value in given.items():
            if name not in _READERS:
                raise InvalidConfigException(f"webchat: unknown setting '{name}'")
            try:
                values[name] = _READERS[name](value)
            except (TypeError, ValueError) as error:
                raise InvalidConfigException(f"webchat: {name}: {error}") from error
        try:
            return cls(**values)
        except ValueError as error:
            raise InvalidConfigException(f"webchat: a rate cannot be read: {error}") from error

    def tokens(self) -> Tokens:
        """Issuer of tokens with the secret that is set, or a kept one.

        Raises:
            InvalidConfigException: if the secret is too short.
        """
        secret = self.secret
        if secret is None:
            secret = os.environ.get(SECRET_VARIABLE) or kept_secret(Path(self.secret_file))
        try:
            return Tokens(*map(str.strip, secret.split(",")), days=self.token_days)
        except ValueError as error:
            raise InvalidConfigException(f"webchat: {error}") from error


def _origins(value: Any) -> tuple[str, ...]:
    texts = value.split(",") if isinstance(value, str) else list(value or [])
    origins = tuple(str(text).strip().lower().rstrip("/") for text in texts if str(text).strip())
    for origin in origins:
        if not _ORIGIN.fullmatch(origin):
            raise ValueError(f"'{origin}' is not an origin such as https://www.example.org")
    return origins


_READERS: dict[str, Callable[[Any], Any]] = {
    "secret": str,
    "secret_file": str,
    "token_days": float,
    "origins": _origins,
    "proxies_count": int,
    "session_rate": str,
    "address_rate": str,
    "new_session_rate": str,
    "rate_storage": str,
    "max_characters": int,
    "max_body_bytes": int,
    "reply_seconds": float,
}
