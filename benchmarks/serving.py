"""Runs a Rasa server and its action server on free ports of loopback."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from benchmarks.processes import free_port
from tools import launch


@dataclass(frozen=True)
class Running:
    """Two servers that run.

    Attributes:
        address: of the Rasa server.
        server: process id of the Rasa server.
        actions: process id of the action server.
    """

    address: str
    server: int
    actions: int


@contextlib.contextmanager
def running(
    run: Sequence[str], endpoints: Mapping[str, Any], folder: Path, home: Path | None = None
) -> Iterator[Running]:
    """Starts both servers at once, waits until they answer, and ends them.

    Args:
        run: command line of `rasa run`, without addresses and endpoints.
        endpoints: what endpoints.yml says, but for the action server's address.
        folder: receives the endpoints file.
        home: where both run, with the package `actions` in it; in this folder if not given.

    Raises:
        LaunchError: if a server does not start; it names the log, which is kept only then.
    """
    launch.RUN.mkdir(exist_ok=True)
    port, actions_port = free_port(), free_port()
    log, actions_log = (launch.RUN / f"bench-{n}.log" for n in (port, actions_port))
    command = [*run, "--interface", launch.HOST, "--port", str(port)]
    command += ["--endpoints", str(_write_endpoints(folder, actions_port, endpoints))]
    with contextlib.ExitStack() as stack:
        actions = launch.start(launch.actions_command(actions_port), actions_log, home)
        stack.callback(launch.stop, actions)
        server = launch.start(command, log, home)
        stack.callback(launch.stop, server)
        launch.wait_until_up(actions, f"http://{launch.HOST}:{actions_port}/health", actions_log)
        launch.wait_until_up(server, f"http://{launch.HOST}:{port}/", log)
        yield Running(f"http://{launch.HOST}:{port}", server.pid, actions.pid)
    for each in (log, actions_log):  # each run has other ports
        each.unlink(missing_ok=True)


@contextlib.contextmanager
def serving(model: Path, tracker_store: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """Runs the assistant as `make serve` does; gives the server's address.

    Args:
        model: archive of the trained model.
        tracker_store: `tracker_store` of endpoints.yml.
        folder: receives the endpoints file.
    """
    command = launch.rasa("run", "--model", str(model), "--credentials", "credentials.yml")
    endpoints = {**own_endpoints(), "tracker_store": dict(tracker_store)}
    with running(command, endpoints, folder) as servers:
        yield servers.address


def own_endpoints() -> dict[str, Any]:
    """What the project's endpoints.yml says."""
    endpoints: dict[str, Any] = yaml.safe_load(Path("endpoints.yml").read_text(encoding="utf-8"))
    return endpoints


def _write_endpoints(folder: Path, actions_port: int, endpoints: Mapping[str, Any]) -> Path:
    url = f"http://{launch.HOST}:{actions_port}/webhook"
    action_endpoint = {**endpoints.get("action_endpoint", {}), "url": url}
    path = folder / "endpoints.yml"
    path.write_text(
        yaml.safe_dump({**endpoints, "action_endpoint": action_endpoint}), encoding="utf-8"
    )
    return path
