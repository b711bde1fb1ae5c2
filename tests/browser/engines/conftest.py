"""Chromium, Firefox and WebKitGTK, and a server of the tests' own before the assistant."""

from __future__ import annotations

import http.client
import json
import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread
from typing import Any

import pytest
from playwright.sync_api import Browser

from benchmarks.processes import free_port
from tests.browser.conftest import Site
from tests.browser.engines.chat import Visit
from tests.browser.engines.driver import Chromium, Driven, OverHttp, OverSocket, Tab
from tools import launch

ENGINES = ("chromium", "firefox", "webkit")
_MINI_BROWSERS = "/usr/lib/*/webkit2gtk-4.1/MiniBrowser"
_WAIT_SECONDS = 90
_FIREFOX_SETTINGS = {
    "marionette.port": 0,
    "app.update.enabled": False,
    "app.normandy.enabled": False,
    "datareporting.policy.dataSubmissionEnabled": False,
    "toolkit.telemetry.enabled": False,
    "browser.shell.checkDefaultBrowser": False,
    "browser.startup.homepage_override.mstone": "ignore",
    "network.captive-portal-service.enabled": False,
    "network.connectivity-service.enabled": False,
    "extensions.getAddons.cache.enabled": False,
    "browser.safebrowsing.downloads.remote.enabled": False,
    "services.settings.server": "data:,none",
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Lets tests in WebKit try again: on a busy machine its driver loses a page now and then.

    A fault of the chat is there each time.
    """
    for item in items:
        case = getattr(item, "callspec", None)
        if case is not None and case.params.get("tab") == "webkit":
            item.add_marker(pytest.mark.flaky(reruns=2))


@pytest.fixture(scope="package", params=ENGINES)
def tab(request: pytest.FixtureRequest) -> Iterator[Tab]:
    """A tab of each engine in turn; where one is missing its tests are skipped, not in CI."""
    start = {"chromium": _chromium, "firefox": _firefox, "webkit": _webkit}[request.param]
    with ExitStack() as stack:
        yield stack.enter_context(start(request))


@pytest.fixture
def engine(request: pytest.FixtureRequest) -> str:
    """Which of ENGINES the tab is of."""
    name: str = request.node.callspec.params["tab"]
    return name


def _missing(what: str) -> None:
    if os.environ.get("REQUIRE_BROWSER") == "1":
        pytest.fail(f"{what} was not found")
    pytest.skip(f"{what} was not found")


@contextmanager
def _chromium(request: pytest.FixtureRequest) -> Iterator[Tab]:
    browser: Browser = request.getfixturevalue("browser")
    context = browser.new_context(viewport={"width": 1200, "height": 800})
    yield Chromium(context.new_page())
    context.close()


@contextmanager
def _firefox(_: pytest.FixtureRequest) -> Iterator[Tab]:
    path = shutil.which("firefox-esr") or shutil.which("firefox")
    if path is None:
        _missing("Firefox")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        lines = [
            f"user_pref({json.dumps(name)}, {json.dumps(value)});"
            for name, value in _FIREFOX_SETTINGS.items()
        ]
        Path(folder, "user.js").write_text("\n".join(lines), encoding="utf-8")
        arguments = [
            "--headless",
            "--marionette",
            "--no-remote",
            "--profile",
            folder,
            "about:blank",
        ]
        environment = {**os.environ, "HOME": folder, "MOZ_HEADLESS_WIDTH": "1200"}
        with _running([str(path), *arguments], environment) as process:
            port = Path(folder, "MarionetteActivePort")
            _until(port.is_file, process)
            yield Driven(OverSocket(int(port.read_text(encoding="utf-8"))))


@contextmanager
def _webkit(_: pytest.FixtureRequest) -> Iterator[Tab]:
    driver, display = shutil.which("WebKitWebDriver"), shutil.which("Xvfb")
    browsers = sorted(Path("/").glob(_MINI_BROWSERS.lstrip("/")))
    if driver is None or display is None or not browsers:
        _missing("WebKitWebDriver, Xvfb or MiniBrowser")
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder, ExitStack() as stack:
        reading, writing = os.pipe()
        screen = [str(display), "-displayfd", str(writing), "-screen", "0", "1600x1200x24"]
        stack.enter_context(_running([*screen, "-nolisten", "tcp"], dict(os.environ), (writing,)))
        number = os.read(reading, 16).decode().strip()
        environment = {
            **os.environ,
            "DISPLAY": f":{number}",
            "HOME": folder,
            "XDG_RUNTIME_DIR": folder,
            "GDK_BACKEND": "x11",
            "GTK_A11Y": "none",
            "NO_AT_BRIDGE": "1",
            "LIBGL_ALWAYS_SOFTWARE": "1",
            "WEBKIT_DISABLE_DMABUF_RENDERER": "1",
            "WEBKIT_DISABLE_SANDBOX_THIS_IS_DANGEROUS": "1",
        }
        port = free_port()
        process = stack.enter_context(_running([str(driver), f"--port={port}"], environment))
        address = f"http://{launch.HOST}:{port}"
        _until(lambda: _answers(port), process)
        options = {"binary": str(browsers[-1]), "args": ["--automation"]}
        yield Driven(OverHttp(address, {"webkitgtk:browserOptions": options}))


def _answers(port: int) -> bool:
    connection = http.client.HTTPConnection(launch.HOST, port, timeout=5)
    try:
        connection.request("GET", "/status")
        return connection.getresponse().status == 200
    except OSError:
        return False
    finally:
        connection.close()


@contextmanager
def _running(
    command: list[str], environment: dict[str, str], files: tuple[int, ...] = ()
) -> Iterator[subprocess.Popen[bytes]]:
    process = subprocess.Popen(
        command,
        env=environment,
        pass_fds=files,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        yield process
    finally:
        launch.stop(process)


def _until(is_so: Callable[[], bool], process: subprocess.Popen[bytes]) -> None:
    end = time.monotonic() + _WAIT_SECONDS
    while not is_so():
        if process.poll() is not None or time.monotonic() > end:
            raise RuntimeError(f"{process.args!r} did not start")
        time.sleep(0.1)


@dataclass
class Answer:
    """What the gate answers itself; with status 0 it hangs up."""

    status: int
    body: bytes = b""
    headers: dict[str, str] = field(default_factory=dict)


Rule = Callable[[str, str], Answer | None]


class Gate:
    """A server before the assistant: its pages are the tests' own, and what it lets through too.

    Attributes:
        prefix: the folder of the host below which the assistant is.
        rules: asked first, the last one first: what they answer is the answer.
        pages: HTML and policy of the pages, by their paths.
        requests: methods and paths of all requests.
    """

    def __init__(self, site: Site) -> None:
        self._site = site
        self.prefix = ""
        self.rules: list[Rule] = []
        self.pages: dict[str, tuple[str, str]] = {}
        self.files: dict[str, Path] = {}
        self.requests: list[str] = []
        self._server = ThreadingHTTPServer((launch.HOST, 0), self._handler())
        self._server.daemon_threads = True
        Thread(target=self._server.serve_forever, daemon=True).start()

    @property
    def port(self) -> int:
        """Where it listens."""
        return int(self._server.server_address[1])

    @property
    def base(self) -> str:
        """Its address, which is that of its pages."""
        return f"http://{launch.HOST}:{self.port}"

    @property
    def server(self) -> str:
        """Address of the assistant behind it."""
        return self.base + self.prefix

    def page(
        self,
        attributes: str = "",
        body: str = "<h1>Elsewhere</h1>",
        *,
        path: str = "/page",
        head: str = "",
        policy: str = "",
        script: str | None = None,
        language: str = "en",
    ) -> str:
        """Makes a page with the chat's script tag in its head; returns its address."""
        if script is None:
            script = f'<script src="{self.server}/widget.js" {attributes} defer></script>'
        self.pages[path] = (
            f'<!doctype html><html lang="{language}"><head><title>Elsewhere</title>'
            f'<meta charset="utf-8"><meta name="viewport" content="width=device-width">'
            f'<link rel="icon" href="data:,">{head}{script}</head><body>{body}</body></html>',
            policy,
        )
        return self.base + path

    def answers(self, path: str, status: int, body: bytes = b"", **headers: str) -> Rule:
        """From now on it answers itself what ends in a path; returns the rule, to be taken back."""
        named = {name.replace("_", "-"): value for name, value in headers.items()}

        def rule(method: str, asked: str) -> Answer | None:
            is_meant = asked.split("?")[0].endswith(path) and method != "GET"
            return Answer(status, body, named) if is_meant else None

        self.rules.append(rule)
        return rule

    def close(self) -> None:
        """Ends it."""
        self._server.shutdown()
        self._server.server_close()

    def _handler(self) -> type[BaseHTTPRequestHandler]:
        gate = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"

            def _serve(self) -> None:
                length = int(self.headers.get("Content-Length") or 0)
                body = self.rfile.read(length) if length else b""
                gate.requests.append(f"{self.command} {self.path}")
                answer = gate._answer(self.command, self.path, dict(self.headers), body)
                if answer.status == 0:
                    self.close_connection = True
                    return
                self.send_response(answer.status)
                for name, value in answer.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer.body)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(answer.body)

            do_GET = do_POST = do_DELETE = do_OPTIONS = do_HEAD = _serve  # noqa: N815

            def log_message(self, *_: Any) -> None:
                pass

        return Handler

    def _answer(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        for rule in reversed(self.rules):
            answer = rule(method, path)
            if answer is not None:
                return answer
        plain = path.split("?")[0]
        if plain in self.pages:
            html, policy = self.pages[plain]
            kind = {"Content-Type": "text/html; charset=utf-8", "Cache-Control": "no-store"}
            more = {"Content-Security-Policy": policy} if policy else {}
            return Answer(200, html.encode(), {**kind, **more})
        if plain in self.files:
            kind = {"Content-Type": "text/javascript; charset=utf-8"}
            return Answer(200, self.files[plain].read_bytes(), kind)
        if not path.startswith(f"{self.prefix}/"):
            return Answer(404)
        return self._pass_on(method, path.removeprefix(self.prefix), headers, body)

    def _pass_on(self, method: str, path: str, headers: dict[str, str], body: bytes) -> Answer:
        connection = http.client.HTTPConnection(launch.HOST, self._site.port, timeout=30)
        kept = {name: value for name, value in headers.items() if name.lower() != "connection"}
        try:
            connection.request(method, path, body or None, kept)
            response = connection.getresponse()
            content = response.read()
        except OSError:
            return Answer(0)
        finally:
            connection.close()
        skipped = {"connection", "content-length", "transfer-encoding", "keep-alive"}
        found = {k: v for k, v in response.getheaders() if k.lower() not in skipped}
        return Answer(response.status, content, found)


@pytest.fixture
def gate(site: Site) -> Iterator[Gate]:
    """A new one for each test: what browsers keep they keep for each address."""
    running = Gate(site)
    yield running
    running.close()


@pytest.fixture
def elsewhere(site: Site) -> Iterator[Gate]:
    """Another site, which the assistant's server does not know."""
    running = Gate(site)
    yield running
    running.close()


@pytest.fixture
def visit(tab: Tab, gate: Gate) -> Iterator[Visit]:
    """A visitor before the pages of the gate."""
    tab.resize(1200, 800)
    yield Visit(tab, gate.base)
    tab.goto("about:blank")
