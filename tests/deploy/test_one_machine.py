"""One machine on the public net: the unit's command and variables, behind nginx or Caddy."""

from __future__ import annotations

import configparser
import json
import os
import re
import secrets
import shlex
import ssl
import subprocess
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPSConnection
from pathlib import Path
from typing import Any

import pytest

from benchmarks.processes import free_port
from benchmarks.services import wait_for_port
from tests.channels.visitor import Answer, call
from tests.conftest import ROOT
from tests.deploy.programs import needed
from tools import launch

_FILES = ROOT / "deploy" / "one-machine"
_NAME, _FOLDER, _SITE = "chat.example.org", "/opt/two-roles", "https://www.example.org"
_QUESTION = "what skills does an ML engineer need?"
_NEW_SESSIONS = 20  # a minute from one address (channels/webchat/settings.py)
_JSON = {"Content-Type": "application/json"}


def _unit() -> configparser.SectionProxy:
    unit = configparser.ConfigParser(interpolation=None, delimiters=["="], strict=False)
    unit.optionxform = str  # type: ignore[assignment, method-assign]
    unit.read(_FILES / "two-roles.service", encoding="utf-8")
    return unit["Service"]


def _variables(**changed: str) -> dict[str, str]:
    lines = (_FILES / "two-roles.env").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert set(changed) <= set(given)
    return {"PATH": os.environ["PATH"], **given, **changed}  # systemd passes on nothing else


@pytest.fixture(scope="module")
def port(model_path: Path) -> Iterator[int]:
    """The assistant as the unit starts it; its port on loopback."""
    port, actions_port = free_port(), free_port()
    variables = _variables(
        PORT=str(port),
        ACTIONS_PORT=str(actions_port),
        WEBCHAT_SECRET=secrets.token_hex(32),
        WEBCHAT_ORIGINS=_SITE,
    )
    command = shlex.split(_unit()["ExecStart"].replace(_FOLDER, str(ROOT)))
    process = subprocess.Popen(command, cwd=ROOT, env=variables, stdout=subprocess.PIPE, text=True)
    assert process.stdout is not None
    lines = iter(process.stdout.readline, "")
    assert any(f"http://{launch.HOST}:{port}" in line for line in lines)
    yield port
    process.terminate()
    assert process.wait(float(_unit()["TimeoutStopSec"])) == 0


@dataclass(frozen=True)
class Proxy:
    """A proxy that ends TLS."""

    port: int
    trust: ssl.SSLContext

    def call(
        self,
        method: str,
        path: str,
        value: Any = None,
        headers: Mapping[str, str] | None = None,
        source: str = launch.HOST,
    ) -> Answer:
        """One request from an address of this machine."""
        connection = HTTPSConnection(
            "localhost", self.port, timeout=30, context=self.trust, source_address=(source, 0)
        )
        body = None if value is None else json.dumps(value).encode()
        try:
            connection.request(method, path, body, {**_JSON, **(headers or {})})
            response = connection.getresponse()
            found = {name.lower(): value for name, value in response.getheaders()}
            return Answer(response.status, found, response.read())
        finally:
            connection.close()


def _certificate(folder: Path) -> ssl.SSLContext:
    made = folder / "fullchain.pem"
    command = ["openssl", "req", "-x509", "-newkey", "rsa:2048", "-nodes", "-days", "2"]
    command += ["-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost"]
    command += ["-keyout", str(folder / "privkey.pem"), "-out", str(made)]
    subprocess.run(command, check=True, capture_output=True)
    return ssl.create_default_context(cafile=str(made))


def _nginx(folder: Path, port: int, bot_port: int) -> list[str]:
    text = (_FILES / "nginx.conf").read_text(encoding="utf-8")
    changes = {
        "127.0.0.1:5005": f"{launch.HOST}:{bot_port}",
        "listen 443": f"listen {launch.HOST}:{port}",
        "listen 80": f"listen {launch.HOST}:{free_port()}",
        "/etc/ssl/two-roles": str(folder),
    }
    site = _changed(text, changes)
    paths = "".join(
        f"{kind}_temp_path {folder}/{kind};"
        for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi")
    )
    whole = f"pid {folder}/pid; error_log stderr; events {{}} http {{ {paths}\n{site}\n}}"
    (folder / "nginx.conf").write_text(whole, encoding="utf-8")
    return [needed("nginx"), "-c", str(folder / "nginx.conf"), "-g", "daemon off;"]


def _caddy(folder: Path, port: int, bot_port: int) -> list[str]:
    text = (_FILES / "Caddyfile").read_text(encoding="utf-8")
    certificate = f"tls {folder}/fullchain.pem {folder}/privkey.pem"
    changes = {
        "127.0.0.1:5005": f"{launch.HOST}:{bot_port}",
        f"{_NAME} {{": f"https://localhost:{port} {{\n\tbind {launch.HOST}\n\t{certificate}",
    }
    options = "{\n\tadmin off\n\tauto_https disable_redirects\n}\n"
    (folder / "Caddyfile").write_text(options + _changed(text, changes), encoding="utf-8")
    return [needed("caddy"), "run", "--config", str(folder / "Caddyfile")]


def _changed(text: str, changes: Mapping[str, str]) -> str:
    for old, new in changes.items():
        assert old in text, old
        text = text.replace(old, new)
    return text


@contextmanager
def _behind(kind: str, folder: Path, bot_port: int) -> Iterator[Proxy]:
    trust, port = _certificate(folder), free_port()
    command = {"nginx": _nginx, "caddy": _caddy}[kind](folder, port, bot_port)
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            command, stdout=log, stderr=log, env={**os.environ, "HOME": str(folder)}
        )
    try:
        wait_for_port(port)
        yield Proxy(port, trust)
    finally:
        process.terminate()
        process.wait()


@pytest.fixture(scope="module", params=["nginx", "caddy"])
def proxy(
    request: pytest.FixtureRequest, port: int, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[Proxy]:
    """Each of the two."""
    kind = str(request.param)
    with _behind(kind, tmp_path_factory.mktemp(kind), port) as proxy:
        yield proxy


def _begin(proxy: Proxy, source: str = launch.HOST, **headers: str) -> Answer:
    return proxy.call("POST", "/webhooks/webchat/session", None, headers, source)


def test_a_visitor_is_answered(proxy: Proxy) -> None:
    token = _begin(proxy, "127.0.7.1").json["token"]
    message = {"id": secrets.token_hex(8), "text": _QUESTION}
    headers = {"Authorization": f"Bearer {token}", "Origin": _SITE}
    answer = proxy.call("POST", "/webhooks/webchat/messages", message, headers, "127.0.7.1")
    assert [reply["kind"] for reply in answer.json["replies"]] == ["answer"]
    assert answer.headers["access-control-allow-origin"] == _SITE
    assert proxy.call("GET", "/").status == 200
    assert proxy.call("GET", "/widget.js").status == 200


@pytest.mark.parametrize(
    "path", ["/health", "/ready", "/metrics", "/status", "/webhooks/rest/webhook", "/model"]
)
def test_nothing_else_is_shown(proxy: Proxy, path: str) -> None:
    for method in ("GET", "POST"):
        assert proxy.call(method, path).status == 404


def test_each_visitor_has_a_rate_of_their_own(proxy: Proxy, request: Any) -> None:
    first, second = {"nginx": ("127.0.8.1", "127.0.8.2"), "caddy": ("127.0.9.1", "127.0.9.2")}[
        request.node.callspec.params["proxy"]
    ]
    for number in range(_NEW_SESSIONS):
        forged = {"X-Forwarded-For": f"203.0.113.{number}"}  # believed, it would evade the rate
        assert _begin(proxy, first, **forged).status == 201
    assert _begin(proxy, first, **{"X-Forwarded-For": "203.0.113.99"}).status == 429
    assert _begin(proxy, second).status == 201


def test_a_large_body_is_refused_in_words(proxy: Proxy) -> None:
    answer = proxy.call("POST", "/webhooks/webchat/messages", {"text": "x" * 50_000})
    assert answer.error == (413, "too_large")


def test_rest_is_not_there_even_without_a_proxy(port: int) -> None:
    base = f"http://{launch.HOST}:{port}"
    assert call(base, "POST", "/webhooks/rest/webhook", b"{}", _JSON).status == 404
    assert call(base, "GET", "/health").status == 200


@pytest.mark.parametrize("kind", ["nginx", "caddy"])
def test_while_the_assistant_is_down_pages_of_other_sites_read_why(
    kind: str, tmp_path: Path
) -> None:
    with _behind(kind, tmp_path, free_port()) as proxy:
        answer = proxy.call("GET", "/webhooks/webchat/messages", headers={"Origin": _SITE})
    assert answer.error == (503, "unavailable")
    assert answer.headers["access-control-allow-origin"] in (_SITE, "*")
    assert answer.headers["retry-after"] == "2"
    assert answer.headers["cache-control"] == "no-store"
    assert answer.headers["content-type"] == "application/json"


def test_a_variable_that_is_missing_is_named_before_anything_starts() -> None:
    variables = _variables()
    del variables["WEBCHAT_RATE_STORAGE"]
    command = shlex.split(_unit()["ExecStart"].replace(_FOLDER, str(ROOT)))
    ports = {"PORT": str(free_port()), "ACTIONS_PORT": str(free_port())}
    done = subprocess.run(
        command, cwd=ROOT, env={**variables, **ports}, capture_output=True, text=True, check=False
    )
    assert done.returncode == 1
    assert done.stderr == (
        "make: credentials.production.yml needs these variables: WEBCHAT_RATE_STORAGE.\n"
    )


def test_make_takes_both_files() -> None:
    command = ["make", "--dry-run", "serve", "CREDENTIALS=one.yml", "ENDPOINTS=two.yml"]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    shown = re.sub(r"\s+", " ", done.stdout.replace("\\\n", " "))
    assert 'tools.launch serve --endpoints "two.yml" --credentials "one.yml"' in shown


def test_systemd_finds_no_fault_in_the_unit(tmp_path: Path) -> None:
    text = (_FILES / "two-roles.service").read_text(encoding="utf-8")
    path = tmp_path / "two-roles.service"
    path.write_text(text.replace(_FOLDER, str(ROOT)), encoding="utf-8")
    done = subprocess.run(
        [needed("systemd-analyze"), "verify", "--man=no", str(path)],
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stderr + done.stdout) == (0, "")
