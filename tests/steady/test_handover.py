"""Servers that follow each other on one socket: nobody who asks meanwhile is refused."""

from __future__ import annotations

import http.client
import os
import signal
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from benchmarks.processes import free_port
from tests.conftest import ROOT
from tools import handover, kept_process, loopback
from tools.launch import HOST

# A server of the kind that Rasa runs; it tells its model. With a torn one it ends, with a slow one
# it is never ready.
_SERVER = """
import os, pathlib, sys, time
from sanic import Sanic
from sanic.response import text
from server import inherited_socket, metrics
inherited_socket.install()
metrics.serve()
if "torn" in sys.argv[1]:
    raise SystemExit("no such model")
if "slow" in sys.argv[1]:
    pathlib.Path("slow").write_text(str(os.getpid()))
    time.sleep(600)
app = Sanic("assistant")
app.add_route(lambda request: text(sys.argv[1]), "/")
app.run("0.0.0.0", 1, access_log=False, motd=False)
"""
# The launcher of one: hands over when it is asked to, to the model that stands in a file.
_LAUNCHER = """
import subprocess, sys, time
from pathlib import Path
from tools.handover import Served, listen
port = int(sys.argv[1])
def start(model, variables, descriptor):
    import os
    command = [sys.executable, "one_server.py", str(model)]
    return subprocess.Popen(command, env={**os.environ, **variables}, pass_fds=[descriptor])
Path(".run").mkdir(exist_ok=True)
served = Served(port, listen("127.0.0.1", port), start, Path("first"))
try:
    while True:
        served.tend(lambda: Path(Path("next").read_text()))
        time.sleep(0.1)
finally:
    served.kept.process.kill()
"""


def _get(port: int, path: str = "/") -> str:
    with urllib.request.urlopen(f"http://{HOST}:{port}{path}", timeout=600) as response:
        return str(response.read().decode())


def _until(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def _get_as_the_web_chat_does(port: int) -> str:
    """Asks again where a server that was leaving had read nothing of the question."""
    try:
        return _get(port)
    except http.client.RemoteDisconnected:
        return _get(port)


@pytest.fixture
def figures(monkeypatch: pytest.MonkeyPatch) -> int:
    """The port at which servers have their figures, one after the other."""
    port = free_port()
    monkeypatch.setenv("METRICS_PORT", str(port))
    return port


@pytest.fixture
def port(figures: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[int]:
    """The port of a launcher that runs in a folder of its own, which is this process's too."""
    monkeypatch.chdir(tmp_path)
    (tmp_path / "one_server.py").write_text(_SERVER, encoding="utf-8")
    (tmp_path / "launcher.py").write_text(_LAUNCHER, encoding="utf-8")
    port = free_port()
    environment = {**os.environ, "PYTHONPATH": str(ROOT)}
    process = subprocess.Popen([sys.executable, "launcher.py", str(port)], env=environment)
    try:
        while not handover.state_file(port).exists() or not handover._read(
            handover.state_file(port)
        ):
            assert process.poll() is None
            time.sleep(0.05)
        assert _get(port) == "first"
        yield port
    finally:
        process.send_signal(signal.SIGINT)
        process.wait()


def test_it_is_handed_over_while_somebody_asks(port: int, tmp_path: Path) -> None:
    told: list[str] = []
    stop = threading.Event()

    def ask() -> None:
        while not stop.is_set():
            try:
                told.append(_get_as_the_web_chat_does(port))
            except OSError as error:
                told.append(str(error))

    asking = [threading.Thread(target=ask) for _ in range(3)]
    for each in asking:
        each.start()
    (tmp_path / "next").write_text("second", encoding="utf-8")
    assert handover.ask_for_handover(port) == "serves second"
    assert _get(port) == "second"
    stop.set()
    for each in asking:
        each.join()
    assert set(told) <= {"first", "second"}
    assert "first" in told


def test_a_model_that_does_not_start_changes_nothing(port: int, tmp_path: Path) -> None:
    (tmp_path / "next").write_text("torn", encoding="utf-8")
    with pytest.raises(handover.CommandError, match="goes on as it was"):
        handover.ask_for_handover(port)
    assert _get(port) == "first"


def test_the_state_of_an_assistant_that_has_ended_is_none(tmp_path: Path) -> None:
    path = tmp_path / "serve-1"
    path.write_text("1 2 serves something\n", encoding="utf-8")
    assert handover._read(path) is None


def test_a_launcher_that_is_ended_meanwhile_leaves_no_server(port: int, tmp_path: Path) -> None:
    (tmp_path / "next").write_text("slow", encoding="utf-8")
    launcher, _, _ = handover._read(handover.state_file(port)) or ("", "", "")
    os.kill(int(launcher), signal.SIGUSR1)
    started = tmp_path / "slow"
    _until(lambda: started.exists() and bool(started.read_text(encoding="ascii")))
    os.kill(int(launcher), signal.SIGINT)
    following = Path("/proc", started.read_text(encoding="ascii"))
    _until(lambda: not following.exists())


def test_the_server_that_follows_has_figures_too(port: int, figures: int, tmp_path: Path) -> None:
    assert "assistant_content_faults" in _get(figures, "/metrics")
    (tmp_path / "next").write_text("second", encoding="utf-8")
    assert handover.ask_for_handover(port) == "serves second"  # the first one has ended
    _until(lambda: loopback.answers(f"http://{HOST}:{figures}/metrics", 1))


def test_a_port_that_is_no_number_is_told_in_one_line() -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tools.handover"],
        cwd=ROOT,
        env={**os.environ, "PORT": "five"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 1
    assert done.stderr == "make: PORT=five is not a port number (1 to 65535).\n"


def test_a_process_that_does_not_end_is_killed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(kept_process, "STOP_SECONDS", 0.5)
    deaf = "import signal; signal.signal(signal.SIGTERM, signal.SIG_IGN); print(1, flush=True)"
    command = [sys.executable, "-c", f"{deaf}; signal.pause()"]
    process = subprocess.Popen(command, stdout=subprocess.PIPE)
    assert process.stdout is not None
    process.stdout.readline()
    kept_process.end(process)
    assert process.returncode == -signal.SIGKILL
