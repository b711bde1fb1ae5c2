"""Calls of the action server, against a real one that behaves as told."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import web
from rasa.core.actions import action as rasa_action
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg.response import TemplatedNaturalLanguageGenerator
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SessionStarted, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from benchmarks.processes import free_port
from server.remote_action import PromptRemoteAction, install

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]
RESULT = {
    "events": [{"event": "slot", "name": "topic", "value": "skills"}],
    "responses": [{"text": "an answer", "buttons": [], "kind": "answer"}],
}


def tracker(turns: int = 1) -> DialogueStateTracker:
    """A conversation of some turns."""
    events: list[Event] = [SessionStarted()]
    for turn in range(turns):
        events += [UserUttered(f"question {turn}", {"name": "skills"}), BotUttered("answer")]
    events.append(UserUttered("the last question", {"name": "tools"}, input_channel="rest"))
    return DialogueStateTracker.from_events("a visitor", events)


def run_against(handler: Handler, calls: int = 1, timeout: float = 1.0) -> list[list[Event]]:
    """The events of custom actions that a server with this handler runs."""

    async def main() -> list[list[Event]]:
        app = web.Application()
        app.router.add_post("/webhook", handler)
        runner = web.AppRunner(app)
        await runner.setup()
        port = free_port()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        endpoint = EndpointConfig(f"http://127.0.0.1:{port}/webhook", timeout=timeout)
        try:
            return [await run(endpoint) for _ in range(calls)]
        finally:
            await runner.cleanup()

    return asyncio.run(main())


async def run(endpoint: EndpointConfig | None) -> list[Event]:
    """The events of one custom action."""
    action = PromptRemoteAction("action_answer", endpoint)
    nlg = TemplatedNaturalLanguageGenerator({})
    return await action.run(CollectingOutputChannel(), nlg, tracker(), Domain.empty())


def is_apology(events: list[Event]) -> bool:
    """Whether all that happens is one apology."""
    (event,) = events
    return isinstance(event, BotUttered) and "sorry" in (event.text or "").lower()


def test_rasa_uses_it_once_installed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(rasa_action, "RemoteAction", rasa_action.RemoteAction)
    install()
    domain = Domain.from_dict({"actions": ["action_answer"]})
    action = rasa_action.action_for_name_or_text("action_answer", domain, EndpointConfig("x"))
    assert type(action) is PromptRemoteAction


def test_events_and_responses_arrive_with_their_metadata() -> None:
    async def answer(request: web.Request) -> web.Response:
        return web.json_response(RESULT)

    (events,) = run_against(answer)
    uttered, slot = events
    assert isinstance(uttered, BotUttered)
    assert (uttered.text, uttered.metadata["kind"]) == ("an answer", "answer")
    assert slot == SlotSet("topic", "skills")


def test_only_session_start_and_last_message_travel_however_long_the_conversation() -> None:
    action = PromptRemoteAction("action_answer", EndpointConfig("x"))
    stock = rasa_action.RemoteAction("action_answer", EndpointConfig("x"))
    conversation = tracker(turns=50)
    sent, full = (
        each._action_call_format(conversation, Domain.empty()) for each in (action, stock)
    )
    start, last = sent["tracker"].pop("events")
    assert (start["event"], last["text"]) == ("session_started", "the last question")
    assert len(full["tracker"].pop("events")) > 100
    assert sent == full


def test_connections_stay_open() -> None:
    ports = set()

    async def answer(request: web.Request) -> web.Response:
        ports.add(request.transport.get_extra_info("peername"))  # type: ignore[union-attr]
        return web.json_response(RESULT)

    run_against(answer, calls=3)
    assert len(ports) == 1


def test_a_connection_closed_meanwhile_is_opened_anew() -> None:
    calls = 0

    async def answer(request: web.Request) -> web.StreamResponse:
        nonlocal calls
        calls += 1
        if calls == 2:
            request.transport.close()  # type: ignore[union-attr]
        return web.json_response(RESULT)

    first, second = run_against(answer, calls=2)
    assert first[1] == second[1] == SlotSet("topic", "skills")
    assert calls == 3


async def hangs(request: web.Request) -> web.Response:
    await asyncio.sleep(20)
    return web.json_response(RESULT)


async def breaks(request: web.Request) -> web.Response:
    return web.json_response({"error": "no"}, status=500)


async def talks_nonsense(request: web.Request) -> web.Response:
    return web.Response(text="<html>")


async def sends_broken_json(request: web.Request) -> web.Response:
    return web.Response(text="{", content_type="application/json")


async def sends_other_json(request: web.Request) -> web.Response:
    return web.json_response({"events": [{"event": "no such event"}]})


@pytest.mark.parametrize(
    "handler", [hangs, breaks, talks_nonsense, sends_broken_json, sends_other_json]
)
def test_whatever_the_action_server_does_the_visitor_has_a_word(handler: Handler) -> None:
    (events,) = run_against(handler, timeout=0.3)
    assert is_apology(events)


def test_no_action_server_at_all_is_an_apology() -> None:
    events = asyncio.run(run(EndpointConfig(f"http://127.0.0.1:{free_port()}/webhook")))
    assert is_apology(events)
    assert is_apology(asyncio.run(run(None)))


def test_a_failure_is_logged_without_the_visitors_words(caplog: pytest.LogCaptureFixture) -> None:
    async def echo(request: web.Request) -> web.Response:
        body: dict[str, Any] = await request.json()
        return web.json_response(body, status=500)

    run_against(echo)
    assert "action_answer failed" in caplog.text
    assert "the last question" not in caplog.text
