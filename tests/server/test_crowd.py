"""The line before the work: few at a time, and nobody waits in vain."""

from __future__ import annotations

import asyncio

import pytest

from server.crowd import Crowd, Crowded


def _now() -> float:
    return asyncio.get_running_loop().time()


async def _work(crowd: Crowd, until: float, seconds: float, log: list[int]) -> None:
    async with crowd.place(until):
        log.append(len(log))
        await asyncio.sleep(seconds)
        log.pop()


def test_no_more_than_so_many_work_at_a_time() -> None:
    async def come() -> int:
        crowd, log, most = Crowd(at_once=3), list[int](), 0

        async def look() -> None:
            nonlocal most
            while True:
                most = max(most, len(log))
                await asyncio.sleep(0.001)

        looking = asyncio.create_task(look())
        await asyncio.gather(*(_work(crowd, _now() + 60, 0.01, log) for _ in range(12)))
        looking.cancel()
        return most

    assert asyncio.run(come()) == 3


def test_who_would_wait_for_too_long_is_sent_away_at_once() -> None:
    async def come() -> tuple[list[str], bool]:
        crowd, log = Crowd(at_once=1), list[int]()
        for _ in range(60):  # it learns what a turn takes
            await _work(crowd, _now() + 60, 0.02, log)
        hold = asyncio.Event()
        ended: list[str] = []

        async def wait() -> None:
            async with crowd.place(_now() + 60):
                await hold.wait()

        working = asyncio.create_task(wait())
        queue = [asyncio.create_task(_work(crowd, _now() + 60, 0, log)) for _ in range(500)]
        await asyncio.sleep(0)
        try:
            crowd.ask(_now() + 1)  # about 500 times 20 ms are before it
        except Crowded:
            ended.append("sent away")
        waited = any(task.done() for task in queue)
        hold.set()
        await asyncio.gather(working, *queue)
        return ended, waited

    assert asyncio.run(come()) == (["sent away"], False)


def test_one_for_whom_the_line_was_longer_than_it_looked_is_told_in_time() -> None:
    async def come() -> None:
        crowd, hold = Crowd(at_once=1), asyncio.Event()

        async def wait() -> None:
            async with crowd.place(_now() + 60):
                await hold.wait()

        working = asyncio.create_task(wait())
        await asyncio.sleep(0)
        with pytest.raises(Crowded):
            await _work(crowd, _now() + 1.0, 0, [])
        hold.set()
        await working
        await _work(crowd, _now() + 60, 0, [])  # nobody has kept the place

    asyncio.run(come())


def test_after_slow_turns_it_takes_the_next_one_when_nobody_waits() -> None:
    async def come() -> None:
        crowd = Crowd(at_once=2)
        crowd._seconds = 30.0  # as after a time in which everything hung
        await _work(crowd, _now() + 1, 0, [])

    asyncio.run(come())
