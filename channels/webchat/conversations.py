"""Carries messages to Rasa: in order, each once, and never without an answer."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator, Coroutine
from contextlib import AsyncExitStack, asynccontextmanager
from enum import Enum, auto
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
from channels.webchat.validation import Rating, VisitorMessage
from content.live import LiveContent
from server.crowd import crowd
from server.tracker_store import Overtaken

logger = logging.getLogger(__name__)

_LOCK_POLL_SECONDS = 0.1
# Kept back for storing that there was no reply.
_STORING_SECONDS = 0.3
# Payloads that the chat's menu offers in every conversation, with their titles.
_MENU = {history.START_OVER: "Start over"}
_Result = TypeVar("_Result")


class _End(Enum):
    """How Rasa's handling of a message ended."""

    DONE = auto()
    FAILED = auto()
    OVERTAKEN = auto()


class Conversations:
    """All conversations that this process serves.

    The tracker is the only record of what was asked and answered: a message that is sent again
    waits for its turn, and then finds its replies there.

    `until` is everywhere the moment of the loop's clock at which the visitor must have a word.

    Args:
        content: knows the words of the apology.
    """

    def __init__(self, content: LiveContent) -> None:
        self._content = content
        self._queues: WeakValueDictionary[str, asyncio.Lock] = WeakValueDictionary()

    async def answer(
        self, agent: Agent, sender: str, message: VisitorMessage, until: float
    ) -> list[Reply]:
        """Replies to a message; to one that was sent before, the replies it had then.

        Raises:
            Refusal: if there is no such conversation, or the payload was never offered in it.
        """
        return await _to_the_end(self._answer(agent, sender, message, until))

    async def judge(self, agent: Agent, sender: str, rating: Rating, until: float) -> None:
        """Hands feedback on an answer to the assistant, without a trace in what is shown.

        Raises:
            Refusal: if no such answer was given here, or the feedback could not be kept.
        """
        await _to_the_end(self._judge(agent, sender, rating, until))

    async def delete(self, agent: Agent, sender: str, until: float) -> None:
        """Removes a conversation."""
        await _to_the_end(self._delete(agent, sender, until))

    async def _answer(
        self, agent: Agent, sender: str, message: VisitorMessage, until: float
    ) -> list[Reply]:
        async with self._turn(agent, sender, until):
            earlier = await self._earlier(agent, sender, message.id)
            if earlier is not None:
                return earlier
            offers = (
                await self._containing(agent, sender, message.payload) if message.payload else []
            )
            text, metadata = _for_rasa(message, offers)
            return await self._process(agent, sender, message.id, text, metadata, until)

    async def _earlier(self, agent: Agent, sender: str, message_id: str) -> list[Reply] | None:
        """The replies that a message got before; None if it is new."""
        if not await self._containing(agent, sender, message_id):
            return None
        replies = history.replies_to(await self._events(agent, sender), message_id)
        return replies if replies is None else replies or [self._apology()]

    async def _judge(self, agent: Agent, sender: str, rating: Rating, until: float) -> None:
        async with self._turn(agent, sender, until):
            events = await self._containing(agent, sender, rating.answer)
            if not history.has_answer(events, rating.answer):
                message = "No such answer was given in this conversation."
                raise not_acceptable_here("unknown_answer", message)
            intent = "feedback_good" if rating.helpful else "feedback_bad"
            payload = f"/{intent}{json.dumps({'answer': rating.answer})}"
            collector = ReplyCollector()
            asked = _user_message(payload, sender, collector, metadata={SILENT: True})
            await self._run(agent, asked, until)
            if not any(reply["kind"] != APOLOGY for reply in collector.replies):
                raise unavailable("The feedback could not be kept. Please try again in a moment.")

    async def _delete(self, agent: Agent, sender: str, until: float) -> None:
        async with self._turn(agent, sender, until):
            await store.delete(agent, sender)

    async def _process(
        self,
        agent: Agent,
        sender: str,
        message_id: str,
        text: str,
        metadata: dict[str, Any] | None,
        until: float,
    ) -> list[Reply]:
        collector = ReplyCollector()
        asked = _user_message(text, sender, collector, message_id, metadata)
        end = await self._run(agent, asked, until)
        if end is _End.DONE and collector.replies:
            return collector.replies
        if end is not _End.DONE:
            # It may have been stored after all, here or by a server that was asked when this one
            # did not answer.
            earlier = await self._earlier(agent, sender, message_id)
            if earlier is not None:
                return earlier
        if end is _End.OVERTAKEN:
            raise unavailable(self._apology()["text"])
        apology = self._apology()
        uttered = BotUttered(apology["text"], metadata={"kind": APOLOGY})
        if end is _End.DONE:  # an action failed, and Rasa went on without a word
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
    async def _run(agent: Agent, message: UserMessage, until: float) -> _End:
        """Has Rasa handle a message.

        Rasa saves a conversation once, when a message is done with (rasa/core/processor.py,
        `handle_message`): given up before, the message leaves nothing behind.
        """
        left = max(0.0, until - _STORING_SECONDS - asyncio.get_running_loop().time())
        try:
            await asyncio.wait_for(agent.processor.handle_message(message), left)
        except asyncio.TimeoutError:
            logger.warning("no reply in time to a message")
            return _End.FAILED
        except Overtaken:
            logger.warning("another server has answered in this conversation meanwhile")
            return _End.OVERTAKEN
        except Exception as error:
            log_without_values("a message failed", error)
            return _End.FAILED
        return _End.DONE

    @asynccontextmanager
    async def _turn(self, agent: Agent, sender: str, until: float) -> AsyncIterator[None]:
        """Waits for the conversation's earlier messages, here and in other processes.

        Rasa's lock serves them in order too, but asks only once in a while whose turn it is: the
        queue in this process comes first. Those of other visitors come last, so that nobody who
        waits for himself stands in their way.
        """
        crowd().ask(until)
        queue = self._queues.setdefault(sender, asyncio.Lock())
        lock = agent.lock_store.lock(sender, wait_time_in_seconds=_LOCK_POLL_SECONDS)
        async with AsyncExitStack() as stack:

            async def enter() -> None:
                await stack.enter_async_context(queue)
                await stack.enter_async_context(lock)
                await stack.enter_async_context(crowd().place(until))

            left = max(_LOCK_POLL_SECONDS, until - asyncio.get_running_loop().time())
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
    task.add_done_callback(look_at)
    return await asyncio.shield(task)


def look_at(done: asyncio.Task[Any]) -> None:
    """Takes note of a task's error, or asyncio logs that nobody did."""
    if not done.cancelled():
        done.exception()
