"""compose.yml, nginx.conf, the Dockerfile and the production files fit together."""

from __future__ import annotations

import json
import re
from typing import Any

import pytest
import yaml

from benchmarks import capacity
from content.loader import content_files, content_folder
from tests.conftest import ROOT
from tools.launch import variables_of
from tools.train import inputs

_COMPOSE: dict[str, Any] = yaml.safe_load((ROOT / "compose.yml").read_text(encoding="utf-8"))
_SERVICES = _COMPOSE["services"]
_NGINX = (ROOT / "deploy" / "nginx.conf").read_text(encoding="utf-8")
_DOCKERFILE = (ROOT / "Dockerfile").read_text(encoding="utf-8")
_BOTS = ("bot-1", "bot-2")


@pytest.mark.parametrize("bot", _BOTS)
@pytest.mark.parametrize("name", ["endpoints.production.yml", "credentials.production.yml"])
def test_a_bot_has_every_variable_that_it_needs(bot: str, name: str) -> None:
    assert variables_of(ROOT / name) <= set(_SERVICES[bot]["environment"])


def test_purging_has_every_variable_that_it_needs() -> None:
    needed = variables_of(ROOT / "endpoints.production.yml")
    assert needed <= set(_SERVICES["purge"]["environment"])


def test_conversations_are_kept_for_as_long_everywhere() -> None:
    endpoints = yaml.safe_load((ROOT / "endpoints.production.yml").read_text(encoding="utf-8"))
    days = endpoints["tracker_store"]["keep_days"]
    assert f"${{KEEP_DAYS:-{days}}}" in _SERVICES["purge"]["command"]
    assert days == capacity._KEPT_DAYS


def test_nginx_knows_exactly_the_servers_that_run() -> None:
    servers = set(re.findall(r"server ([\w-]+):\d+", _NGINX))
    assert servers == {name for name in _SERVICES if re.match(r"(bot|actions)-", name)}


def test_every_secret_comes_from_the_environment() -> None:
    for service in _SERVICES.values():
        for name, value in service.get("environment", {}).items():
            for secret in re.findall(r"://\w*:(.*)@", str(value)):
                assert secret.startswith("${"), name
            if "SECRET" in name or "PASSWORD" in name:
                assert value.startswith("${"), name


def test_the_image_has_all_that_a_model_is_made_from() -> None:
    lines = (ROOT / ".dockerignore").read_text(encoding="utf-8").splitlines()
    let_in = {path for line in lines if line.startswith("!") for path in ROOT.glob(line[1:])}
    needed = {(ROOT / path).resolve() for path in (*inputs(), *content_files(content_folder()))}
    assert sorted(needed - {path.resolve() for path in let_in}) == []


@pytest.mark.parametrize("name", ["bot-1", "bot-2", "actions-1", "actions-2", "purge"])
def test_our_servers_run_without_rights(name: str) -> None:
    service = _SERVICES[name]
    assert service["read_only"] is True
    assert service["cap_drop"] == ["ALL"]
    assert service["networks"] == ["inside"]
    assert re.search(r"^USER \d+$", _DOCKERFILE, re.MULTILINE)


def test_only_nginx_can_be_reached_from_outside() -> None:
    assert [name for name, service in _SERVICES.items() if "ports" in service] == ["nginx"]
    assert _COMPOSE["networks"]["inside"] == {"internal": True}


def test_nginx_shows_visitors_nothing_of_operations() -> None:
    public = _NGINX[_NGINX.index("listen 8080") : _NGINX.index("listen 5055")]
    shown = set(re.findall(r"location (?:= )?(\S+)\s+\{ proxy_pass", public))
    assert shown == {"/webhooks/webchat/", "/", "/widget.js", "/widget/"}


def _refusals(nginx: str) -> dict[str, list[str]]:
    blocks = re.findall(r"location (@\w+) \{(.*?)^ *\}$", nginx, re.DOTALL | re.MULTILINE)
    return {name: [line.strip() for line in block.splitlines()] for name, block in blocks}


def test_one_machine_refuses_as_several_do() -> None:
    folder = ROOT / "deploy" / "one-machine"
    refusals = _refusals(_NGINX)
    assert set(refusals) == {"@too_large", "@too_many", "@unavailable"}
    assert _refusals((folder / "nginx.conf").read_text(encoding="utf-8")) == refusals
    (said,) = re.findall(r"return 503 '(.*)';", _NGINX)
    assert f"respond `{said}` 503" in (folder / "Caddyfile").read_text(encoding="utf-8")


def test_the_image_starts_files_that_are_there() -> None:
    for name in re.findall(r"[\w.]+\.yml", _DOCKERFILE):
        assert (ROOT / name).is_file(), name


def test_in_a_container_a_server_that_hangs_is_ended() -> None:
    started = {name: _SERVICES[name].get("command") for name in ("actions-1", "actions-2")}
    started["bot"] = json.loads(
        re.findall(r"^CMD (\[.*?\])", _DOCKERFILE.replace("\\\n", ""), re.M)[0]
    )
    for name, command in started.items():
        assert command[:3] == ["python", "-m", "tools.watched"], name
        port = "5005" if name == "bot" else "5055"
        assert command[3] == f"http://127.0.0.1:{port}/health"
    for name in ("bot-1", "bot-2", "actions-1", "actions-2"):
        assert _SERVICES[name]["restart"] == "unless-stopped"
