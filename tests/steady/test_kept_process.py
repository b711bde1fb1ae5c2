"""A process that ends is started again."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from benchmarks.processes import free_port
from tests.conftest import ROOT
from tools import loopback
from tools.kept_process import KeptProcess, Watchdog
from tools.launch import HOST

# As `python -m tools.watched`, but for its patience.
_WATCHED = """
import sys
from tools import kept_process, watched
patient = kept_process.Watchdog
watched.Watchdog = lambda url: patient(url, every=0.5, failures=2, start_seconds=60)
sys.exit(watched.main())
"""
_SERVER = "from http.server import *; HTTPServer(('127.0.0.1', {port}), SimpleHTTPRequestHandler)"


def test_it_runs_again_after_a_pause_that_grows(capsys: pytest.CaptureFixture[str]) -> None:
    started: list[float] = []

    def start() -> subprocess.Popen[bytes]:
        started.append(time.monotonic())
        return subprocess.Popen([sys.executable, "-c", "raise SystemExit(3)"])

    kept = KeptProcess("The process", start)
    while len(started) < 3:
        kept.process.wait()
        kept.tend()
        time.sleep(0.01)
    assert started[1] - started[0] >= 0.5
    assert started[2] - started[1] >= 1.0
    assert "The process ended with 3; it is started again in 0.5 s." in capsys.readouterr().err


def test_one_that_runs_is_left_alone() -> None:
    kept = KeptProcess(
        "The process",
        lambda: subprocess.Popen([sys.executable, "-c", "import time; time.sleep(9)"]),
    )
    before = kept.process
    kept.tend()
    assert kept.process is before
    before.kill()
    before.wait()


def _server(port: int) -> list[str]:
    return [sys.executable, "-c", f"{_SERVER.format(port=port)}.serve_forever()"]


def _quick(port: int) -> Watchdog:
    return Watchdog(f"http://{HOST}:{port}/", every=0.5, failures=2, start_seconds=60)


def _until(happens: Callable[[], bool]) -> None:
    deadline = time.monotonic() + 120
    while not happens():
        assert time.monotonic() < deadline
        time.sleep(0.05)


def test_one_that_hangs_is_killed_and_runs_again(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    port = free_port()
    url = f"http://{HOST}:{port}/"
    kept = KeptProcess(
        "The server",
        lambda: subprocess.Popen(_server(port), cwd=tmp_path, stderr=subprocess.DEVNULL),
        _quick(port),
    )
    _until(lambda: loopback.answers(url, 1))
    first = kept.process
    time.sleep(2)
    assert first.poll() is None  # it is left alone as long as it answers
    first.send_signal(signal.SIGSTOP)

    def is_back() -> bool:
        kept.tend()
        return kept.process is not first and loopback.answers(url, 1)

    try:
        _until(is_back)
        assert "The server does not answer and is killed." in capfd.readouterr().err
    finally:
        kept.process.kill()
        kept.process.wait()


def test_for_a_container_it_ends_so_that_the_container_is_started_again(tmp_path: Path) -> None:
    port = free_port()
    starter = f"import os, sys; print(os.getpid(), flush=True); {_SERVER.format(port=port)}"
    command = [sys.executable, "-c", f"{starter}.serve_forever()"]
    watched = subprocess.Popen(
        [sys.executable, "-c", _WATCHED, f"http://{HOST}:{port}/", *command],
        cwd=ROOT,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    assert watched.stdout is not None
    server = int(watched.stdout.readline())
    _until(lambda: loopback.answers(f"http://{HOST}:{port}/", 1))
    os.kill(server, signal.SIGSTOP)
    assert watched.wait(120) == 128 + signal.SIGKILL


def test_what_ends_a_container_ends_its_server() -> None:
    port = free_port()
    watched = subprocess.Popen(
        [sys.executable, "-m", "tools.watched", f"http://{HOST}:{port}/", *_server(port)],
        cwd=ROOT,
        stderr=subprocess.DEVNULL,
    )
    _until(lambda: loopback.answers(f"http://{HOST}:{port}/", 1))
    watched.terminate()
    watched.wait(60)
    assert not loopback.answers(f"http://{HOST}:{port}/", 1)
