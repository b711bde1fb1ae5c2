"""What operators ask a server: is it alive, is it ready, and how it has been doing."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from http import HTTPStatus
from typing import Any
from urllib.parse import urljoin

import aiohttp
from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from server import logs, metrics, request_ids
from server.tracker_store import ConversationStore

_SECONDS = 2.0


class Operations(InputChannel):
    """An input channel without messages: its routes are for operators and their tools.

    GET /health tells that the process answers, GET /ready that a visitor would be served: the model
    is loaded, the action server answers, and conversations can be written. Neither should be
    reachable from outside.
    """

    @classmethod
    def name(cls) -> str:
        """Name of the channel."""
        return "operations"

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> Operations:
        """Makes the channel, and sets up logs and metrics as the environment says."""
        logs.configure()
        metrics.serve()
        return cls()

    def url_prefix(self) -> str:
        """The root, and not a path below /webhooks."""
        return "/"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """The routes, and a count of all responses to visitors."""
        routes = Blueprint("operations")

        @routes.route("/health", methods=["GET"])
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @routes.route("/ready", methods=["GET"])
        async def ready(request: Request) -> HTTPResponse:
            parts = await _parts(getattr(request.app.ctx, "agent", None))
            status = HTTPStatus.OK if all(parts.values()) else HTTPStatus.SERVICE_UNAVAILABLE
            return json({"ready": all(parts.values()), **parts}, status)

        @routes.listener("before_server_start")
        async def follow_requests(app: Sanic, _: Any) -> None:
            app.register_middleware(_begin, "request")
            app.register_middleware(_count, "response")

        return routes


async def _begin(request: Request) -> None:
    request_ids.begin(request.headers.get(request_ids.HEADER))


async def _count(request: Request, response: HTTPResponse) -> None:
    if request.path.startswith("/webhooks/"):
        metrics.response(response.status)


async def _parts(agent: Agent | None) -> dict[str, bool]:
    if agent is None:
        return {"model": False, "actions": False, "conversations": False}
    actions, conversations = await asyncio.gather(
        _succeeds(_ask_actions(agent)), _succeeds(_write_conversations(agent))
    )
    return {"model": agent.is_ready(), "actions": actions, "conversations": conversations}


async def _succeeds(check: Awaitable[None]) -> bool:
    try:
        await asyncio.wait_for(check, _SECONDS)
    except Exception:
        return False
    return True


async def _ask_actions(agent: Agent) -> None:
    if agent.action_endpoint is None:
        return
    address = urljoin(agent.action_endpoint.url, "/health")
    async with aiohttp.ClientSession() as session, session.get(address) as response:
        response.raise_for_status()


async def _write_conversations(agent: Agent) -> None:
    if isinstance(agent.tracker_store, ConversationStore):
        await agent.tracker_store.check()
