"""Rasa's agent, which here loses no conversation in silence and leaves nobody without a word."""

from __future__ import annotations

import asyncio
import logging
import time
from typing import Any

from rasa.core import agent as rasa_agent
from rasa.core.agent import Agent
from rasa.core.channels.channel import UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import TrackerStore
from rasa.shared.core.constants import (
    USER_INTENT_BACK,
    USER_INTENT_RESTART,
    USER_INTENT_SESSION_START,
)
from rasa.shared.core.domain import Domain

from content.live import live_content
from server import turn_log
from server.crowd import crowd
from server.output import HeldReplies, Tap
from server.tracker_store import ConversationStore

logger = logging.getLogger(__name__)

# A visitor has a word within 5 s, waiting for others included. What is being stored by then is let
# come to its end, which takes two seconds at most.
TURN_SECONDS = 3.0
LAST_SECONDS = 4.5
# Orders that Rasa itself carries out without a word (rasa/shared/core/constants.py).
_SILENT = {
    f"/{name}" for name in (USER_INTENT_BACK, USER_INTENT_RESTART, USER_INTENT_SESSION_START)
}


class SteadyProcessor(MessageProcessor):
    """Rasa's processor, with a note of each turn."""

    async def handle_message(self, message: UserMessage) -> list[dict[str, Any]] | None:
        """As Rasa's; what it raises is noted and passes."""
        tap = message.output_channel = Tap(message.output_channel)
        started, error = time.perf_counter(), ""
        try:
            return await super().handle_message(message)
        except BaseException as failure:
            error = type(failure).__name__
            raise
        finally:
            message.output_channel = tap.channel
            seconds = time.perf_counter() - started
            turn_log.note(message.sender_id, message.input_channel, seconds, tap.kinds, error)


class SteadyAgent(Agent):
    """Rasa's agent with an apology where Rasa has none, and with the plain tracker store."""

    @staticmethod
    def _create_tracker_store(store: TrackerStore | None, domain: Domain) -> TrackerStore:
        # Rasa wraps every store in a FailSafeTrackerStore (rasa/core/agent.py). To that a database
        # that does not answer is a new conversation, and what it cannot save goes to memory, from
        # where it never comes back.
        if not isinstance(store, ConversationStore):
            return Agent._create_tracker_store(store, domain)
        store.domain = domain
        return store

    async def handle_message(self, message: UserMessage) -> None:
        """Handles a message of a channel, such as REST, that does not do more than that itself.

        Replies are sent when the turn is stored; if it is not, or nothing was said, an apology is.
        """
        held = message.output_channel = HeldReplies(message.output_channel)
        turn = asyncio.ensure_future(asyncio.wait_for(self._take(message), TURN_SECONDS))
        turn.add_done_callback(lambda done: done.cancelled() or done.exception())  # looked at
        try:
            await asyncio.wait_for(asyncio.shield(turn), LAST_SECONDS)
            if await held.release() or message.text in _SILENT:
                return
        except Exception as error:
            # The text of some errors repeats what the visitor wrote.
            logger.error("a message failed: %s", type(error).__name__)
        apology = {"text": live_content().apology(), "kind": "apology"}
        await held.channel.send_response(message.sender_id, apology)

    async def _take(self, message: UserMessage) -> None:
        """As Rasa's `handle_message`, but with a limited number of turns at a time."""
        until = asyncio.get_running_loop().time() + TURN_SECONDS
        crowd().ask(until)
        if not self.is_ready():
            return
        async with self.lock_store.lock(message.sender_id), crowd().place(until):
            await self.processor.handle_message(message)


def install() -> None:
    """Makes Rasa use these classes in this process.

    `load_agent` and `Agent.load_model` look them up by these names.
    """
    rasa_agent.Agent = SteadyAgent
    rasa_agent.MessageProcessor = SteadyProcessor
