"""What the web chat answers instead of a reply: a status, a code for programs, a plain sentence."""

from __future__ import annotations

import logging
import traceback
from http import HTTPStatus

logger = logging.getLogger(__name__)


class Refusal(Exception):
    """A request that is not carried out.

    Args:
        status: HTTP status.
        code: short name, part of the contract with clients.
        message: one sentence for people.
        retry_after: seconds after which the same request may succeed.
        allow: methods that the address does have.
    """

    def __init__(
        self,
        status: HTTPStatus,
        code: str,
        message: str,
        retry_after: int | None = None,
        allow: str | None = None,
    ) -> None:
        super().__init__(code)
        self.status = status
        self.code = code
        self.message = message
        self.retry_after = retry_after
        self.allow = allow

    @property
    def headers(self) -> dict[str, str]:
        """Headers that belong to this refusal."""
        headers = {}
        if self.retry_after is not None:
            headers["Retry-After"] = str(self.retry_after)
        if self.allow is not None:
            headers["Allow"] = self.allow
        return headers


def bad_request(code: str, message: str) -> Refusal:
    """The body cannot be read as what it should be."""
    return Refusal(HTTPStatus.BAD_REQUEST, code, message)


def not_acceptable_here(code: str, message: str) -> Refusal:
    """The body is well formed, and what it asks for is not possible."""
    return Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, code, message)


def bad_token() -> Refusal:
    """No conversation belongs to the token, or none any more."""
    message = "This conversation is not known or has been deleted. Start a new one."
    return Refusal(HTTPStatus.UNAUTHORIZED, "bad_token", message)


def unavailable(message: str) -> Refusal:
    """Something that this server depends on does not answer, or more ask than it can answer."""
    return Refusal(HTTPStatus.SERVICE_UNAVAILABLE, "unavailable", message, retry_after=2)


def log_without_values(what: str, error: BaseException) -> None:
    """Logs where an error came from, and not its message, which may quote a visitor."""
    where = "".join(traceback.format_tb(error.__traceback__))
    logger.error("%s: %s\n%s", what, type(error).__name__, where)
