"""Carries messages to Rasa: in order, each once, and never without an answer."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from http import HTTPStatus
from typing import Any, TypeVar
from weakref import WeakValueDictionary

from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.lock_store import LockError
from rasa.shared.core.constants import ACTION_LISTEN_NAME
from rasa.shared.core.events import ActionExecuted, BotUttered, Event

from channels.webchat import history, store
from channels.webchat.errors import (
    Refusal,
    bad_token,
    log_without_values,
    not_acceptable_here,
    unavailable,
)
from channels.webchat.history import GUARD, SILENT, TITLE
from channels.webchat.replies import APOLOGY, NAME, Reply, ReplyCollector, reply_from
from channels.webchat.validation import Verdict, VisitorMessage
from content.live import LiveContent

logger = logging.getLogger(__name__)

_LOCK_POLL_SECONDS = 0.1
# Payloads that the chat's menu offers in every conversation, with their titles.
_MENU = {history.START_OVER: "Start over"}
_Result = TypeVar("_Result")


class Conversations:
    """All conversations that this process serves.

    The tracker is the only record of what was asked and answered: a message that is sent again
    waits for its turn, and then finds its replies there.

    Args:
        reply_seconds: time from a message's arrival to its reply or the apology for having none.
        content: knows the words of the apology.
    """

    def __init__(self, reply_seconds: float, content: LiveContent) -> None:
        self._seconds = reply_seconds
        self._content = content
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def answer(self, agent: Agent, sender: str, message: VisitorMessage) -> list[Reply]:
        """Replies to a message; to one that was sent before, the replies it had then.

        Raises:
            Refusal: if there is no such conversation, or the payload was never offered in it.
        """
        return await _to_the_end(self._answer(agent, sender, message))

    async def judge(self, agent: Agent, sender: str, verdict: Verdict) -> None:
        """Hands feedback on an answer to the assistant, without a trace in what is shown.

        Raises:
            Refusal: if no such answer was given here, or the feedback could not be kept.
        """
        await _to_the_end(self._judge(agent, sender, verdict))

    async def delete(self, agent: Agent, sender: str) -> None:
        """Removes a conversation."""
        await _to_the_end(self._delete(agent, sender))

    async def _answer(self, agent: Agent, sender: str, message: VisitorMessage) -> list[Reply]:
        deadline = self._deadline()
        async with self._turn(agent, sender, deadline):
            if await self._containing(agent, sender, message.id):
                earlier = history.replies_to(await self._events(agent, sender), message.id)
                if earlier is not None:
                    return earlier or [self._apology()]
            offers = (
                await self._containing(agent, sender, message.payload) if message.payload else []
            )
            text, metadata = _for_rasa(message, offers)
            return await self._process(agent, sender, message.id, text, metadata, deadline)

    async def _judge(self, agent: Agent, sender: str, verdict: Verdict) -> None:
        deadline = self._deadline()
        async with self._turn(agent, sender, deadline):
            events = await self._containing(agent, sender, verdict.answer)
            if not history.has_answer(events, verdict.answer):
                message = "No such answer was given in this conversation."
                raise not_acceptable_here("unknown_answer", message)
            intent = "feedback_good" if verdict.helpful else "feedback_bad"
            payload = f"/{intent}{json.dumps({'answer': verdict.answer})}"
            collector = ReplyCollector()
            asked = _user_message(payload, sender, collector, metadata={SILENT: True})
            await self._run(agent, asked, deadline)
            if not any(reply["kind"] != APOLOGY for reply in collector.replies):
                raise unavailable("The feedback could not be kept. Please try again in a moment.")

    async def _delete(self, agent: Agent, sender: str) -> None:
        async with self._turn(agent, sender, self._deadline()):
            await store.delete(agent, sender)

    async def _process(
        self,
        agent: Agent,
        sender: str,
        message_id: str,
        text: str,
        metadata: dict[str, Any] | None,
        deadline: float,
    ) -> list[Reply]:
        collector = ReplyCollector()
        asked = _user_message(text, sender, collector, message_id, metadata)
        finished = await self._run(agent, asked, deadline)
        if finished and collector.replies:
            return collector.replies
        apology = self._apology()
        uttered = BotUttered(apology["text"], metadata={"kind": APOLOGY})
        if finished:  # an action failed, and Rasa went on without a word
            tracker = await agent.processor.get_tracker(sender)
            tracker.update(uttered)
        else:  # nothing of this turn was kept: keep that it was asked, and that it went wrong
            asked.parse_data = {"intent": {"name": None, "confidence": 0.0}, "entities": []}
            tracker = await agent.processor.log_message(asked, should_save_tracker=False)
            tracker.update(uttered)
            tracker.update(ActionExecuted(ACTION_LISTEN_NAME))
        await agent.processor.save_tracker(tracker)
        return [apology]

    @staticmethod
    async def _run(agent: Agent, message: UserMessage, deadline: float) -> bool:
        """Whether Rasa came to an end with a message.

        Rasa saves a conversation once, when a message is done with (rasa/core/processor.py,
        `handle_message`): given up before, the message leaves nothing behind.
        """
        left = max(0.0, deadline - asyncio.get_running_loop().time())
        try:
            await asyncio.wait_for(agent.processor.handle_message(message), left)
        except asyncio.TimeoutError:
            logger.warning("no reply in time to a message of %s", message.sender_id)
            return False
        except Exception as error:
            log_without_values("a message failed", error)
            return False
        return True

    @asynccontextmanager
    async def _turn(self, agent: Agent, sender: str, deadline: float) -> AsyncIterator[None]:
        """Waits for the conversation's earlier messages, here and in other processes.

        Rasa's lock serves them in order too, but asks only once in a while whose turn it is: the
        queue in this process comes first.
        """
        queue = self._queues.setdefault(sender, asyncio.Lock())
        lock = agent.lock_store.lock(sender, wait_time_in_seconds=_LOCK_POLL_SECONDS)
        async with AsyncExitStack() as stack:

            async def enter() -> None:
                await stack.enter_async_context(queue)
                await stack.enter_async_context(lock)

            left = max(_LOCK_POLL_SECONDS, deadline - asyncio.get_running_loop().time())
            try:
                await asyncio.wait_for(enter(), left)
            except (asyncio.TimeoutError, LockError) as error:
                log_without_values("the lock was not to be had", error)
                raise unavailable(self._apology()["text"]) from None
            yield

    async def _events(self, agent: Agent, sender: str) -> list[Event]:
        return await stored_events(agent, sender, self._apology()["text"])

    async def _containing(self, agent: Agent, sender: str, text: str) -> list[Event]:
        return await stored_events(agent, sender, self._apology()["text"], text)

    def _apology(self) -> Reply:
        text = self._content.apology()
        reply = reply_from({"text": text, "kind": APOLOGY})
        assert reply is not None  # noqa: S101  the schema forbids an empty prompt
        return reply

    def _deadline(self) -> float:
        return asyncio.get_running_loop().time() + self._seconds


async def stored_events(
    agent: Agent, sender: str, apology: str, text: str | None = None
) -> list[Event]:
    """Events of a conversation: all, or only utterances that contain a text, which is cheaper.

    Raises:
        Refusal: if there is no such conversation, or the store does not answer.
    """
    try:
        if text is None:
            tracker = await store.full_tracker(agent, sender)
            events = list(tracker.events) if tracker is not None else None
        else:
            events = await store.utterances(agent, sender, text)
    except Exception as error:
        log_without_values("the tracker store failed", error)
        raise unavailable(apology) from None
    if events is None:
        raise bad_token()
    return events


def _for_rasa(message: VisitorMessage, events: list[Event]) -> tuple[str, dict[str, Any] | None]:
    """Text and metadata of a message as Rasa gets it.

    Raises:
        Refusal: for a payload that neither the menu nor a button of the conversation has.
    """
    if message.payload is not None:
        title = _MENU.get(message.payload) or history.offered_title(events, message.payload)
        if title is None:
            text = "This was not offered in this conversation."
            raise Refusal(HTTPStatus.UNPROCESSABLE_ENTITY, "not_offered", text)
        return message.payload, {TITLE: title}
    text = message.text or ""
    return (GUARD + text if text.startswith("/") else text), None


def _user_message(
    text: str,
    sender: str,
    collector: ReplyCollector,
    message_id: str | None = None,
    metadata: dict[str, Any] | None = None,
) -> UserMessage:
    return UserMessage(
        text, collector, sender, input_channel=NAME, message_id=message_id, metadata=metadata
    )


async def _to_the_end(work: Coroutine[Any, Any, _Result]) -> _Result:
    """Result of what goes on even if nobody waits for it any more.

    Sanic cancels a request whose connection is lost (sanic/server/protocols/base_protocol.py).
    """
    task = asyncio.ensure_future(work)
    task.add_done_callback(_look_at)
    return await asyncio.shield(task)


def _look_at(done: asyncio.Task[Any]) -> None:
    """Takes note of a task's error, or asyncio logs that nobody did."""
    if not done.cancelled():
        done.exception()
