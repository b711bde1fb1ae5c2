"""Runs the assistant on free ports, with conversations kept where the caller wants them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import yaml

from benchmarks.processes import free_port
from tools import launch


@contextlib.contextmanager
def serving(model: Path, tracker_store: Mapping[str, Any], folder: Path) -> Iterator[str]:
    """Starts both servers as `make serve` does, and ends them; gives the server's address.

    Args:
        model: archive of the trained model.
        tracker_store: `tracker_store` of endpoints.yml.
        folder: receives the endpoints file and the server's log.
    """
    launch.RUN.mkdir(exist_ok=True)
    port, actions_port = free_port(), free_port()
    log, actions_log = folder / "server.log", launch.RUN / f"actions-{actions_port}.log"
    command = launch.rasa("run", "--interface", launch.HOST, "--port", str(port))
    command += ["--model", str(model), "--credentials", "credentials.yml"]
    command += ["--endpoints", str(_write_endpoints(folder, actions_port, tracker_store))]
    with contextlib.ExitStack() as stack:
        actions = launch.start_actions(actions_port)
        stack.callback(launch.stop, actions)
        server = launch.start(command, log)
        stack.callback(launch.stop, server)
        launch.wait_until_up(actions, f"http://{launch.HOST}:{actions_port}/health", actions_log)
        launch.wait_until_up(server, f"http://{launch.HOST}:{port}/", log)
        yield f"http://{launch.HOST}:{port}"
    actions_log.unlink(missing_ok=True)  # each run has another port


def _write_endpoints(folder: Path, actions_port: int, tracker_store: Mapping[str, Any]) -> Path:
    endpoints: dict[str, Any] = yaml.safe_load(Path("endpoints.yml").read_text(encoding="utf-8"))
    endpoints["action_endpoint"]["url"] = f"http://{launch.HOST}:{actions_port}/webhook"
    endpoints["tracker_store"] = dict(tracker_store)
    path = folder / "endpoints.yml"
    path.write_text(yaml.safe_dump(endpoints), encoding="utf-8")
    return path
