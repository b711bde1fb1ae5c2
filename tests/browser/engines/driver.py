"""Three engines under one small interface: what tests need of a tab, and no more.

Chromium is driven by Playwright, Firefox by its own Marionette and WebKitGTK by WebKitWebDriver.
The last two speak the commands of WebDriver: one over a socket, the other over HTTP.
"""

from __future__ import annotations

import json
import socket
import time
import urllib.request
from typing import Any, Protocol

from playwright.sync_api import Page

_SECONDS = 30.0
#: Keys by the names that scripts have for them, as WebDriver writes them.
KEYS = {"Enter": "\ue007", "Escape": "\ue00c"}
# Finds elements also inside shadow roots, which selectors of a page do not reach.
_FIND = """
const all = (selector, root = document) => [...root.querySelectorAll(selector),
    ...[...root.querySelectorAll("*")].flatMap(({ shadowRoot }) =>
        shadowRoot ? all(selector, shadowRoot) : [])];
const one = (selector) => all(selector)[0];
const focused = (root = document) => root.activeElement?.shadowRoot?.activeElement
    ? focused(root.activeElement.shadowRoot) : root.activeElement;
const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms));
"""


class Tab(Protocol):
    """A tab of a browser."""

    def goto(self, address: str) -> None:
        """Loads a page."""

    def evaluate(self, body: str, *values: Any) -> Any:
        """Runs the body of an async function with the values as `values`."""

    def press(self, *keys: str) -> None:
        """Presses keys together and lets them go: names of KEYS, or characters."""

    def type(self, text: str) -> None:
        """Types a text on the keyboard."""

    def click(self, x: float, y: float) -> None:
        """Clicks at a place of the viewport."""

    def wheel(self, x: float, y: float, down: int) -> None:
        """Turns the wheel of the mouse at a place of the viewport."""

    def resize(self, width: int, height: int) -> None:
        """Gives the page a size."""


class Chromium:
    """A tab of Chromium.

    Args:
        page: Playwright's page.
    """

    def __init__(self, page: Page) -> None:
        self._page = page

    def goto(self, address: str) -> None:
        self._page.goto(address)

    def evaluate(self, body: str, *values: Any) -> Any:
        return self._page.evaluate(f"async (values) => {{ {_FIND} {body} }}", list(values))

    def press(self, *keys: str) -> None:
        self._page.keyboard.press("+".join(keys))

    def type(self, text: str) -> None:
        self._page.keyboard.type(text)

    def click(self, x: float, y: float) -> None:
        self._page.mouse.click(x, y)

    def wheel(self, x: float, y: float, down: int) -> None:
        self._page.mouse.move(x, y)
        self._page.mouse.wheel(0, down)

    def resize(self, width: int, height: int) -> None:
        self._page.set_viewport_size({"width": width, "height": height})


class Transport(Protocol):
    """Carries WebDriver's commands."""

    def send(self, method: str, path: str, command: str, body: dict[str, Any]) -> Any:
        """Sends a command: its method and path over HTTP, or its name."""


class OverHttp:
    """WebDriver as WebKitWebDriver speaks it.

    Args:
        address: of the driver.
        capabilities: what the session is to be.
    """

    def __init__(self, address: str, capabilities: dict[str, Any]) -> None:
        self._base = f"{address}/session"
        body = {"capabilities": {"alwaysMatch": capabilities}}
        self._base += f"/{self.send('POST', '', '', body)['sessionId']}"

    def send(self, method: str, path: str, command: str, body: dict[str, Any]) -> Any:
        data = json.dumps(body).encode() if method == "POST" else None
        request = urllib.request.Request(
            self._base + path, data, {"Content-Type": "application/json"}, method=method
        )
        try:
            with urllib.request.urlopen(request, timeout=90) as response:
                return json.load(response)["value"]
        except urllib.error.HTTPError as error:
            raise RuntimeError(f"{method} {path}: {error.read().decode()[:500]}") from None


class OverSocket:
    """WebDriver as Firefox itself speaks it (Marionette): length, colon, JSON.

    Args:
        port: where Firefox listens.
    """

    def __init__(self, port: int) -> None:
        self._socket = socket.create_connection(("127.0.0.1", port), timeout=90)
        self._file = self._socket.makefile("rb")
        self._count = 0
        self._read()
        self.send("POST", "", "NewSession", {"capabilities": {"alwaysMatch": {}}})

    def send(self, method: str, path: str, command: str, body: dict[str, Any]) -> Any:
        self._count += 1
        text = json.dumps([0, self._count, f"WebDriver:{command}", body])
        self._socket.sendall(f"{len(text.encode())}:{text}".encode())
        _, _, error, result = self._read()
        if error:
            raise RuntimeError(f"{command}: {error.get('error')}: {error.get('message')}")
        return result["value"] if isinstance(result, dict) and set(result) == {"value"} else result

    def _read(self) -> Any:
        length = b""
        while (sign := self._file.read(1)) != b":":
            if not sign:
                raise RuntimeError("Firefox has gone")
            length += sign
        return json.loads(self._file.read(int(length)))


class Driven:
    """A tab that WebDriver drives.

    Args:
        transport: what carries the commands.
    """

    def __init__(self, transport: Transport) -> None:
        self._transport = transport
        limits = {"script": 60_000, "pageLoad": 60_000, "implicit": 0}
        transport.send("POST", "/timeouts", "SetTimeouts", limits)

    def goto(self, address: str) -> None:
        self._transport.send("POST", "/url", "Navigate", {"url": address})

    def evaluate(self, body: str, *values: Any) -> Any:
        script = (
            "const done = arguments[arguments.length - 1], values = arguments[0];"
            f"(async () => {{ {_FIND} {body} }})().then((value) => done([null, value ?? null]),"
            " (error) => done([String(error) + '\\n' + error?.stack, null]));"
        )
        what: dict[str, Any] = {"script": script, "args": [list(values)]}
        if isinstance(self._transport, OverSocket):
            # In the page's own world: what it has made of windows and documents is to be seen.
            what |= {"sandbox": None, "newSandbox": False}
        error, value = self._transport.send("POST", "/execute/async", "ExecuteAsyncScript", what)
        if error:
            raise RuntimeError(error)
        return value

    def press(self, *keys: str) -> None:
        values = [KEYS.get(key, key) for key in keys]
        down = [{"type": "keyDown", "value": value} for value in values]
        up = [{"type": "keyUp", "value": value} for value in reversed(values)]
        self._act([{"type": "key", "id": "keys", "actions": down + up}])

    def type(self, text: str) -> None:
        strokes = [{"type": kind, "value": sign} for sign in text for kind in ("keyDown", "keyUp")]
        self._act([{"type": "key", "id": "keys", "actions": strokes}])

    def click(self, x: float, y: float) -> None:
        press = [{"type": kind, "button": 0} for kind in ("pointerDown", "pointerUp")]
        self._point([self._to(x, y), *press])

    def wheel(self, x: float, y: float, down: int) -> None:
        turn = {"type": "scroll", "x": int(x), "y": int(y), "deltaX": 0, "deltaY": down}
        turn |= {"duration": 0, "origin": "viewport"}
        self._act([{"type": "wheel", "id": "wheel", "actions": [turn]}])

    def resize(self, width: int, height: int) -> None:
        """The window's frame is not known beforehand: it is set, measured, and set again."""
        for _ in range(3):
            if self._has_size(width, height):
                return  # as after most tests
            outer = self.evaluate("return [outerWidth - innerWidth, outerHeight - innerHeight]")
            size = {"width": width + int(outer[0]), "height": height + int(outer[1])}
            self._transport.send("POST", "/window/rect", "SetWindowRect", size)
            for _ in range(4):
                time.sleep(0.05)
                if self._has_size(width, height):
                    return

    def _has_size(self, width: int, height: int) -> bool:
        found: list[int] = self.evaluate("return [innerWidth, innerHeight]")
        return found == [width, height]

    def _to(self, x: float, y: float) -> dict[str, Any]:
        place = {"x": int(x), "y": int(y), "duration": 0, "origin": "viewport"}
        return {"type": "pointerMove", **place}

    def _point(self, actions: list[dict[str, Any]]) -> None:
        mouse = {"pointerType": "mouse"}
        self._act([{"type": "pointer", "id": "mouse", "parameters": mouse, "actions": actions}])

    def _act(self, actions: list[dict[str, Any]]) -> None:
        self._transport.send("POST", "/actions", "PerformActions", {"actions": actions})


def wait_for(tab: Tab, condition: str, *values: Any, seconds: float = _SECONDS) -> Any:
    """Waits until an expression is true in the page; returns its value.

    Raises:
        AssertionError: if it does not become true; with what it was last.
    """
    end = time.monotonic() + seconds
    while True:
        value = tab.evaluate(f"return ({condition})", *values)
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"{condition} {values}: {value}")
        time.sleep(0.05)
