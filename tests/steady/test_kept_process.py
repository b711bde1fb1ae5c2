"""A process that ends is started again."""

from __future__ import annotations

import subprocess
import sys
import time

import pytest

from tools.kept_process import KeptProcess


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
