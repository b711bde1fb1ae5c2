"""Locks that take one message of a conversation after the other, first come, first served.

Rasa's own locks are tickets that each waiting message looks at once a second
(rasa/core/lock_store.py, `LockStore.lock`), so that the third message of somebody in a hurry waits
more than a second; these pass the turn on at once.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass, field

import redis.asyncio
from rasa.core.lock_store import LockError, LockStore
from rasa.utils.endpoints import EndpointConfig
from redis.asyncio.lock import Lock
from redis.exceptions import RedisError

from server.turn_log import conversation_hash

logger = logging.getLogger(__name__)

_REDIS_SECONDS = 0.3
# How long the lock of a server that died stays, and how often a living one renews it.
_LIFETIME_SECONDS = 2.0
_RENEWAL_SECONDS = 0.6
_POLL_SECONDS = 0.05
_WAIT_SECONDS = 4.0
# How long to do without Redis after it has failed, so that not each turn waits for it.
_PAUSE_SECONDS = 2.0


@dataclass
class _Queue:
    lock: asyncio.Lock = field(default_factory=asyncio.Lock)
    users: int = 0


class LocalLocks(LockStore):
    """Locks within this process, for a single server.

    Args:
        endpoint_config: the entry `lock_store` of endpoints.yml; this class takes no options.
    """

    def __init__(self, endpoint_config: EndpointConfig | None = None) -> None:
        super().__init__()
        self._queues: dict[str, _Queue] = {}

    @contextlib.asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0
    ) -> AsyncIterator[None]:
        """Waits for its turn, holds it while the block runs, and passes it on.

        Args:
            conversation_id: whose messages are taken one by one.
            lock_lifetime: not needed; a turn that takes too long is ended by `server.agent`.
            wait_time_in_seconds: not needed; nothing is polled.
        """
        queue = self._queues.setdefault(conversation_id, _Queue())
        queue.users += 1
        try:
            async with queue.lock:
                yield
        finally:
            queue.users -= 1
            if not queue.users:
                del self._queues[conversation_id]


class RedisLocks(LocalLocks):
    """Locks that several servers share through Redis.

    The load balancer keeps a conversation on one server, so they matter only while it moves to
    another one. Without Redis the servers go on with their local locks: the tracker store loses
    nothing even if two of them write one conversation.

    Args:
        endpoint_config: the entry `lock_store` of endpoints.yml; its `url` is the address of Redis,
            such as redis://:password@host:6379/1.
    """

    def __init__(self, endpoint_config: EndpointConfig) -> None:
        super().__init__()
        self._redis = redis.asyncio.Redis.from_url(
            endpoint_config.url,
            socket_timeout=_REDIS_SECONDS,
            socket_connect_timeout=_REDIS_SECONDS,
        )
        self._resume_at = 0.0

    @contextlib.asynccontextmanager
    async def lock(
        self, conversation_id: str, lock_lifetime: float = 0, wait_time_in_seconds: float = 0
    ) -> AsyncIterator[None]:
        """Waits for its turn among the messages of all servers.

        Raises:
            LockError: if another server does not let go of the conversation.
        """
        async with super().lock(conversation_id):
            shared = await self._acquire(conversation_id)
            if shared is None:
                yield
                return
            renewal = asyncio.create_task(_renew(shared))
            try:
                yield
            finally:
                renewal.cancel()
                with contextlib.suppress(RedisError, OSError, asyncio.TimeoutError):
                    await shared.release()

    async def _acquire(self, conversation_id: str) -> Lock | None:
        if time.monotonic() < self._resume_at:
            return None
        shared = self._redis.lock(
            f"turn:{conversation_hash(conversation_id)}",
            timeout=_LIFETIME_SECONDS,
            sleep=_POLL_SECONDS,
            blocking_timeout=_WAIT_SECONDS,
        )
        try:
            acquired = await shared.acquire()
        except (RedisError, OSError, asyncio.TimeoutError) as error:
            logger.warning("going on without shared locks, as Redis fails: %s", error)
            self._resume_at = time.monotonic() + _PAUSE_SECONDS
            return None
        if not acquired:
            raise LockError("another server holds this conversation")
        return shared


async def _renew(shared: Lock) -> None:
    with contextlib.suppress(RedisError, OSError, asyncio.TimeoutError):
        while True:
            await asyncio.sleep(_RENEWAL_SECONDS)
            await shared.reacquire()
