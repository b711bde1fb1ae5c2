"""What child processes cost: seconds and memory."""

from __future__ import annotations

import os
import resource
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.console import CommandError
from tools.launch import HOST
from tools.rasa_cli import QUIET_ENVIRONMENT

_POLL_SECONDS = 0.02
_MAXRSS_BYTES = 1 if sys.platform == "darwin" else 1024


@dataclass(frozen=True)
class Cost:
    """What a child process took.

    Attributes:
        seconds: from its start to its end.
        peak_mb: most memory it had in use at once, in 10^6 bytes.
    """

    seconds: float
    peak_mb: float


def run_measured(
    command: Sequence[str],
    log: Path,
    limit: float,
    variables: Mapping[str, str],
    folder: Path | None = None,
) -> Cost:
    """Runs a command to its end; its output goes to the log.

    Args:
        command: what to run.
        log: receives the output.
        limit: seconds after which it is ended.
        variables: added to the environment.
        folder: where it runs; in this one if not given.

    Raises:
        CommandError: if it fails or takes too long.
    """
    environment = {**os.environ, **QUIET_ENVIRONMENT, **variables}
    log.parent.mkdir(parents=True, exist_ok=True)
    started = time.monotonic()
    with log.open("wb") as stream:
        process = subprocess.Popen(
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # so that all of it can be ended
        )
    try:
        usage = _wait(process, started + limit)
    finally:
        _kill(process)
    if usage is None:
        raise CommandError(f"a step took longer than {limit:.0f} s and was ended; see {log}")
    if process.returncode:
        raise CommandError(f"a step failed; the reason stands at the end of {log}")
    return Cost(time.monotonic() - started, usage.ru_maxrss * _MAXRSS_BYTES / 1e6)


def _wait(process: subprocess.Popen[bytes], deadline: float) -> resource.struct_rusage | None:
    # os.wait4, as getrusage(RUSAGE_CHILDREN) mixes all children that ever ended.
    while time.monotonic() < deadline:
        pid, status, usage = os.wait4(process.pid, os.WNOHANG)
        if pid:
            process.returncode = os.waitstatus_to_exitcode(status)
            return usage
        time.sleep(_POLL_SECONDS)
    return None


def _kill(process: subprocess.Popen[bytes]) -> None:
    if process.returncode is None:
        os.killpg(process.pid, signal.SIGKILL)
        process.wait()


def resident_mb(pid: int) -> float:
    """Memory that a process has in use now, in 10^6 bytes."""
    statistics = Path(f"/proc/{pid}/statm")
    if statistics.exists():
        return int(statistics.read_text().split()[1]) * resource.getpagesize() / 1e6
    shown = subprocess.run(  # macOS has no /proc
        ["ps", "-o", "rss=", "-p", str(pid)], capture_output=True, text=True, check=True
    )
    return int(shown.stdout) * 1024 / 1e6


def free_port() -> int:
    """A port on loopback that nobody listens on."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])
