"""What several kinds of tests share: a trained model, and the assistant running on free ports."""

from __future__ import annotations

import json
import secrets
import sqlite3
import urllib.request
import uuid
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import yaml

from benchmarks.model import classifier_of, load_agent
from benchmarks.processes import free_port
from server import no_tensorflow
from tools import launch, loopback
from tools.train import train_if_changed

if TYPE_CHECKING:
    from tests.support.player import Player

ROOT = Path(__file__).parent.parent
loopback.bypass_proxies()
# No test here computes with it, and importing it takes longer than most files of tests.
no_tensorflow.install()


@pytest.fixture(scope="session")
def model_path() -> Path:
    """The model of today's data; `make test` has trained it."""
    return train_if_changed()


@pytest.fixture(scope="session")
def player(model_path: Path) -> Iterator[Player]:
    """Holds conversations in this process; what the model reads is kept for the next run."""
    from tests.support.player import Player

    playing = Player(model_path)
    yield playing
    playing.save()


@pytest.fixture(scope="session")
def classify(model_path: Path) -> Callable[[str], dict[str, Any]]:
    """Finds intent, roles and refusal of a text as the pipeline does."""
    # Without Rasa's command line every text understood would be logged: the hold-out stays unseen.
    return classifier_of(load_agent(model_path))


@dataclass
class Conversation:
    """One visitor talking to the assistant over Rasa's REST channel.

    What that channel leaves out of a reply stands in the database of the conversations.
    """

    base: str
    database: Path | None = None
    sender: str = field(default_factory=lambda: uuid.uuid4().hex)
    messages: list[dict[str, Any]] = field(default_factory=list)

    def say(self, text: str) -> str:
        """Sends a message and returns the texts of the reply, joined by newlines."""
        body = json.dumps({"sender": self.sender, "message": text}).encode()
        request = urllib.request.Request(
            f"{self.base}/webhooks/rest/webhook", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(request, timeout=30) as response:
            self.messages = json.load(response)
        return "\n".join(message.get("text") or "" for message in self.messages)

    @property
    def buttons(self) -> list[dict[str, str]]:
        """Buttons of the last reply."""
        return [button for message in self.messages for button in message.get("buttons") or []]

    @property
    def metadata(self) -> list[dict[str, Any]]:
        """What the messages of the last reply carry beside text and buttons."""
        with closing(sqlite3.connect(f"file:{self.database}?mode=ro", uri=True)) as connection:
            query = "SELECT data FROM events WHERE sender_id = ? ORDER BY id"
            events = [json.loads(data) for (data,) in connection.execute(query, [self.sender])]
        asked = max(index for index, each in enumerate(events) if each["event"] == "user")
        return [each["metadata"] for each in events[asked:] if each["event"] == "bot"]


@dataclass(frozen=True)
class Server:
    """A running Rasa server.

    Attributes:
        base: its address.
        log: the file with all that it prints.
        endpoints: the endpoints file it was started with.
        credentials: the credentials file it was started with.
    """

    base: str
    log: Path
    endpoints: Path
    credentials: Path


def write_configuration(
    folder: Path, actions_port: int, channels: dict[str, dict[str, Any]]
) -> tuple[Path, Path]:
    """The project's endpoints and credentials files with the settings of a test.

    Args:
        folder: where to write them, and where conversations are kept.
        actions_port: port of the action server.
        channels: settings of channels, by the names that the credentials file has for them.
    """
    endpoints = yaml.safe_load((ROOT / "endpoints.yml").read_text(encoding="utf-8"))
    endpoints["action_endpoint"]["url"] = f"http://{launch.HOST}:{actions_port}/webhook"
    endpoints["tracker_store"]["db"] = str(folder / "conversations.db")
    credentials = yaml.safe_load((ROOT / "credentials.yml").read_text(encoding="utf-8"))
    for name, settings in channels.items():
        credentials[name] = {**(credentials[name] or {}), **settings}
    paths = folder / "endpoints.yml", folder / "credentials.yml"
    for path, value in zip(paths, (endpoints, credentials), strict=True):
        path.write_text(yaml.safe_dump(value), encoding="utf-8")
    return paths


@contextmanager
def rasa_server(model: Path, endpoints: Path, credentials: Path) -> Iterator[Server]:
    """Runs a Rasa server on a free port."""
    port = free_port()
    log = endpoints.with_name(f"server-{port}.log")
    command = launch.rasa("run", "--interface", launch.HOST, "--port", str(port))
    command += ["--model", str(model), "--endpoints", str(endpoints)]
    process = launch.start([*command, "--credentials", str(credentials)], log)
    try:
        base = f"http://{launch.HOST}:{port}"
        launch.wait_until_up(process, f"{base}/", log)
        yield Server(base, log, endpoints, credentials)
    finally:
        launch.stop(process)


@pytest.fixture(scope="session")
def server(model_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """A Rasa server with its action server, as `make serve` starts them, but for the rates."""
    launch.RUN.mkdir(exist_ok=True)
    actions_port = free_port()
    often = "1000000/minute"
    webchat = {"secret": secrets.token_hex(32), "session_rate": often, "address_rate": often}
    webchat["new_session_rate"] = often
    paths = write_configuration(
        tmp_path_factory.mktemp("assistant"), actions_port, {"channels.webchat.WebChat": webchat}
    )
    actions = launch.start_actions(actions_port)
    try:
        actions_log = launch.RUN / f"actions-{actions_port}.log"
        launch.wait_until_up(actions, f"http://{launch.HOST}:{actions_port}/health", actions_log)
        with rasa_server(model_path, *paths) as running:
            yield running
    finally:
        launch.stop(actions)


@pytest.fixture(scope="session")
def assistant(server: Server) -> str:
    """Address of the running assistant."""
    return server.base


@pytest.fixture(scope="session")
def database(server: Server) -> Path:
    """Where the running assistant keeps its conversations."""
    endpoints = yaml.safe_load(server.endpoints.read_text(encoding="utf-8"))
    return Path(endpoints["tracker_store"]["db"])


@pytest.fixture
def conversation(assistant: str, database: Path) -> Conversation:
    """A new visitor."""
    return Conversation(assistant, database)
