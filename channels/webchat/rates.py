"""How often somebody may ask."""

from __future__ import annotations

import asyncio
import hashlib
import logging
import time
from collections.abc import Iterable, Mapping
from http import HTTPStatus
from math import ceil
from typing import Any

from limits import RateLimitItem
from limits.storage import storage_from_string
from limits.strategies import FixedWindowRateLimiter

from channels.webchat.errors import Refusal

logger = logging.getLogger(__name__)

_REDIS_SECONDS = 0.3
# How long to do without the shared storage after it has failed, so that not each request waits.
_PAUSE_SECONDS = 2.0


class Rates:
    """Counts requests by kind and by who makes them.

    Args:
        rates: for each kind the limits that all hold.
        storage: "memory://", or the address of a Redis that several servers share. While that does
            not answer, each server counts for itself.
    """

    def __init__(self, rates: Mapping[str, Iterable[RateLimitItem]], storage: str) -> None:
        self._rates = rates
        self._local = _Counter("memory://")
        self._shared: _Counter | None = None
        self._resume_at = 0.0
        if storage != "memory://":
            options = {"socket_timeout": _REDIS_SECONDS, "socket_connect_timeout": _REDIS_SECONDS}
            self._shared = _Counter(storage, **options)

    async def count(self, kind: str, who: str) -> None:
        """Counts one request.

        Raises:
            Refusal: 429 with the time to wait, if it is one too many.
        """
        # Whoever looks into the storage need not find there who has been here.
        wait = await self._hit(kind, hashlib.sha256(who.encode()).hexdigest()[:32])
        if wait is not None:
            message = f"That was a lot at once. Please wait {wait} seconds."
            raise Refusal(HTTPStatus.TOO_MANY_REQUESTS, "too_many", message, retry_after=wait)

    async def _hit(self, kind: str, who: str) -> int | None:
        limits = self._rates[kind]
        if self._shared is not None and time.monotonic() >= self._resume_at:
            try:
                return await asyncio.to_thread(self._shared.hit, limits, kind, who)
            except Exception as error:  # whatever the storage's client raises
                logger.warning("rates are counted locally: %s", type(error).__name__)
                self._resume_at = time.monotonic() + _PAUSE_SECONDS
        return self._local.hit(limits, kind, who)


class _Counter:
    """Counts in one storage."""

    def __init__(self, address: str, **options: Any) -> None:
        # The limiter holds its storage by a weak reference (limits/strategies.py).
        self._storage = storage_from_string(address, **options)
        self._limiter = FixedWindowRateLimiter(self._storage)

    def hit(self, limits: Iterable[RateLimitItem], kind: str, who: str) -> int | None:
        """Seconds to wait if this is one too many by any of the limits."""
        for limit in limits:
            if not self._limiter.hit(limit, kind, who):
                reset = self._limiter.get_window_stats(limit, kind, who)[0]
                return max(1, ceil(reset - time.time()))
        return None
