"""A real action server that does what a test tells it to: wait, fail, or say something."""

from __future__ import annotations

import json
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Call = dict[str, Any]
Behaviour = Callable[[Call], "tuple[int, Any]"]


def says(text: str, **more: Any) -> tuple[int, Any]:
    """Answer of an action that utters one message."""
    return 200, {"events": [], "responses": [{"text": text, **more}]}


def answers(call: Call) -> tuple[int, Any]:
    """What the server does if a test says nothing else: it repeats what it was asked."""
    return says(f"about: {asked(call)}", kind="answer", answer="skills/ml_engineer")


def asked(call: Call) -> str:
    """Text of the message that an action is run for."""
    return str(call["tracker"]["latest_message"]["text"])


@dataclass
class ScriptedActions:
    """The server, on a port that it keeps while it is stopped and started.

    Attributes:
        port: where it listens.
        behaviour: what it does with a call.
        calls: texts of the messages that actions were run for, in order.
    """

    port: int
    behaviour: Behaviour = answers
    calls: list[str] = field(default_factory=list)
    _server: ThreadingHTTPServer | None = None

    def start(self) -> None:
        """Begins to listen."""
        scripted = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                length = int(self.headers["Content-Length"])
                call = json.loads(self.rfile.read(length))
                scripted.calls.append(asked(call))
                status, value = scripted.behaviour(call)
                body = json.dumps(value).encode()
                try:
                    self.send_response(status)
                    self.send_header("Content-Type", "application/json")
                    self.send_header("Content-Length", str(len(body)))
                    self.end_headers()
                    self.wfile.write(body)
                except OSError:  # the caller has given up
                    self.close_connection = True

            def log_message(self, format: str, *args: Any) -> None:
                """Writes nothing to the terminal."""

        self._server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        self._server.daemon_threads = True
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()

    def stop(self) -> None:
        """Ends listening: who calls is refused."""
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    def reset(self) -> None:
        """Listens and answers again."""
        if self._server is None:
            self.start()
        self.behaviour = answers
        self.calls.clear()
