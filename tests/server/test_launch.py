"""`make chat` and `make serve` as they are typed."""

from __future__ import annotations

import json
import os
import pty
import re
import select
import signal
import socket
import subprocess
import time
import urllib.request
import uuid
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from benchmarks.processes import free_port
from tests.conftest import ROOT
from tools.kept_process import STOP_SECONDS
from tools.launch import HOST

_SECONDS = 90
#: How the answer begins; whether a yes is put before it, is the reader's choice.
_BOTH = ("Yes", "One person can")
_COLOUR = re.compile(r"\x1b\[[0-9;?]*[A-Za-z]")


def _environment(port: int, actions_port: int) -> dict[str, str]:
    # A proxy that nobody is: nothing on this machine may be asked through it.
    proxy = {"http_proxy": f"http://{HOST}:9", "no_proxy": "", "NO_PROXY": ""}
    ports = {"PORT": str(port), "ACTIONS_PORT": str(actions_port)}
    return {**os.environ, **proxy, **ports, "TERM": "dumb"}


def _is_open(port: int) -> bool:
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex((HOST, port)) == 0


def _closes(port: int) -> bool:
    deadline = time.monotonic() + 15
    while _is_open(port) and time.monotonic() < deadline:
        time.sleep(0.2)
    return not _is_open(port)


class Terminal:
    """A terminal with a command running in it."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self.screen = ""

    def type(self, text: str) -> None:
        os.write(self._descriptor, text.encode())

    def wait_for(self, pattern: str) -> bool:
        deadline = time.monotonic() + _SECONDS
        while time.monotonic() < deadline and not re.search(pattern, self.screen):
            if select.select([self._descriptor], [], [], 0.5)[0]:
                try:
                    data = os.read(self._descriptor, 65536)
                except OSError:  # the command has ended
                    break
                self.screen += _COLOUR.sub("", data.decode(errors="replace"))
        return bool(re.search(pattern, self.screen))


@contextmanager
def _in_terminal(port: int, actions_port: int) -> Iterator[tuple[Terminal, int]]:
    child, descriptor = pty.fork()
    if child == 0:
        os.chdir(ROOT)
        os.execvpe("make", ["make", "chat"], _environment(port, actions_port))
    try:
        yield Terminal(descriptor), child
    finally:
        with suppress(ProcessLookupError):
            os.kill(child, signal.SIGTERM)
        os.close(descriptor)
        os.waitpid(child, 0)


def test_chat_answers_and_stops_what_it_started_on_ctrl_c(model_path: Path) -> None:
    port, actions_port = free_port(), free_port()
    with _in_terminal(port, actions_port) as (terminal, _):
        assert terminal.wait_for("Your input"), terminal.screen
        before = terminal.screen
        assert not re.search(r"(?i)warning|error|traceback|\bINFO\b", before), before
        terminal.type("what does an ML engineer do\r")
        assert terminal.wait_for("preprocess"), terminal.screen
        assert terminal.wait_for(r"1\. .*2\. "), terminal.screen
        terminal.type("\x03")
        assert _closes(actions_port)
        assert _closes(port)


def _ask(port: int, text: str) -> str:
    # A new visitor each time: somebody who was told it already would be told more.
    body = json.dumps({"sender": uuid.uuid4().hex, "message": text}).encode()
    url = f"http://{HOST}:{port}/webhooks/rest/webhook"
    with urllib.request.urlopen(urllib.request.Request(url, body), timeout=20) as response:
        return str(json.load(response)[0]["text"])


def _ask_until(port: int, text: str, beginning: tuple[str, ...]) -> bool:
    deadline = time.monotonic() + 2 * _SECONDS
    while time.monotonic() < deadline:
        with suppress(OSError):  # it hangs, or is not up again yet
            if _ask(port, text).startswith(beginning):
                return True
        time.sleep(0.2)
    return False


def _send(module: bytes, port: int, number: signal.Signals) -> None:
    """Sends a signal to a server, which is known by its module and its port."""
    sent = 0
    for folder in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            arguments = (folder / "cmdline").read_bytes().split(b"\0")
            if module in arguments and str(port).encode() in arguments:
                os.kill(int(folder.name), number)
                sent += 1
    assert sent == 1


def test_serve_answers_over_rest_revives_what_dies_or_hangs_and_stops_what_it_started(
    model_path: Path,
) -> None:
    port, actions_port = free_port(), free_port()
    server = subprocess.Popen(
        ["make", "serve"],
        cwd=ROOT,
        env=_environment(port, actions_port),
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    try:
        assert server.stdout is not None
        lines = iter(server.stdout.readline, "")
        assert any(f"http://{HOST}:{port}" in line for line in lines)
        assert _ask(port, "can one person do both jobs?").startswith(_BOTH)
        _send(b"rasa_sdk", actions_port, signal.SIGKILL)
        assert _ask_until(port, "can one person do both jobs?", _BOTH)
        for module, its_port in ((b"rasa_sdk", actions_port), (b"tools.rasa_cli", port)):
            time.sleep(2)  # whoever looks after it has heard of it too
            _send(module, its_port, signal.SIGSTOP)
            assert _ask_until(port, "can one person do both jobs?", _BOTH)
        # What visitors say, and what opens their conversations, is nobody else's.
        for name in (f".run/server-{port}.log", "conversations.db"):
            assert (ROOT / name).stat().st_mode & 0o077 == 0
    finally:
        os.killpg(server.pid, signal.SIGTERM)
        server.wait(2 * STOP_SECONDS + 10)
    assert _closes(port)
    assert _closes(actions_port)


def test_a_taken_port_is_told_in_one_line() -> None:
    with socket.socket() as listener:
        listener.bind((HOST, 0))
        listener.listen()
        port = listener.getsockname()[1]
        done = subprocess.run(
            ["make", "serve"],
            cwd=ROOT,
            env=_environment(free_port(), port),
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode
    assert f"Port {port} is taken" in done.stderr
    assert "ACTIONS_PORT=" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_port_that_is_no_number_is_told_in_one_line() -> None:
    environment = {**os.environ, "PORT": "five"}
    done = subprocess.run(
        ["make", "serve"], cwd=ROOT, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode
    assert "PORT=five is not a port number" in done.stderr
    assert "Traceback" not in done.stderr
