"""Starts the assistant: the action server, and beside it the Rasa shell or the Rasa server."""

from __future__ import annotations

import argparse
import os
import re
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Mapping, Sequence
from functools import partial
from pathlib import Path
from typing import Any

import yaml

from content.live import live_content
from content.loader import Content, ContentError
from tools import loopback
from tools.console import CommandError, port_from_environment
from tools.handover import RUN, Served, listen
from tools.kept_log import KeptLog
from tools.kept_process import START_SECONDS, KeptProcess, Watchdog, end
from tools.place import file_of
from tools.rasa_cli import QUIET_ENVIRONMENT
from tools.train import model_to_serve

HOST = "127.0.0.1"
#: What is configured unless somebody says otherwise.
ENDPOINTS, CREDENTIALS = file_of("endpoints.yml"), file_of("credentials.yml")
_TEND_SECONDS = 0.3


class LaunchError(CommandError):
    """The assistant cannot start; the message is for the person at the terminal."""


class _StopRequest(Exception):
    """Somebody asked this process to end."""


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


def write_endpoints(actions_port: int, source: Path = ENDPOINTS) -> Path:
    """An endpoints file with the action server's port of this run; returns its path."""
    endpoints: dict[str, Any] = yaml.safe_load(source.read_text(encoding="utf-8"))
    endpoints["action_endpoint"]["url"] = f"http://{HOST}:{actions_port}/webhook"
    path = RUN / f"endpoints-{actions_port}.yml"
    path.write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    return path


def variables_of(path: Path) -> set[str]:
    """Variables of the environment that a configuration file asks for, as `${NAME}`."""
    values = yaml.safe_dump(yaml.safe_load(path.read_text(encoding="utf-8")))  # without comments
    return set(re.findall(r"\$\{(\w+)\}", values))


def require_variables(path: Path) -> None:
    """Raises LaunchError if a configuration file asks for a variable that is not set.

    Rasa fills in `${NAME}` itself; what it says of a missing one stands in a log, a minute later.
    """
    if not path.is_file():
        raise LaunchError(f"{path} is missing.")
    missing = variables_of(path) - set(os.environ)
    if missing:
        raise LaunchError(f"{path} needs these variables: {', '.join(sorted(missing))}.")


def start(
    command: Sequence[str],
    log: Path | None = None,
    folder: Path | None = None,
    variables: Mapping[str, str] | None = None,
    descriptors: Sequence[int] = (),
) -> subprocess.Popen[bytes]:
    """Starts a process.

    Args:
        command: what to run.
        log: receives its output; without one, the terminal does.
        folder: where it runs; in this one if not given.
        variables: of its environment, besides those of this process.
        descriptors: that it inherits.
    """
    environment = {**os.environ, **QUIET_ENVIRONMENT, "SANIC_HOST": HOST, **(variables or {})}
    if log is None:
        return subprocess.Popen(command, env=environment, cwd=folder)
    with log.open("ab") as stream:
        return subprocess.Popen(
            command,
            env=environment,
            cwd=folder,
            pass_fds=descriptors,
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
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline:
        if process.poll() is not None:
            raise LaunchError(f"A server ended while starting; see the end of {log}.")
        if loopback.answers(url, 2):
            return
        time.sleep(0.1)
    raise LaunchError(f"A server did not answer within {START_SECONDS} s; see {log}.")


def stop(process: subprocess.Popen[bytes]) -> None:
    """Ends a process that this one started."""
    end(process)


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


def run(mode: str, endpoints: Path = ENDPOINTS, credentials: Path = CREDENTIALS) -> int:
    """Runs the assistant until somebody ends it.

    Args:
        mode: "chat" or "serve".
        endpoints: the databases; the action server's address is written anew.
        credentials: the channels.
    """
    port = port_from_environment("PORT", 5005)
    actions_port = port_from_environment("ACTIONS_PORT", 5055)
    require_free_port(port, "PORT")
    require_free_port(actions_port, "ACTIONS_PORT")
    os.umask(0o077)  # what is written from here on is nobody else's
    os.environ["ACTIONS_URL"] = f"http://{HOST}:{actions_port}/webhook"
    for path in (endpoints, credentials):
        require_variables(path)
    RUN.mkdir(exist_ok=True)
    choose = partial(model_to_serve, _content) if mode == "serve" else model_to_serve
    model = choose()
    print("Starting ...", flush=True)
    options = ["--endpoints", str(write_endpoints(actions_port, endpoints)), "--port", str(port)]
    log, actions_log = RUN / f"server-{port}.log", RUN / f"actions-{actions_port}.log"
    for old in (log, actions_log):
        old.unlink(missing_ok=True)
    health = Watchdog(f"http://{HOST}:{actions_port}/health")
    actions = KeptProcess("The action server", lambda: start_actions(actions_port), health)
    try:
        if mode == "chat":
            wait_until_up(actions.process, f"http://{HOST}:{actions_port}/health", actions_log)
            return _chat([*options, "--model", str(model)], actions)
        options += ["--credentials", str(credentials)]
        return _serve(options, choose, model, port, log, actions, actions_port, actions_log)
    finally:
        stop(actions.process)


def _content() -> Content:
    """The content, the last good one if it has faults: a server that goes down must come up again.

    Raises:
        ContentError: if it has faults and never was without.
    """
    live = live_content()
    content = live.get()
    for fault in live.faults:
        print(f"make: {fault}", file=sys.stderr)
    if live.faults:
        print("make: going on with the last content without a fault.", file=sys.stderr, flush=True)
    return content


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
    choose: Callable[[], Path],
    model: Path,
    port: int,
    log: Path,
    actions: KeptProcess,
    actions_port: int,
    actions_log: Path,
) -> int:
    command = rasa("run", "--interface", HOST, *options)
    kept_logs = [KeptLog(log), KeptLog(actions_log)]
    with_model = partial(_start_server, command, log)
    health = Watchdog(f"http://{HOST}:{port}/health")
    server = Served(port, listen(HOST, port), with_model, model, health)
    try:
        wait_until_up(actions.process, f"http://{HOST}:{actions_port}/health", actions_log)
        wait_until_up(server.kept.process, f"http://{HOST}:{port}/", log)
        print(f"Chat at http://{HOST}:{port}/ (Ctrl-C ends it; log: {log})", flush=True)
        while True:
            server.tend(choose)
            actions.tend()
            for each in kept_logs:
                each.tend()
            time.sleep(_TEND_SECONDS)
    finally:
        stop(server.kept.process)


def _start_server(
    command: Sequence[str], log: Path, model: Path, variables: dict[str, str], descriptor: int
) -> subprocess.Popen[bytes]:
    with_model = [*command, "--model", str(model)]
    return start(with_model, log, variables=variables, descriptors=[descriptor])


def _ask_to_stop(*_: Any) -> None:
    # Once is enough: make passes a signal on that its whole group has had already, and a second one
    # would interrupt the stopping.
    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, signal.SIG_IGN)
    raise _StopRequest


def main() -> int:
    """Command line: `python -m tools.launch chat|serve`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("mode", choices=["chat", "serve"])
    parser.add_argument("--endpoints", type=Path, default=ENDPOINTS)
    parser.add_argument("--credentials", type=Path, default=CREDENTIALS)
    options = parser.parse_args()
    signal.signal(signal.SIGTERM, _ask_to_stop)
    signal.signal(signal.SIGINT, _ask_to_stop)
    loopback.bypass_proxies()
    try:
        return run(options.mode, options.endpoints, options.credentials)
    except _StopRequest:
        return 0
    except (CommandError, ContentError, RuntimeError, OSError) as error:
        print(f"make: {error}", file=sys.stderr)
        return 1


if __name__ == "__main__":
    sys.exit(main())
