"""The locks: one message of a conversation at a time, in order, also through Redis."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from rasa.core.lock_store import LockStore
from rasa.utils.endpoints import EndpointConfig

from benchmarks.services import MissingProgram, Redis, redis
from server.lock_store import LocalLocks, RedisLocks


@pytest.fixture(scope="module")
def redis_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Redis]:
    """A Redis server; tests that need one are skipped where it is not installed."""
    folder: Path = tmp_path_factory.mktemp("redis")
    try:
        with redis(folder) as server:
            yield server
    except MissingProgram as error:
        pytest.skip(str(error))


@pytest.fixture(params=["local", "redis"])
def make_locks(request: pytest.FixtureRequest) -> Callable[[], LockStore]:
    """Makes a lock store, as a server does."""
    if request.param == "local":
        return LocalLocks
    url = request.getfixturevalue("redis_server").url
    return lambda: RedisLocks(EndpointConfig(url))


async def hold(locks: LockStore, sender: str, log: list[str], name: str, seconds: float) -> None:
    """Takes a lock for a while and logs when it has it and when it lets go."""
    async with locks.lock(sender):
        log.append(f"{name} in")
        await asyncio.sleep(seconds)
        log.append(f"{name} out")


def test_messages_of_one_conversation_are_taken_in_order(
    make_locks: Callable[[], LockStore],
) -> None:
    async def talk() -> list[str]:
        locks, log = make_locks(), list[str]()
        names = [str(number) for number in range(30)]
        await asyncio.gather(*(hold(locks, "visitor", log, name, 0.001) for name in names))
        return log

    assert asyncio.run(talk()) == [f"{n} {what}" for n in range(30) for what in ("in", "out")]


def test_conversations_do_not_wait_for_each_other(make_locks: Callable[[], LockStore]) -> None:
    async def talk() -> list[str]:
        locks, log = make_locks(), list[str]()
        slow = asyncio.create_task(hold(locks, "one", log, "slow", 30))
        await asyncio.sleep(0.01)
        await hold(locks, "other", log, "quick", 0)
        slow.cancel()
        await asyncio.gather(slow, return_exceptions=True)
        return log

    assert asyncio.run(talk())[-1] == "quick out"


def test_a_turn_that_is_given_up_lets_go(make_locks: Callable[[], LockStore]) -> None:
    async def talk() -> list[str]:
        locks, log = make_locks(), list[str]()
        with pytest.raises(asyncio.TimeoutError):
            await asyncio.wait_for(hold(locks, "visitor", log, "slow", 30), 0.05)
        await hold(locks, "visitor", log, "next", 0)
        return log

    assert asyncio.run(talk()) == ["slow in", "next in", "next out"]


def test_two_servers_share_a_lock(redis_server: Redis) -> None:
    async def talk() -> list[str]:
        first, second = (RedisLocks(EndpointConfig(redis_server.url)) for _ in range(2))
        log: list[str] = []
        await asyncio.gather(
            *(hold(locks, "visitor", log, str(i), 0.01) for i, locks in enumerate([first, second]))
        )
        return log

    log = asyncio.run(talk())
    assert log in (["0 in", "0 out", "1 in", "1 out"], ["1 in", "1 out", "0 in", "0 out"])


def test_a_long_turn_keeps_its_lock(redis_server: Redis) -> None:
    async def talk() -> list[str]:
        first, second = (RedisLocks(EndpointConfig(redis_server.url)) for _ in range(2))
        log: list[str] = []
        slow = asyncio.create_task(hold(first, "visitor", log, "slow", 2.6))  # the lock lasts 2 s
        await asyncio.sleep(0.1)
        await hold(second, "visitor", log, "next", 0)
        await slow
        return log

    assert asyncio.run(talk()) == ["slow in", "slow out", "next in", "next out"]


def test_the_lock_of_a_server_that_died_does_not_stay(redis_server: Redis) -> None:
    async def talk() -> list[str]:
        dead, alive = (RedisLocks(EndpointConfig(redis_server.url)) for _ in range(2))
        assert await dead._acquire("visitor") is not None  # and it is never heard of again
        log: list[str] = []
        await hold(alive, "visitor", log, "next", 0)
        return log

    assert asyncio.run(talk()) == ["next in", "next out"]


def test_without_redis_a_server_goes_on_alone(tmp_path: Path) -> None:
    async def talk() -> list[str]:
        with redis(tmp_path) as server:
            locks = RedisLocks(EndpointConfig(server.url))
            log: list[str] = []
            await hold(locks, "visitor", log, "before", 0)
            server.stop()
            await hold(locks, "visitor", log, "without", 0)
        return log

    try:
        log = asyncio.run(talk())
    except MissingProgram as error:
        pytest.skip(str(error))
    assert log == ["before in", "before out", "without in", "without out"]
