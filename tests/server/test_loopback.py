"""Nothing on this machine is asked through the proxy that the environment names for others."""

from __future__ import annotations

import os
import subprocess
import sys
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from tests.conftest import ROOT
from tools import loopback
from tools.launch import HOST

_NO_PROXY_THERE = "http://127.0.0.1:9"  # nobody listens on the port of `discard`


class _Yes(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        self.send_response(404 if self.path == "/no" else 200)
        self.end_headers()

    def log_message(self, *_: object) -> None:
        """Says nothing."""


@pytest.fixture
def address() -> Iterator[str]:
    """A server on this machine."""
    server = HTTPServer((HOST, 0), _Yes)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield f"http://{HOST}:{server.server_port}"
    server.shutdown()
    server.server_close()


@pytest.fixture(params=["", "example.org", None])
def proxies(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> None:
    """An environment with a proxy, and one or no list of exceptions."""
    for name in ("http_proxy", "HTTP_PROXY", "all_proxy"):
        monkeypatch.setenv(name, _NO_PROXY_THERE)
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.delenv(name, raising=False)
        if request.param is not None:
            monkeypatch.setenv(name, request.param)


def test_the_launcher_asks_directly(address: str, proxies: None) -> None:
    assert loopback.answers(address, 5)
    assert not loopback.answers(f"{address}/no", 5)


def test_what_it_starts_asks_directly(
    address: str, proxies: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("no_proxy", "NO_PROXY"):  # restored in the end, whatever is written to it
        monkeypatch.setenv(name, os.environ.get(name, ""))
    command = [sys.executable, "-c"]
    command += [f"import urllib.request as u; u.urlopen({address!r}, timeout=5)"]
    assert subprocess.run(command, capture_output=True, check=False).returncode
    loopback.bypass_proxies()
    assert subprocess.run(command, capture_output=True, check=False).returncode == 0


def test_exceptions_that_were_there_stay(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("no_proxy", "example.org, 127.0.0.1")
    monkeypatch.setenv("NO_PROXY", "*")
    loopback.bypass_proxies()
    assert os.environ["no_proxy"] == "example.org,127.0.0.1,localhost"
    assert os.environ["NO_PROXY"] == "*"


def test_nobody_opens_addresses_in_another_way() -> None:
    """Tests open theirs after `tests.conftest` has made the exception."""
    done = subprocess.run(
        ["git", "grep", "-l", "urlopen(", "--", "tools", "benchmarks", "server", "channels"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (done.returncode, done.stdout) == (1, "")  # grep's code for nothing found
