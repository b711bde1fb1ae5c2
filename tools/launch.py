"""Starts the assistant: the action server, and beside it the Rasa shell or the Rasa server."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import yaml

from content.loader import ContentError
from tools.console import CommandError
from tools.kept_process import KeptProcess
from tools.place import file_of
from tools.rasa_cli import QUIET_ENVIRONMENT
from tools.train import train_if_changed

HOST = "127.0.0.1"
RUN = Path(".run")
_START_SECONDS = 90
_STOP_SECONDS = 10
_TEND_SECONDS = 0.3


class LaunchError(CommandError):
    """The assistant cannot start; the message is for the person at the terminal."""


class _StopRequest(Exception):
    """Somebody asked this process to end."""


def port_from_environment(name: str, default: int) -> int:
    """A port number from the environment.

    Raises:
        LaunchError: if the value is not a port.
    """
    value = os.environ.get(name) or str(default)
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise LaunchError(f"{name}={value} is not a port number (1 to 65535).")
    return int(value)


def require_free_port(port: int, name: str) -> None:
    """Raises LaunchError if something listens on the port already."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, port))
        except OSError as error:
            raise LaunchError(
                f"Port {port} is taken ({error.strerror}). Choose another with {name}=..."
            ) from error


def write_endpoints(actions_port: int) -> Path:
    """endpoints.yml with the action server's port of this run; returns its path."""
    endpoints: dict[str, Any] = yaml.safe_load(file_of("endpoints.yml").read_text(encoding="utf-8"))
    endpoints["action_endpoint"]["url"] = f"http://{HOST}:{actions_port}/webhook"
    path = RUN / f"endpoints-{actions_port}.yml"
    path.write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    return path


def start(
    command: Sequence[str], log: Path | None = None, folder: Path | None = None
) -> subprocess.Popen[bytes]:
    """Starts a process.

    Args:
        command: what to run.
        log: receives its output; without one, the terminal does.
        folder: where it runs; in this one if not given.
    """
    environment = {**os.environ, **QUIET_ENVIRONMENT, "SANIC_HOST": HOST}
    if log is None:
        return subprocess.Popen(command, env=environment, cwd=folder)
    with log.open("ab") as stream:
        return subprocess.Popen(
            command,
            env=environment,
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=stream,
            stderr=subprocess.STDOUT,
            start_new_session=True,  # Ctrl-C at the terminal is for the launcher to handle
        )


def wait_until_up(process: subprocess.Popen[bytes], url: str, log: Path) -> None:
    """Waits for a server to answer.

    Raises:
        LaunchError: if it ends first, or takes too long.
    """
    deadline = time.monotonic() + _START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise LaunchError(f"A server ended while starting; see the end of {log}.")
        try:
            with urllib.request.urlopen(url, timeout=2):
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    raise LaunchError(f"A server did not answer within {_START_SECONDS} s; see {log}.")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a process that this one started."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


def start_actions(port: int) -> subprocess.Popen[bytes]:
    """Starts the action server; `wait_until_up` tells when it can be used."""
    return start(actions_command(port), RUN / f"actions-{port}.log")


def actions_command(port: int) -> list[str]:
    """Command line of an action server with the package `actions` of the folder it runs in."""
    command = [sys.executable, "-W", "ignore", "-m", "rasa_sdk", "--actions", "actions"]
    return [*command, "--port", str(port)]


def rasa(*arguments: str) -> list[str]:
    """Command line of Rasa in this environment."""
    return [sys.executable, "-m", "tools.rasa_cli", *arguments]


def run(mode: str) -> int:
    """Runs the assistant until somebody ends it; `mode` is "chat" or "serve"."""
    port = port_from_environment("PORT", 5005)
    actions_port = port_from_environment("ACTIONS_PORT", 5055)
    require_free_port(port, "PORT")
    require_free_port(actions_port, "ACTIONS_PORT")
    RUN.mkdir(exist_ok=True)
    model = train_if_changed()
    print("Starting ...", flush=True)
    options = ["--model", str(model), "--port", str(port)]
    options += ["--endpoints", str(write_endpoints(actions_port))]
    log, actions_log = RUN / f"server-{port}.log", RUN / f"actions-{actions_port}.log"
    for old in (log, actions_log):
        old.unlink(missing_ok=True)
    actions = KeptProcess("The action server", lambda: start_actions(actions_port))
    try:
        if mode == "chat":
            wait_until_up(actions.process, f"http://{HOST}:{actions_port}/health", actions_log)
            return _chat(options, actions)
        return _serve(options, port, log, actions, actions_port, actions_log)
    finally:
        stop(actions.process)


def _chat(options: list[str], actions: KeptProcess) -> int:
    shell = start(rasa("shell", "--quiet", *options))
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C ends the shell; then this goes on
    try:
        while shell.poll() is None:
            actions.tend()
            time.sleep(_TEND_SECONDS)
    finally:
        stop(shell)
    return 0


def _serve(
    options: list[str],
    port: int,
    log: Path,
    actions: KeptProcess,
    actions_port: int,
    actions_log: Path,
) -> int:
    command = rasa(
        "run", "--interface", HOST, "--credentials", str(file_of("credentials.yml")), *options
    )
    server = KeptProcess("The server", lambda: start(command, log))
    try:
        wait_until_up(actions.process, f"http://{HOST}:{actions_port}/health", actions_log)
        wait_until_up(server.process, f"http://{HOST}:{port}/", log)
        print(f"Chat at http://{HOST}:{port}/ (Ctrl-C ends it; log: {log})", flush=True)
        while True:
            server.tend()
            actions.tend()
            time.sleep(_TEND_SECONDS)
    finally:
        stop(server.process)


def _ask_to_stop(*_: Any) -> None:
    # Once is enough: make passes a signal on that its whole group has had already, and a second one
    # would interrupt the stopping.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    raise _StopRequest


def main() -> int:
    """Command line: `python -m tools.launch chat|serve`."""
    signal.signal(signal.SIGTERM, _ask_to_stop)
    signal.signal(signal.SIGINT, _ask_to_stop)
    try:
        return run(sys.argv[1])
    except _StopRequest:
        return 0
    except (LaunchError, ContentError, RuntimeError, OSError) as error:
        print(f"make: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
