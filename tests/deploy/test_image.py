"""The image of the Dockerfile: what is in it, and that it answers as an orchestrator runs it."""

from __future__ import annotations

import os
import secrets
import shlex
import subprocess
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from pathlib import Path

import pytest
import yaml

from benchmarks.processes import free_port
from benchmarks.services import postgresql, redis
from tests.channels.visitor import Visitor, call
from tests.conftest import ROOT
from tests.deploy.image import PROGRAMS, Image, built, context_with_secrets, is_root
from tests.deploy.programs import needed
from tools import launch

_SECRET = "planted-" + secrets.token_hex(8)
_PLANTED = (
    ".env",
    ".git/config",
    ".run/webchat_secret",
    "actions/.env",
    "content/.env.production",
    "content/statements.yml.orig",
    "conversations.db",
    "data/key.pem",
    "models/old.tar.gz",
    "nlu/id_rsa",
    "reading/weights/notes.txt",
    "server/__pycache__/left.pyc",
    "widget/dist/.env",
)
_USER = "10001"


@pytest.fixture(scope="module")
def image(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Image]:
    """The image, built beside files that must stay out of it."""
    if not is_root() and not os.environ.get("REQUIRE_DEPLOY"):
        pytest.skip("building an image takes root's rights here")
    for name in PROGRAMS:
        needed(name)
    context = tmp_path_factory.mktemp("context")
    context_with_secrets(context, dict.fromkeys(_PLANTED, _SECRET))
    with built(tmp_path_factory.mktemp("image"), context) as image:
        yield image


def test_nothing_is_in_it_that_lay_beside_what_it_needs(image: Image) -> None:
    found = image.run("find", "/app", "-name", ".venv", "-prune", "-o", "-type", "f", "-print")
    files = {name.removeprefix("/app/") for name in found.split() if "__pycache__" not in name}
    tracked = subprocess.run(
        ["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True
    )
    made = {name for name in files if name.startswith("models/assistant-")}
    assert len(made) == 1
    assert files - made <= set(tracked.stdout.split())
    assert not {name for name in files if name.startswith(("tests/", "reading/data/", "docs/"))}
    places = "--exclude-dir=proc --exclude-dir=sys --exclude-dir=.venv"
    holding = image.run("sh", "-c", f"grep -rlF {_SECRET} / {places} 2>/dev/null; true")
    assert holding == ""


def test_it_runs_as_somebody_without_rights_and_writes_to_tmp_alone(image: Image) -> None:
    assert image.run("id", "-u").strip() == _USER
    tried = (
        "for place in /app /app/models /etc /home /var /usr; do touch $place/x && echo $place; done"
    )
    assert "/" not in image.run("sh", "-c", f"({tried}) 2>/dev/null; true")
    assert image.run("sh", "-c", "touch /tmp/x && echo written").strip() == "written"


@contextmanager
def _container(
    image: Image, command: Sequence[str], port: int, variables: Mapping[str, str], log: Path
) -> Iterator[str]:
    options = [f"--env={name}={value}" for name, value in variables.items()]
    started = [*image.run_command(options, command)]
    process = launch.start(started, log)
    try:
        base = f"http://{launch.HOST}:{port}"
        launch.wait_until_up(process, f"{base}/health", log)
        yield base
    finally:
        launch.stop(process)


def test_a_question_is_answered_by_containers_as_compose_starts_them(
    image: Image, open_folder: Path
) -> None:
    compose = yaml.safe_load((ROOT / "compose.yml").read_text(encoding="utf-8"))
    actions_command = compose["services"]["actions-1"]["command"]
    port, actions_port = free_port(), free_port()
    with ExitStack() as stack:
        database = stack.enter_context(postgresql(open_folder / "postgresql"))
        cache = stack.enter_context(redis(open_folder))
        variables = {
            "SANIC_HOST": launch.HOST,
            "ACTIONS_URL": f"http://{launch.HOST}:{actions_port}/webhook",
            "DATABASE_URL": database.url,
            "REDIS_URL": cache.url,
            "WEBCHAT_SECRET": secrets.token_hex(32),
            "WEBCHAT_ORIGINS": "",
            "WEBCHAT_PROXIES_COUNT": "1",
            "WEBCHAT_RATE_STORAGE": cache.url,
        }
        text = shlex.join(actions_command).replace("5055", str(actions_port))
        actions_log, log = open_folder / "actions.log", open_folder / "bot.log"
        stack.enter_context(
            _container(image, shlex.split(text), actions_port, variables, actions_log)
        )
        command = [*image.command, "--port", str(port)]
        base = stack.enter_context(_container(image, command, port, variables, log))
        assert call(base, "GET", "/ready").status == 200, log.read_text(encoding="utf-8")
        (reply,) = Visitor(base).begin().say("what skills does an ML engineer need?")
        assert (reply["kind"], reply["verdict"]) == ("answer", "answered")
        assert call(base, "GET", "/widget.js").status == 200
    for each in (actions_log, log):
        assert "Read-only file system" not in each.read_text(encoding="utf-8")
