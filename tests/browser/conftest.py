"""A browser, and the assistant with its web chat on free ports."""

from __future__ import annotations

import os
import subprocess
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from benchmarks.processes import free_port
from tests.browser.chat import Chat
from tests.conftest import write_configuration
from tools import launch
from tools.browser import browser_arguments, find_browser

# The tests are one busy address.
_RATES = {
    "session_rate": "1000/minute",
    "address_rate": "10000/minute",
    "new_session_rate": "1000/minute",
}


# For the package, not the session: while Playwright is on, this thread has a running event loop,
# and the tests of other folders start loops of their own.
@pytest.fixture(scope="package")
def browser() -> Iterator[Browser]:
    """A browser; where there is none its tests are skipped, or fail with REQUIRE_BROWSER=1."""
    path = find_browser()
    if path is None:
        reason = "no Chromium or Chrome was found"
        if os.environ.get("REQUIRE_BROWSER") == "1":
            pytest.fail(reason)
        pytest.skip(reason)
    expect.set_options(timeout=30_000)
    with sync_playwright() as playwright:
        chrome = playwright.chromium.launch(executable_path=path, args=browser_arguments())
        yield chrome
        chrome.close()


@dataclass
class Site:
    """The assistant with its web chat; it can be stopped and started again."""

    folder: Path
    model: Path
    host_page: str
    port: int = field(default_factory=free_port)
    actions_port: int = field(default_factory=free_port)
    processes: list[subprocess.Popen[bytes]] = field(default_factory=list)

    @property
    def base(self) -> str:
        """Address of the server."""
        return f"http://{launch.HOST}:{self.port}"

    def start(self) -> None:
        """Starts action server and server, and waits until they answer."""
        launch.RUN.mkdir(exist_ok=True)
        settings = {
            **_RATES,
            "secret_file": str(self.folder / "secret"),
            "origins": [self.host_page],
        }
        endpoints, credentials = write_configuration(
            self.folder, self.actions_port, {"channels.webchat.WebChat": settings}
        )
        actions = launch.start_actions(self.actions_port)
        self.processes.append(actions)
        command = launch.rasa("run", "--interface", launch.HOST, "--port", str(self.port))
        command += ["--model", str(self.model), "--endpoints", str(endpoints)]
        log = self.folder / "server.log"
        server = launch.start([*command, "--credentials", str(credentials)], log)
        self.processes.append(server)
        actions_log = launch.RUN / f"actions-{self.actions_port}.log"
        launch.wait_until_up(
            actions, f"http://{launch.HOST}:{self.actions_port}/health", actions_log
        )
        launch.wait_until_up(server, f"{self.base}/webhooks/webchat/", log)

    def stop(self) -> None:
        """Stops both."""
        while self.processes:
            launch.stop(self.processes.pop())


@dataclass
class HostPage:
    """A page of another site that embeds the chat: its HTML, and the policy it is served with."""

    address: str
    html: str = ""
    policy: str = ""


@pytest.fixture(scope="package")
def _host_server() -> Iterator[HostPage]:
    page = HostPage(f"http://{launch.HOST}:{free_port()}")

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            if page.policy:
                self.send_header("Content-Security-Policy", page.policy)
            self.end_headers()
            self.wfile.write(page.html.encode())

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer((launch.HOST, int(page.address.rsplit(":", 1)[1])), Handler)
    Thread(target=server.serve_forever, daemon=True).start()
    yield page
    server.shutdown()


@pytest.fixture
def host_page(_host_server: HostPage, site: Site) -> Callable[..., str]:
    """Makes a page of another site with the chat's script tag in it; returns its address."""

    def make(attributes: str = "", body: str = "", policy: str = "", language: str = "en") -> str:
        script = f'<script src="{site.base}/widget.js" {attributes} defer></script>'
        _host_server.html = (
            f'<!doctype html><html lang="{language}"><title>Elsewhere</title>'
            f'<meta name="viewport" content="width=device-width"><link rel="icon" href="data:,">'
            f"{script}<main><h1>Elsewhere</h1>{body}</main></html>"
        )
        _host_server.policy = policy
        return _host_server.address

    return make


@pytest.fixture(scope="package")
def site(
    model_path: Path, tmp_path_factory: pytest.TempPathFactory, _host_server: HostPage
) -> Iterator[Site]:
    """The running assistant."""
    running = Site(tmp_path_factory.mktemp("site"), model_path, _host_server.address)
    try:
        running.start()
        yield running
    finally:
        running.stop()


@pytest.fixture
def visitor(browser: Browser, site: Site) -> Iterator[Callable[..., Chat]]:
    """Makes visitors, each with a browser profile of their own; nothing may go wrong in a page."""
    chats: list[Chat] = []

    def make(**options: Any) -> Chat:
        context = browser.new_context(**options)
        chat = Chat(context.new_page(), site.base)
        chats.append(chat)
        return chat

    yield make
    for chat in chats:
        chat.page.context.close()
    assert [problem for chat in chats for problem in chat.problems] == []


@pytest.fixture
def chat(visitor: Callable[..., Chat]) -> Chat:
    """A visitor who has opened the chat of the demo page."""
    return visitor().visit().open()
