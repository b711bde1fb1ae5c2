"""The assistant as several servers on loopback: nginx, Rasa and action servers, databases."""

from __future__ import annotations

import contextlib
import os
import secrets
import subprocess
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from benchmarks.processes import free_port
from benchmarks.services import (
    Postgresql,
    Redis,
    nginx,
    open_folder,
    postgresql,
    redis,
    wait_for_port,
)
from tools import launch

NGINX_CONFIGURATION = Path("deploy/nginx.conf")


@dataclass
class Node:
    """A server of ours on a port that it keeps.

    Attributes:
        command: starts it.
        port: where it listens.
        log: receives its output.
        environment: its variables.
    """

    command: list[str]
    port: int
    log: Path
    environment: dict[str, str]
    process: subprocess.Popen[bytes] = field(init=False)

    @property
    def address(self) -> str:
        """Host and port."""
        return f"{launch.HOST}:{self.port}"

    def start(self) -> None:
        """Starts it without waiting for it."""
        with self.log.open("ab") as stream:
            self.process = subprocess.Popen(
                self.command, env=self.environment, stdout=stream, stderr=stream
            )

    def wait(self) -> None:
        """Waits until it answers.

        Raises:
            LaunchError: if it does not.
        """
        launch.wait_until_up(self.process, f"http://{self.address}/health", self.log)

    def stop(self) -> None:
        """Ends it in peace."""
        launch.stop(self.process)

    def kill(self) -> None:
        """Ends it as a crash would."""
        self.process.kill()
        self.process.wait()


@dataclass
class Topology:
    """All that runs."""

    folder: Path
    address: str
    nginx_id: int
    bots: list[Node]
    actions: list[Node]
    database: Postgresql
    redis: Redis


@contextlib.contextmanager
def running(model: Path) -> Iterator[Topology]:
    """Runs two bot servers and two action servers, as compose.yml does, while the block runs.

    The configuration is that of production: endpoints.production.yml, credentials.production.yml
    and deploy/nginx.conf, with loopback addresses.

    Args:
        model: the trained model.

    Raises:
        MissingProgram: if PostgreSQL, Redis or nginx is not installed.
        LaunchError: if a server does not start.
    """
    with contextlib.ExitStack() as stack:
        folder = stack.enter_context(open_folder())
        database = stack.enter_context(postgresql(folder / "postgresql"))
        cache = stack.enter_context(redis(folder))
        port, actions_port = free_port(), free_port()
        environment = _environment(database, cache, actions_port)
        actions = [_actions(folder, environment) for _ in range(2)]
        bots = [_bot(folder, environment, model) for _ in range(2)]
        for node in (*actions, *bots):
            node.start()
            stack.callback(node.stop)
        addresses = {
            "listen 8080": f"listen {launch.HOST}:{port}",
            "listen 5055": f"listen {launch.HOST}:{actions_port}",
        }
        for number, (bot, action) in enumerate(zip(bots, actions, strict=True), 1):
            # Names are resolved anew by later releases of nginx than Debian's.
            addresses[f"bot-{number}:5005 resolve"] = bot.address
            addresses[f"actions-{number}:5055 resolve"] = action.address
        nginx_id = stack.enter_context(nginx(folder, NGINX_CONFIGURATION, addresses))
        for node in (*actions, *bots):
            node.wait()
        wait_for_port(port)
        address = f"http://{launch.HOST}:{port}"
        yield Topology(folder, address, nginx_id, bots, actions, database, cache)


def _environment(database: Postgresql, cache: Redis, actions_port: int) -> dict[str, str]:
    return {
        **os.environ,
        "SANIC_HOST": launch.HOST,
        "LOG_FORMAT": "json",
        "ACTIONS_URL": f"http://{launch.HOST}:{actions_port}/webhook",
        "DATABASE_URL": database.url,
        "REDIS_URL": cache.url,
        "WEBCHAT_SECRET": secrets.token_hex(32),
        "WEBCHAT_ORIGINS": "",
        "WEBCHAT_PROXIES_COUNT": "1",
        "WEBCHAT_RATE_STORAGE": cache.url,
    }


def _actions(folder: Path, environment: dict[str, str]) -> Node:
    port = free_port()
    log = folder / f"actions-{port}.log"
    return Node(launch.actions_command(port), port, log, environment)


def _bot(folder: Path, environment: dict[str, str], model: Path) -> Node:
    port = free_port()
    command = launch.rasa("run", "--interface", launch.HOST, "--port", str(port))
    command += ["--model", str(model), "--endpoints", "endpoints.production.yml"]
    command += ["--credentials", "credentials.production.yml"]
    return Node(command, port, folder / f"bot-{port}.log", environment)
