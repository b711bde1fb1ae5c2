"""The server's side of custom actions: quick, with a deadline, and never silent.

Rasa's own `RemoteAction` (rasa/core/actions/action.py) opens a connection for every call, sends the
whole history, checks the schema itself whenever it checks a result against it, waits up to 300 s
(rasa/core/constants.py), and leaves the visitor without a word when a call fails
(rasa/core/processor.py, `_run_action`).
"""

from __future__ import annotations

import asyncio
import atexit
import logging
from functools import lru_cache
from typing import Any

import aiohttp
from rasa.core.actions import action as rasa_action
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import OutputChannel
from rasa.core.nlg.generator import NaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SessionStarted
from rasa.shared.core.trackers import DialogueStateTracker, EventVerbosity
from rasa.utils.endpoints import EndpointConfig

from content.live import live_content
from server import request_ids
from server.action_results import result_schema

logger = logging.getLogger(__name__)

# An action takes milliseconds; the rest of a turn, and storing it, must have time as well.
DEFAULT_SECONDS = 2.5


class ActionEndpoint(EndpointConfig):
    """The action server's address, with connections that stay open and a deadline.

    `timeout`, in seconds, can be set at `action_endpoint` in endpoints.yml.
    """

    _is_fresh = False

    @classmethod
    def of(cls, endpoint: EndpointConfig) -> ActionEndpoint:
        """The same address as an endpoint of Rasa's."""
        copied = cls.__new__(cls)
        copied.__dict__.update(endpoint.__dict__)
        return copied

    def session(self) -> aiohttp.ClientSession:
        """A session that leaves its connections open for the next one, or has one of its own."""
        return aiohttp.ClientSession(
            headers=self.headers,
            auth=aiohttp.BasicAuth(self.basic_auth["username"], self.basic_auth["password"])
            if self.basic_auth
            else None,
            connector=None if self._is_fresh else _connector(asyncio.get_running_loop()),
            connector_owner=self._is_fresh,
        )

    async def request(self, *args: Any, **kwargs: Any) -> Any:
        """As Rasa's, within the deadline.

        An open connection that was closed at the other end meanwhile shows only when it is used;
        where a proxy was loaded anew, all of them were. So one is made for asking again. That is
        safe: actions change nothing but the tracker that their reply describes.
        """
        kwargs["timeout"] = aiohttp.ClientTimeout(
            total=float(self.kwargs.get("timeout", DEFAULT_SECONDS))
        )
        if request_ids.current():
            kwargs["headers"] = {request_ids.HEADER: request_ids.current()}
        try:
            return await super().request(*args, **kwargs)
        except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError, ConnectionResetError):
            again = ActionEndpoint.of(self)
            again._is_fresh = True
            return await EndpointConfig.request(again, *args, **kwargs)


class PromptRemoteAction(RemoteAction):
    """A custom action on the action server.

    What it changes: of the events only the session's start and the visitor's last message travel
    (slots travel as ever), results are checked against a schema compiled once, and a failure is
    told to the visitor.
    """

    def __init__(self, name: str, action_endpoint: EndpointConfig | None) -> None:
        super().__init__(name, ActionEndpoint.of(action_endpoint) if action_endpoint else None)

    def _action_call_format(self, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        state = tracker.current_state()
        needed = (
            tracker.get_last_event_for(SessionStarted, event_verbosity=EventVerbosity.ALL),
            tracker.latest_message,
        )
        state["events"] = [event.as_dict() for event in needed if event]
        call = {
            "next_action": self.name(),
            "sender_id": tracker.sender_id,
            "tracker": state,
            "version": rasa_action.rasa.__version__,
        }
        if (
            not self._is_selective_domain_enabled()
            or domain.does_custom_action_explicitly_need_domain(self.name())
        ):
            call["domain"] = domain.as_dict()
        return call

    def _validate_action_result(self, result: dict[str, Any]) -> bool:
        result_schema().validate(result)
        return True

    async def ask(self, tracker: DialogueStateTracker, domain: Domain) -> dict[str, Any]:
        """What the action server answers; nothing of it is carried out."""
        if self.action_endpoint is None:
            raise RuntimeError("there is no action server")
        call = self._action_call_format(tracker, domain)
        result: dict[str, Any] = await self.action_endpoint.request(json=call, method="post")
        self._validate_action_result(result)
        return result

    async def run(
        self,
        output_channel: OutputChannel,
        nlg: NaturalLanguageGenerator,
        tracker: DialogueStateTracker,
        domain: Domain,
    ) -> list[Event]:
        """The action's events; an apology if the action server gave no proper result in time."""
        try:
            return await super().run(output_channel, nlg, tracker, domain)
        except ActionExecutionRejection:
            raise
        except Exception as error:
            # The text of some errors repeats the request, and with it what the visitor wrote.
            logger.error("%s failed: %s", self.name(), type(error).__name__)
            return [BotUttered(live_content().apology(), metadata={"kind": "apology"})]


def install() -> None:
    """Makes Rasa run custom actions this way in this process.

    `action_for_name_or_text` and the form actions look the class up by this name.
    """
    rasa_action.RemoteAction = PromptRemoteAction


@lru_cache(maxsize=1)
def _connector(loop: asyncio.AbstractEventLoop) -> aiohttp.TCPConnector:
    # Shorter than the 5 s after which Sanic closes an idle connection (sanic/config.py).
    connector = aiohttp.TCPConnector(loop=loop, limit=0, keepalive_timeout=4)
    atexit.register(connector.close)  # else it complains on leaving
    return connector
