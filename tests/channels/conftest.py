"""Two running servers: the assistant itself, and one whose actions do what a test wants."""

from __future__ import annotations

import secrets
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from benchmarks.processes import free_port
from tests.channels.scripted import ScriptedActions
from tests.channels.visitor import Visitor
from tests.conftest import Server, rasa_server, write_configuration

#: Settings of the server with scripted actions.
SITE = "https://site.example"
SESSION_RATE, ADDRESS_RATE, NEW_SESSION_RATE = 12, 25, 4
MAX_BODY_BYTES = 16_384


@pytest.fixture
def visitor(server: Server) -> Visitor:
    """Somebody new to the assistant."""
    return Visitor(server.base).begin()


@pytest.fixture(scope="session")
def _actions() -> Iterator[ScriptedActions]:
    actions = ScriptedActions(free_port())
    actions.start()
    yield actions
    actions.stop()


@pytest.fixture
def actions(_actions: ScriptedActions) -> ScriptedActions:
    """The scripted action server, answering."""
    _actions.reset()
    return _actions


@pytest.fixture(scope="session")
def scripted(
    _actions: ScriptedActions, model_path: Path, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Server]:
    """A Rasa server behind one proxy, with low rates, little patience and scripted actions."""
    folder = tmp_path_factory.mktemp("scripted")
    webchat: dict[str, Any] = {
        "secret": secrets.token_hex(32),
        "origins": [SITE],
        "proxies_count": 1,
        "session_rate": f"{SESSION_RATE}/hour",
        "address_rate": f"{ADDRESS_RATE}/hour",
        "new_session_rate": f"{NEW_SESSION_RATE}/hour",
        "reply_seconds": 2,
    }
    channels = {
        "channels.webchat.WebChat": webchat,
        "channels.static.StaticFiles": {"folder": str(folder / "dist")},
    }
    paths = write_configuration(folder, _actions.port, channels)
    with rasa_server(model_path, *paths) as running:
        yield running


@pytest.fixture
def guest(scripted: Server, actions: ScriptedActions) -> Visitor:
    """Somebody new to the server with scripted actions."""
    return Visitor(scripted.base).begin()


@pytest.fixture(scope="session")
def restarted(server: Server, model_path: Path) -> Iterator[Server]:
    """A server that knows nothing but what the assistant has stored: as after a restart."""
    with rasa_server(model_path, server.endpoints, server.credentials) as running:
        yield running


@pytest.fixture
def elsewhere(restarted: Server) -> Callable[[Visitor], Visitor]:
    """The same visitor at the restarted server."""
    return lambda visitor: Visitor(restarted.base, visitor.address, visitor.token)
