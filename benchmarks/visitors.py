"""Visitors of the web chat, many at once, each from an address of their own."""

from __future__ import annotations

import asyncio
import itertools
import time
import uuid
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import aiohttp

_PREFIX = "/webhooks/webchat"
_SECONDS = 30
_PAUSE_SECONDS = 0.5
_TRIES = 60
# Loopback has many addresses, so that nobody is taken for somebody who asks too often.
_ADDRESSES = (f"127.{n >> 16 & 127 | 1}.{n >> 8 & 255}.{n & 255 or 1}" for n in itertools.count(2))


@dataclass
class Visitor:
    """Somebody who asks one question after the other, each until it is answered.

    Attributes:
        base: address of the assistant.
        questions: what is asked, in order.
        answers: the replies' texts, one for each question, joined by newlines.
        ids: of the messages that were answered.
        milliseconds: from sending a message that was answered to its answer.
        slowest: seconds that the slowest of all requests took, whatever came of it.
        troubles: what came instead of an answer, with how often.
    """

    base: str
    questions: Sequence[str]
    answers: list[str] = field(default_factory=list)
    ids: list[str] = field(default_factory=list)
    milliseconds: list[float] = field(default_factory=list)
    slowest: float = 0.0
    troubles: Counter[str] = field(default_factory=Counter)
    history: list[dict[str, Any]] = field(default_factory=list)

    async def talk(self) -> None:
        """Has the whole conversation.

        Raises:
            RuntimeError: if a question is not answered however often it is asked.
        """
        connector = aiohttp.TCPConnector(local_addr=(next(_ADDRESSES), 0))
        timeout = aiohttp.ClientTimeout(total=_SECONDS)
        async with aiohttp.ClientSession(connector=connector, timeout=timeout) as session:
            self._session = session
            self._headers: dict[str, str] = {}
            token = (await self._until_done("POST", "session", None))["token"]
            self._headers = {"Authorization": f"Bearer {token}"}
            for question in self.questions:
                await self._ask(question)
            self.history = (await self._until_done("GET", "messages", None))["messages"]

    async def _ask(self, question: str) -> None:
        for _ in range(_TRIES):
            message = {"id": str(uuid.uuid4()), "text": question}
            started = time.perf_counter()
            replies = (await self._until_done("POST", "messages", message))["replies"]
            if any(reply["kind"] == "apology" for reply in replies):
                self.troubles["apology"] += 1
                await asyncio.sleep(_PAUSE_SECONDS)
                continue
            self.milliseconds.append(1000 * (time.perf_counter() - started))
            self.answers.append("\n".join(reply["text"] for reply in replies))
            self.ids.append(message["id"])
            return
        raise RuntimeError(f"no answer to {question!r}: {dict(self.troubles)}")

    async def _until_done(self, method: str, path: str, body: Any) -> dict[str, Any]:
        """Sends a request, the same one again if that fails, as the chat in a page does."""
        for _ in range(_TRIES):
            started = time.perf_counter()
            try:
                async with self._session.request(
                    method, f"{self.base}{_PREFIX}/{path}", json=body, headers=self._headers
                ) as response:
                    value: dict[str, Any] = await response.json(content_type=None)
                if response.status < 300:
                    return value
                # 503 with a sentence is how the server apologises when it cannot keep anything.
                self.troubles[f"{response.status} {value.get('error', '')}".strip()] += 1
            except (aiohttp.ClientError, asyncio.TimeoutError, ValueError) as error:
                self.troubles[type(error).__name__] += 1
            finally:
                self.slowest = max(self.slowest, time.perf_counter() - started)
            await asyncio.sleep(_PAUSE_SECONDS)
        raise RuntimeError(f"{method} {path} never succeeded: {dict(self.troubles)}")


def faults(visitor: Visitor, expected: Sequence[str]) -> list[str]:
    """What is wrong with a conversation that has ended, in the visitor's eyes and the server's.

    Args:
        visitor: has talked.
        expected: the answers that belong to the questions.
    """
    found = []
    if visitor.answers != list(expected):
        found.append("an answer that belongs to another question or conversation")
    asked = Counter(each["id"] for each in visitor.history if each["from"] == "visitor")
    if any(count > 1 for count in asked.values()):
        found.append("a message is kept twice")
    if any(message_id not in asked for message_id in visitor.ids):
        found.append("an answered message is lost")
    kept = [each["id"] for each in visitor.history if each["from"] == "visitor"]
    if [message_id for message_id in kept if message_id in set(visitor.ids)] != visitor.ids:
        found.append("messages are kept in another order")
    if _answers_kept(visitor) != visitor.answers:
        found.append("other answers are kept than were given")
    return found


def _answers_kept(visitor: Visitor) -> list[str]:
    texts: dict[str, list[str]] = {}
    current = ""
    for each in visitor.history:
        if each["from"] == "visitor":
            current = each["id"]
        else:
            texts.setdefault(current, []).append(each["text"])
    return ["\n".join(texts.get(message_id, [])) for message_id in visitor.ids]


async def all_talk(visitors: Sequence[Visitor], at_once: int) -> float:
    """Lets all visitors talk, so many at a time; returns the seconds that it took."""
    gate = asyncio.Semaphore(at_once)

    async def talk(visitor: Visitor) -> None:
        async with gate:
            await visitor.talk()

    started = time.perf_counter()
    await asyncio.gather(*map(talk, visitors))
    return time.perf_counter() - started
