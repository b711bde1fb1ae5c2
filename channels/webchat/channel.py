"""The web chat's HTTP interface."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine, Mapping
from contextlib import suppress
from http import HTTPStatus
from typing import Any

from rasa.core.agent import Agent
from rasa.core.channels.channel import InputChannel, UserMessage
from sanic import Blueprint, Sanic
from sanic.constants import HTTP_METHODS
from sanic.exceptions import InvalidUsage
from sanic.request import Request
from sanic.response import HTTPResponse, empty, json

from channels.webchat import clients, framing, history, store
from channels.webchat.conversations import Conversations, look_at, stored_events
from channels.webchat.errors import (
    Refusal,
    bad_request,
    bad_token,
    log_without_values,
    unavailable,
)
from channels.webchat.rates import Rates
from channels.webchat.replies import NAME
from channels.webchat.settings import Settings
from channels.webchat.validation import read_json, read_message, read_rating
from content.live import live_content
from content.loader import ContentError
from server.crowd import Crowded, crowd

# Up to here the rest of a body that is too large is read and dropped, so that its sender gets to
# see the refusal; above, the connection is closed (sanic/http.py, `http1`).
_DRAINED_BYTES = 1_000_000

# Takes a request, its body, and the moment of the loop's clock at which it must be answered.
_Handler = Callable[[Request, bytes, float], Awaitable[HTTPResponse]]


class WebChat(InputChannel):
    """Input channel for a chat in a web page: requests and replies over plain HTTP.

    Args:
        settings: as the credentials file has them.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._tokens = settings.tokens()
        self._content = live_content()
        self._conversations = Conversations(self._content)
        self._rates: Rates | None = None
        self._routes: dict[str, dict[str, _Handler]] = {
            "": {"GET": self._health, "HEAD": self._health},
            "session": {"POST": self._begin, "DELETE": self._delete},
            "messages": {"POST": self._answer, "GET": self._history},
            "feedback": {"POST": self._judge},
        }

    @classmethod
    def name(cls) -> str:
        """Name of the channel, and part of its address."""
        return NAME

    @classmethod
    def from_credentials(cls, credentials: Mapping[str, Any] | None) -> WebChat:
        """Makes the channel that a block of the credentials file describes.

        Raises:
            InvalidConfigException: if a setting is not possible.
        """
        return cls(Settings.from_credentials(credentials))

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[Any]]) -> Blueprint:
        """All addresses of the channel. One route takes them all, so that every answer is JSON."""
        routes = Blueprint(NAME)

        # As a stream, or Sanic would take in 100 MB before anything here is asked.
        @routes.route("/", HTTP_METHODS, stream=True, name="root")
        @routes.route("/<path:path>", HTTP_METHODS, stream=True, name="all")
        async def dispatch(request: Request, path: str = "") -> HTTPResponse:
            return await self._dispatch(request, path)

        @routes.listener("before_server_start")
        async def prepare(app: Sanic, _: Any) -> None:
            with suppress(ContentError):  # /ready says so, and visitors get an apology
                self._content.get()  # reading it takes a moment: not in a visitor's turn
            self._rates = Rates(self._settings.rates, self._settings.rate_storage)
            # Rasa's CORS answers each OPTIONS request itself (sanic_cors/extension.py,
            # `unapplied_cors_request_middleware`), and put itself first just now.
            app.request_middleware.appendleft(self._preflight)

        routes.signal("http.lifecycle.read_head")(framing.check)
        return routes

    async def _preflight(self, request: Request) -> HTTPResponse | None:
        prefix = f"/webhooks/{NAME}/"
        if request.method != "OPTIONS" or not request.path.startswith(prefix):
            return None
        return await self._dispatch(request, request.path.removeprefix(prefix))

    async def _dispatch(self, request: Request, path: str) -> HTTPResponse:
        origin = None
        until = asyncio.get_running_loop().time() + self._settings.reply_seconds
        try:
            origin = clients.cross_origin(request, self._settings.origins)
            body = await self._read_body(request, until)
            work = self._respond(request, body, path.rstrip("/"), origin, until)
            response = await self._in_time(work, until)
        except Refusal as refusal:
            response = _refused(refusal)
        except Exception as error:
            log_without_values("a request failed", error)
            response = _refused(unavailable(self._content.apology()))
        response.headers.update(clients.cors_headers(origin))
        response.headers["Cache-Control"] = "no-store"
        response.headers["X-Content-Type-Options"] = "nosniff"
        return response

    async def _in_time(self, work: Coroutine[Any, Any, HTTPResponse], until: float) -> HTTPResponse:
        """The response, or an apology when the time is up, whatever it is that hangs.

        The work goes on: what it stores, a client that asks again will find.
        """
        task = asyncio.ensure_future(work)
        try:
            left = until - asyncio.get_running_loop().time()
            done, _ = await asyncio.wait({task}, timeout=max(0.0, left))
        except asyncio.CancelledError:  # the connection is lost
            task.cancel()
            raise
        if not done:
            task.add_done_callback(look_at)
            raise unavailable(self._content.apology())
        try:
            return task.result()
        except Crowded:
            raise unavailable(self._content.apology()) from None

    async def _respond(
        self, request: Request, body: bytes, path: str, origin: str | None, until: float
    ) -> HTTPResponse:
        methods = self._routes.get(path)
        if methods is None:
            raise Refusal(HTTPStatus.NOT_FOUND, "not_found", "There is nothing at this address.")
        if request.method == "OPTIONS":
            headers = clients.preflight_headers(origin, methods)
            return empty(headers={**headers, "Allow": ", ".join(methods)})
        handler = methods.get(request.method)
        if handler is None:
            text = "This address does not know that method."
            allow = ", ".join(methods)
            raise Refusal(HTTPStatus.METHOD_NOT_ALLOWED, "bad_method", text, allow=allow)
        await self._count("address", self._address(request))
        return await handler(request, body, until)

    async def _read_body(self, request: Request, until: float) -> bytes:
        request.stream.request_max_size = _DRAINED_BYTES
        try:
            left = until - asyncio.get_running_loop().time()
            return await asyncio.wait_for(self._read_limited(request), left)
        except asyncio.TimeoutError:
            text = "The body did not arrive in time."
            raise Refusal(HTTPStatus.REQUEST_TIMEOUT, "too_slow", text) from None
        except InvalidUsage:
            request.stream.request_body = None  # else Sanic reads on, and fails again
            raise bad_request("bad_body", "The body cannot be read.") from None

    async def _read_limited(self, request: Request) -> bytes:
        limit, body = self._settings.max_body_bytes, bytearray()
        text = f"The body is larger than {limit:,} bytes."
        if request.stream.request_bytes_left > limit:
            raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", text)
        async for data in request.stream:
            body += data
            if len(body) > limit:
                raise Refusal(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, "too_large", text)
        return bytes(body)

    async def _health(self, request: Request, body: bytes, until: float) -> HTTPResponse:
        return json({"status": "ok"})

    async def _begin(self, request: Request, body: bytes, until: float) -> HTTPResponse:
        await self._count("new_session", self._address(request))
        token = self._tokens.issue()
        async with crowd().place(until):
            await store.begin(self._agent(request), str(self._tokens.sender(token)))
        value = {"token": token, "max_characters": self._settings.max_characters}
        return json(value, HTTPStatus.CREATED)

    async def _answer(self, request: Request, body: bytes, until: float) -> HTTPResponse:
        sender = await self._sender(request, counted=True)
        message = read_message(read_json(request, body), self._settings.max_characters)
        replies = await self._conversations.answer(self._agent(request), sender, message, until)
        return json({"id": message.id, "replies": replies})

    async def _history(self, request: Request, body: bytes, until: float) -> HTTPResponse:
        sender = await self._sender(request)
        apology = self._content.apology()
        async with crowd().place(until):
            events = await stored_events(self._agent(request), sender, apology)
        return json({"messages": history.messages(events)})

    async def _judge(self, request: Request, body: bytes, until: float) -> HTTPResponse:
        sender = await self._sender(request, counted=True)
        rating = read_rating(read_json(request, body))
        await self._conversations.judge(self._agent(request), sender, rating, until)
        return empty()

    async def _delete(self, request: Request, body: bytes, until: float) -> HTTPResponse:
        sender, agent = await self._sender(request), self._agent(request)
        await stored_events(agent, sender, self._content.apology())
        try:
            await self._conversations.delete(agent, sender, until)
        except store.NotDeletable:
            text = "Conversations cannot be deleted from this server's tracker store."
            raise Refusal(HTTPStatus.NOT_IMPLEMENTED, "not_deletable", text) from None
        return empty()

    async def _sender(self, request: Request, counted: bool = False) -> str:
        scheme, _, token = (request.headers.get("authorization") or "").partition(" ")
        sender = self._tokens.sender(token.strip()) if scheme.lower() == "bearer" else None
        if sender is None:
            raise bad_token()
        if counted:
            await self._count("session", sender)
        return sender

    async def _count(self, kind: str, who: str) -> None:
        if self._rates is None:
            raise RuntimeError("the server was asked before it was started")
        await self._rates.count(kind, who)

    def _address(self, request: Request) -> str:
        return clients.address(request, self._settings.proxies_count)

    def _agent(self, request: Request) -> Agent:
        agent = getattr(request.app.ctx, "agent", None)
        if agent is None or not agent.is_ready():
            raise unavailable(self._content.apology())
        return agent


def _refused(refusal: Refusal) -> HTTPResponse:
    value = {"error": refusal.code, "message": refusal.message}
    return json(value, refusal.status, headers=refusal.headers)
