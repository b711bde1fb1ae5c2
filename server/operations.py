"""What operators ask a server: is it alive, is it ready, and how it has been doing."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from rasa.shared.core.events import UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from sanic import Blueprint, Sanic
from sanic.request import Request
from sanic.response import HTTPResponse, json

from content.live import live_content
from content.loader import ContentError
from server import logs, metrics
from server.housekeeping import keep_house
from server.remote_action import PromptRemoteAction
from server.tracker_store import ConversationStore

logger = logging.getLogger(__name__)

_SECONDS = 2.0
# Many times what anybody types.
_BODY_BYTES = 65_536
_GREETING = "hello"
_ACTION, _APOLOGY = "action_reply", "apology"


class Operations(InputChannel):
    """An input channel without messages: its routes are for operators and their tools.

    GET /health tells that the process answers, GET /ready that a visitor's next message would get
    a reply: the model understands one, the action server replies to it with more than an apology,
    and as much as a turn can be stored. Neither should be reachable from outside.
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

        @routes.route("/health", methods=["GET", "HEAD"])
        async def health(request: Request) -> HTTPResponse:
            return json({"status": "ok"})

        @routes.route("/ready", methods=["GET", "HEAD"])
        async def ready(request: Request) -> HTTPResponse:
            parts = await _parts(getattr(request.app.ctx, "agent", None))
            status = HTTPStatus.OK if all(parts.values()) else HTTPStatus.SERVICE_UNAVAILABLE
            value = {"ready": all(parts.values()), **parts, "content_faults": _content_faults()}
            return json(value, status)

        @routes.signal("http.routing.after")
        async def limit_body(request: Request, **_: Any) -> None:
            # The web chat reads bodies itself, and has a limit of its own.
            if request.path.startswith("/webhooks/"):
                request.stream.request_max_size = _BODY_BYTES

        @routes.listener("before_server_start")
        async def follow_requests(app: Sanic, _: Any) -> None:
            logs.follow_requests(app)
            app.register_middleware(_count, "response")

        @routes.listener("after_server_start")
        async def forget_daily(app: Sanic, _: Any) -> None:
            store = getattr(getattr(app.ctx, "agent", None), "tracker_store", None)
            if isinstance(store, ConversationStore):
                app.ctx.keeping_house = asyncio.create_task(keep_house(store))

        @routes.listener("before_server_stop")
        async def leave(app: Sanic, _: Any) -> None:
            if (keeping := getattr(app.ctx, "keeping_house", None)) is not None:
                keeping.cancel()

        return routes


async def _count(request: Request, response: HTTPResponse) -> None:
    if request.path.startswith("/webhooks/"):
        metrics.response(response.status)


async def _parts(agent: Agent | None) -> dict[str, bool]:
    if agent is None or not agent.is_ready():
        return {"model": False, "actions": False, "conversations": False}
    replies, conversations = await asyncio.gather(
        _replies(agent), _succeeds(_write_conversations(agent))
    )
    return {**replies, "conversations": conversations}


def _content_faults() -> int:
    """How many faults the content files have; an older content is in use while there are any."""
    live = live_content()
    with suppress(ContentError):
        live.get()
    return len(live.faults)


async def _replies(agent: Agent) -> dict[str, bool]:
    """Whether a greeting is understood, and gets a reply; nothing of it is kept."""
    understood: list[dict[str, Any]] = []
    model = await _succeeds(_understand(agent, understood))
    actions = await _succeeds(_ask_actions(agent, understood)) if model else False
    return {"model": model, "actions": actions}


async def _succeeds(check: Awaitable[None]) -> bool:
    try:
        await asyncio.wait_for(check, _SECONDS)
    except Exception as error:
        logger.warning("not ready: %s", type(error).__name__)
        return False
    return True


async def _understand(agent: Agent, understood: list[dict[str, Any]]) -> None:
    understood.append(await agent.processor.parse_message(UserMessage(_GREETING)))


async def _ask_actions(agent: Agent, understood: list[dict[str, Any]]) -> None:
    if agent.action_endpoint is None:
        return
    (parsed,) = understood
    tracker = DialogueStateTracker("", agent.domain.slots)
    tracker.update(UserUttered(_GREETING, parsed["intent"], parsed["entities"], parsed))
    action = PromptRemoteAction(_ACTION, agent.action_endpoint)
    replies = (await action.ask(tracker, agent.domain))["responses"]
    if not replies or any(reply.get("kind") == _APOLOGY for reply in replies):
        raise RuntimeError("the action server apologises")


async def _write_conversations(agent: Agent) -> None:
    if isinstance(agent.tracker_store, ConversationStore):
        await agent.tracker_store.check()
