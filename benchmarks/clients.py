"""Clients of Rasa's REST channel, several at once, each of whom waits for the answer."""

from __future__ import annotations

import asyncio
import time
import uuid
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

import aiohttp

_TURN_SECONDS = 30


@dataclass(frozen=True)
class Conversation:
    """What one sender asks, in order."""

    texts: Sequence[str]
    sender: str = field(default_factory=lambda: uuid.uuid4().hex)


@dataclass(frozen=True)
class Load:
    """What became of some conversations.

    Attributes:
        times: milliseconds of each answered turn, from question to answer, in order of answers.
        seconds: that all of it took.
        unanswered: turns that ended in silence, an error or an apology.
    """

    times: tuple[float, ...]
    seconds: float
    unanswered: int = 0


class Clients:
    """Asks at one address.

    Args:
        address: of a Rasa server.
        apology: a reply that is no answer.
    """

    def __init__(self, address: str, apology: str) -> None:
        self._url = f"{address}/webhooks/rest/webhook"
        self._apology = apology

    def talk(self, conversations: Iterable[Conversation], clients: int, limit: float) -> Load:
        """Has conversations, one of each client at a time.

        Args:
            conversations: shared among the clients.
            clients: how many ask at once.
            limit: seconds after which no further question is asked.
        """
        return asyncio.run(self._talk(iter(conversations), clients, limit))

    async def _talk(self, waiting: Iterator[Conversation], clients: int, limit: float) -> Load:
        times: list[float] = []
        unanswered = 0
        started = time.perf_counter()

        async def client(session: aiohttp.ClientSession) -> None:
            nonlocal unanswered
            for conversation in waiting:
                for text in conversation.texts:
                    asked = time.perf_counter()
                    if asked - started > limit:
                        return
                    if await self._is_answered(session, conversation.sender, text):
                        times.append(1000 * (time.perf_counter() - asked))
                    else:
                        unanswered += 1

        timeout = aiohttp.ClientTimeout(total=_TURN_SECONDS)
        async with aiohttp.ClientSession(timeout=timeout) as session:
            await asyncio.gather(*(client(session) for _ in range(clients)))
        return Load(tuple(times), time.perf_counter() - started, unanswered)

    async def _is_answered(self, session: aiohttp.ClientSession, sender: str, text: str) -> bool:
        try:
            async with session.post(
                self._url, json={"sender": sender, "message": text}
            ) as response:
                replies = await response.json()
        except (aiohttp.ClientError, asyncio.TimeoutError, ValueError):
            return False
        if response.status != 200 or not replies:
            return False
        return not any(reply.get("text") == self._apology for reply in replies)
