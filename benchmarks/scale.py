"""Two servers against one, and what visitors notice when parts of the whole die, hang or change.

Runs nginx, two Rasa servers, two action servers, PostgreSQL and Redis on loopback, with the
configuration of production. All of it and the visitors share this machine's cores.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from benchmarks.hanging import hanging
from benchmarks.model import spread
from benchmarks.services import MissingProgram
from benchmarks.topology import Node, Topology, running
from benchmarks.visitors import Visitor, all_talk, faults
from tools.console import CommandError, guarded, table
from tools.train import train_if_changed

# Two roles, told apart by every answer; all but the first question lean on what came before.
_ROLES = ("an ML engineer", "an AI engineer")
_ASKED = (
    "what skills does {role} need?",
    "and their tools?",
    "which backgrounds do they come from?",
    "who do they work with?",
    "can you give me an example project?",
    "where does that come from?",
    "what skills does {role} need?",
    "and the deployment?",
    "can you make it shorter?",
    "what background do they have?",
)


_DOWN_SECONDS = 3
# Longer than a request may take, so that each is seen through.
_HANGING_SECONDS = 6
#: What visitors are promised.
PROMISED_SECONDS = 5.0

Step = Callable[[], None]


@dataclass(frozen=True)
class Size:
    """How much is done; without `rolls`, no server is replaced."""

    conversations: int
    at_once: int
    turns: int
    load_conversations: int
    rolls: bool


_FULL = Size(conversations=300, at_once=20, turns=10, load_conversations=100, rolls=True)
_SHORT = Size(conversations=60, at_once=12, turns=6, load_conversations=0, rolls=False)


def _questions(number: int, turns: int) -> list[str]:
    return [text.format(role=_ROLES[number % 2]) for text in _ASKED[:turns]]


def talkers(address: str, count: int, turns: int) -> list[Visitor]:
    """Visitors who ask about the two roles, in turn."""
    return [Visitor(address, _questions(number, turns)) for number in range(count)]


async def _expected(address: str, turns: int) -> list[list[str]]:
    """The answers to either list of questions, asked in peace."""
    calm = talkers(address, len(_ROLES), turns)
    await all_talk(calm, 1)
    first, second = (visitor.answers for visitor in calm)
    same = sum(one == other for one, other in zip(first, second, strict=True))
    if same > turns // 3:
        raise CommandError("the answers do not tell the conversations apart")
    return [first, second]


def _hang(process_id: int) -> Step:
    """Lets a process hang for a while, and then go on where it was."""

    def step() -> None:
        with hanging(process_id):
            time.sleep(_HANGING_SECONDS)

    return step


def _roll(node: Node) -> Step:
    """Replaces a server as for a new model: ended in peace, and ready before the next one is."""

    def step() -> None:
        node.stop()
        node.start()
        node.wait()

    return step


def _steps(whole: Topology, rolls: bool) -> Iterator[tuple[float, str, Step]]:
    """What happens when which share of all questions is answered."""
    bots, actions, database, cache = whole.bots, whole.actions, whole.database, whole.redis
    yield 0.05, "bot server 2 hangs", _hang(bots[1].process.pid)
    yield 0.12, "bot server 1 killed", bots[0].kill
    yield 0.20, "PostgreSQL stopped", database.stop
    yield 0.20, "", lambda: time.sleep(_DOWN_SECONDS)
    yield 0.20, "PostgreSQL started", database.start
    yield 0.25, "bot server 1 started", _started(bots[0])
    yield 0.30, "action server 2 hangs", _hang(actions[1].process.pid)
    yield 0.37, "action server 1 killed", actions[0].kill
    yield 0.45, "action server 1 started", _started(actions[0])
    yield 0.50, "PostgreSQL hangs", _hang(database.process_id)
    if cache.process is not None:
        yield 0.60, "Redis hangs", _hang(cache.process.pid)
    yield 0.66, "Redis stopped", cache.stop
    yield 0.72, "Redis started", cache.start
    if rolls:
        yield 0.76, "bot server 1 replaced", _roll(bots[0])
        yield 0.76, "bot server 2 replaced", _roll(bots[1])


def _started(node: Node) -> Step:
    def step() -> None:
        node.start()
        node.wait()

    return step


async def _disturb(
    whole: Topology, visitors: Sequence[Visitor], rolls: bool, log: list[str]
) -> None:
    """Hurts parts, one after the other."""
    total = sum(len(visitor.questions) for visitor in visitors)
    started = time.monotonic()
    for share, name, step in _steps(whole, rolls):
        while sum(len(visitor.answers) for visitor in visitors) < share * total:
            await asyncio.sleep(0.02)
        await asyncio.to_thread(step)
        if name:
            log.append(f"{time.monotonic() - started:5.1f} s  {name}")


async def _endure(whole: Topology, size: Size) -> list[str]:
    """Has many conversations meanwhile; returns what is wrong in the end."""
    expected = await _expected(whole.address, size.turns)
    visitors = talkers(whole.address, size.conversations, size.turns)
    log: list[str] = []
    disturbing = asyncio.create_task(_disturb(whole, visitors, size.rolls, log))
    seconds = await all_talk(visitors, size.at_once)
    await disturbing
    found = [
        f"conversation {number}: {fault}"
        for number, visitor in enumerate(visitors)
        for fault in faults(visitor, expected[number % 2])
    ]
    print("\n" + "\n".join(log))
    troubles: Counter[str] = sum((visitor.troubles for visitor in visitors), Counter())
    kept = [visitor.milliseconds for visitor in visitors]
    slowest = max(visitor.slowest for visitor in visitors)
    rows: list[Sequence[Any]] = [
        ("conversations", len(visitors)),
        ("turns answered", sum(map(len, kept))),
        ("seconds", f"{seconds:.1f}"),
        ("turn, ms p50 / p95", spread([each for times in kept for each in times])),
        *((f"instead of an answer: {name}", count) for name, count in troubles.most_common()),
        ("lost, doubled or mixed up", len(found)),
        ("slowest request, s", f"{slowest:.1f}"),
    ]
    print(f"\n{table(('While parts die and hang', ''), rows)}")
    if slowest > PROMISED_SECONDS:
        found.append(f"a request took {slowest:.1f} s, where {PROMISED_SECONDS:.0f} are promised")
    return [*found, *(f"visitors met: {name}" for name in troubles if not _is_apology(name))]


def _is_apology(trouble: str) -> bool:
    return trouble in ("apology", "503 unavailable")


async def _load(whole: Topology, size: Size) -> None:
    """Measures turns a second with two servers, and with one."""
    rows = []
    for servers in (2, 1):
        if servers == 1:
            whole.bots[1].kill()
        await all_talk(talkers(whole.address, 8, 4), 8)  # connections and caches
        visitors = talkers(whole.address, size.load_conversations, size.turns)
        seconds = await all_talk(visitors, 16)
        times = [each for visitor in visitors for each in visitor.milliseconds]
        rows.append((servers, f"{len(times) / seconds:.0f}", spread(times)))
    print(f"\n{table(('Bot servers', 'turns/s', 'ms p50 / p95'), rows)}")
    print(
        f"All of it shares {os.cpu_count()} cores, visitors, nginx and databases included (load "
        f"average over 15 minutes: {os.getloadavg()[2]:.1f}): on two cores, a second server adds "
        "safety, hardly speed."
    )


def _work(size: Size) -> None:
    model = train_if_changed()
    print(
        "Starting PostgreSQL, Redis, nginx, two action servers and two bot servers ...", flush=True
    )
    try:
        with running(model) as whole:
            wrong = asyncio.run(_endure(whole, size))
            if size.load_conversations:
                asyncio.run(_load(whole, size))
    except MissingProgram as error:
        raise CommandError(str(error)) from error
    if wrong:
        raise CommandError("visitors noticed more than apologies:\n  " + "\n  ".join(wrong[:20]))
    print("\nNo turn was lost or doubled, no conversation mixed up, nobody waited for too long;")
    print("errors came as apologies.")


def main() -> int:
    """Command line: `python -m benchmarks.scale [--short]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--short", action="store_true", help="in about a minute")
    size = _SHORT if parser.parse_args().short else _FULL
    return guarded(lambda: _work(size))


if __name__ == "__main__":
    sys.exit(main())
