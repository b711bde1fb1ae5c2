"""The assistant as real processes, each of which a test may hurt and must leave well."""

from __future__ import annotations

import json
import resource
import secrets
import shutil
import sqlite3
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import pytest

from benchmarks.processes import free_port
from tests.channels.visitor import Answer, Visitor, call
from tests.conftest import ROOT, write_configuration
from tools import launch

#: What is promised is 5 seconds; the rest is for a machine that has other things to do.
SECONDS = 8.0
QUESTION = "what skills does an ML engineer need?"
FOLLOW_UP = "and for AI engineers?"


@dataclass
class Assistant:
    """A Rasa server with its action server.

    The action server runs on a copy of actions/, content/ and dialogue/, which a test may edit.
    """

    folder: Path
    model: Path
    port: int = field(default_factory=free_port)
    actions_port: int = field(default_factory=free_port)

    def __post_init__(self) -> None:
        self.folder.mkdir(exist_ok=True)
        for name in ("actions", "content", "dialogue"):
            shutil.copytree(ROOT / name, self.folder / name)
        often = "1000000/minute"
        webchat = {"secret": secrets.token_hex(32), "new_session_rate": often}
        webchat |= {"session_rate": often, "address_rate": often}
        self._endpoints, self._credentials = write_configuration(
            self.folder, self.actions_port, {"channels.webchat.WebChat": webchat}
        )

    @property
    def base(self) -> str:
        """Address of the server."""
        return f"http://{launch.HOST}:{self.port}"

    @property
    def database(self) -> Path:
        """The file with all conversations."""
        return self.folder / "conversations.db"

    def start_actions(self) -> None:
        """Starts the action server and waits until it answers."""
        log = self.folder / "actions.log"
        self.actions = launch.start(launch.actions_command(self.actions_port), log, self.folder)
        address = f"http://{launch.HOST}:{self.actions_port}/health"
        launch.wait_until_up(self.actions, address, log)

    def start_server(self) -> None:
        """Starts the Rasa server and waits until it answers."""
        log = self.folder / "server.log"
        command = launch.rasa("run", "--interface", launch.HOST, "--port", str(self.port))
        command += ["--model", str(self.model), "--endpoints", str(self._endpoints)]
        self.server = launch.start([*command, "--credentials", str(self._credentials)], log)
        launch.wait_until_up(self.server, f"{self.base}/health", log)

    def stop(self) -> None:
        """Ends both servers, as far as they run."""
        for name in ("server", "actions"):
            if process := getattr(self, name, None):
                launch.stop(process)

    def kill(self, process: subprocess.Popen[bytes]) -> None:
        """Ends a process as a crash or the kernel would."""
        process.kill()
        process.wait()

    def visitor(self) -> Visitor:
        """Somebody new in the web chat."""
        return Visitor(self.base).begin()

    def rest(self, sender: str, text: str) -> list[dict[str, str]]:
        """Replies over Rasa's REST channel."""
        body = json.dumps({"sender": sender, "message": text}).encode()
        headers = {"Content-Type": "application/json"}
        answer = call(self.base, "POST", "/webhooks/rest/webhook", body, headers)
        assert answer.status == 200
        replies: list[dict[str, str]] = answer.json
        return replies

    def stored(self, text: str) -> int:
        """How many times a visitor's message with this text is stored."""
        with sqlite3.connect(self.database) as connection:
            query = "SELECT data FROM events WHERE type_name = 'user'"
            rows = connection.execute(query).fetchall()
        return sum(json.loads(data)["text"] == text for (data,) in rows)

    @contextmanager
    def full_disk(self) -> Iterator[None]:
        """Lets no file of the server's grow, as a full disk would, while the block runs."""
        before = resource.prlimit(self.server.pid, resource.RLIMIT_FSIZE)
        resource.prlimit(self.server.pid, resource.RLIMIT_FSIZE, (0, before[1]))
        try:
            yield
        finally:
            resource.prlimit(self.server.pid, resource.RLIMIT_FSIZE, before)


class ReadOnlyDisk:
    """A small disk that can be made read-only, as a damaged one is.

    Args:
        folder: where it is mounted.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir()
        self.folder = folder
        self._mount("-t", "tmpfs", "tmpfs", str(folder))

    def _mount(self, *arguments: str) -> None:
        done = subprocess.run(["mount", *arguments], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("mounting a disk takes root's rights")

    def seal(self) -> None:
        """Makes it read-only."""
        self._mount("-o", "remount,ro", str(self.folder))

    def open(self) -> None:
        """Makes it writable again."""
        self._mount("-o", "remount,rw", str(self.folder))

    def remove(self) -> None:
        """Takes it away."""
        subprocess.run(["umount", "--lazy", str(self.folder)], check=False)


@pytest.fixture
def read_only(tmp_path: Path) -> Iterator[ReadOnlyDisk]:
    """A disk that is writable to begin with."""
    disk = ReadOnlyDisk(tmp_path / "disk")
    yield disk
    disk.remove()


def apologised(answer: Answer) -> bool:
    """Whether a visitor of the web chat was told that something went wrong."""
    if answer.status == 503:
        return bool(answer.json["message"])
    return [reply["kind"] for reply in answer.json["replies"]] == ["apology"]


@contextmanager
def in_time() -> Iterator[None]:
    """Fails if the block takes longer than a visitor is promised to wait."""
    started = time.monotonic()
    yield
    assert time.monotonic() - started < SECONDS


@pytest.fixture(scope="session")
def _assistant(model_path: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Assistant]:
    assistant = Assistant(tmp_path_factory.mktemp("steady"), model_path)
    assistant.start_actions()
    try:
        assistant.start_server()
        yield assistant
    finally:
        assistant.stop()


@pytest.fixture
def assistant(_assistant: Assistant) -> Iterator[Assistant]:
    """The running assistant; whatever a test did to it, it must answer by itself afterwards."""
    yield _assistant
    visitor = _assistant.visitor()
    (reply,) = visitor.say(QUESTION)
    assert reply["kind"] != "apology"
    (reply,) = visitor.say(FOLLOW_UP)
    assert "AI engineer" in reply["text"]
