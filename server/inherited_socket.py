"""Serves from a socket that the parent process listens on, so that servers can follow each other.

While one server starts and another one ends, both accept from the same socket, and a connection
that neither has accepted yet waits in it: nobody is refused. A server that leaves closes what it
has accepted and not read anything of; who asked there asks again, as the web chat does.
"""

from __future__ import annotations

import os
import socket
from pathlib import Path
from typing import Any

#: Variables of the environment: descriptor of the socket, and a file to make when ready.
DESCRIPTOR, READY = "SERVER_SOCKET", "SERVER_READY"


def install() -> None:
    """Makes Sanic of this process serve so, if the environment names a socket."""
    if not os.environ.get(DESCRIPTOR):
        return
    from sanic import Sanic

    run, listener = Sanic.run, socket.socket(fileno=int(os.environ[DESCRIPTOR]))
    ready = Path(os.environ[READY])

    async def tell(app: Sanic, _: Any) -> None:
        agent = getattr(app.ctx, "agent", None)
        if agent is None or agent.is_ready():
            ready.touch()
        else:
            app.stop()  # without its model it would only take the place of one that answers

    def run_on_it(app: Sanic, host: Any = None, port: Any = None, **options: Any) -> None:
        # Rasa loads the model before the server starts, and starts without one that it cannot read
        # (rasa/core/run.py, load_agent_on_start).
        app.register_listener(tell, "after_server_start")
        run(app, sock=listener, **options)

    Sanic.run = run_on_it
