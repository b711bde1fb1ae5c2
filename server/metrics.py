"""Figures for Prometheus, on a port of their own; off unless the environment names one."""

from __future__ import annotations

import errno
import logging
import os
import threading
import time
from functools import lru_cache

from prometheus_client import (
    CollectorRegistry,
    Counter,
    Gauge,
    Histogram,
    PlatformCollector,
    ProcessCollector,
    start_http_server,
)

from content.live import live_content
from server import inherited_socket

logger = logging.getLogger(__name__)

_BUCKETS = (0.005, 0.01, 0.02, 0.03, 0.05, 0.075, 0.1, 0.2, 0.5, 1, 2, 5)
_AGAIN_SECONDS = 0.5


class _Metrics:
    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        ProcessCollector(registry=self.registry)
        PlatformCollector(registry=self.registry)
        self.seconds = Histogram(
            "assistant_turn_seconds",
            "From taking a message up to storing the turn",
            ["channel"],
            buckets=_BUCKETS,
            registry=self.registry,
        )
        self.turns = Counter(
            "assistant_turns",
            "Turns by how they ended: answer, gap (refused), clarify (asked back), prompt, "
            "small_talk, apology, silence, error",
            ["channel", "outcome"],
            registry=self.registry,
        )
        self.errors = Counter(
            "assistant_errors",
            "Turns that an exception ended",
            ["error"],
            registry=self.registry,
        )
        self.responses = Counter(
            "assistant_http_responses",
            "Responses under /webhooks; 429 is a message too many",
            ["status"],
            registry=self.registry,
        )
        faults = Gauge(
            "assistant_content_faults",
            "Faults of the content files; while there are any, an older content is in use",
            registry=self.registry,
        )
        faults.set_function(lambda: len(live_content().faults))
        self.actions = Histogram(
            "assistant_action_seconds",
            "In the action server, by outcome: ok, apology, error",
            ["outcome"],
            buckets=_BUCKETS,
            registry=self.registry,
        )


@lru_cache(maxsize=1)
def _metrics() -> _Metrics:
    return _Metrics()


def turn(channel: str, outcome: str, seconds: float, error: str) -> None:
    """Counts a turn."""
    found = _metrics()
    found.turns.labels(channel, outcome).inc()
    found.seconds.labels(channel).observe(seconds)
    if error:
        found.errors.labels(error).inc()


def response(status: int) -> None:
    """Counts an HTTP response; what is given may be an `HTTPStatus`, whose text is its name."""
    _metrics().responses.labels(str(int(status))).inc()


def action(outcome: str, seconds: float) -> None:
    """Counts a call of the action server."""
    _metrics().actions.labels(outcome).observe(seconds)


def serve(variable: str = "METRICS_PORT") -> None:
    """Serves the figures at METRICS_HOST (127.0.0.1), if a variable names a port.

    A server that follows another one has the port when that one has ended.

    Args:
        variable: which one; servers on one machine share their environment, but no port.
    """
    port = os.environ.get(variable)
    if not port:
        return
    try:
        _listen(int(port))
    except OSError as error:
        if error.errno != errno.EADDRINUSE or not os.environ.get(inherited_socket.READY):
            raise
        logger.warning("%s=%s is taken: figures are served when it is free", variable, port)
        threading.Thread(target=_listen_when_free, args=(int(port),), daemon=True).start()


def _listen(port: int) -> None:
    host = os.environ.get("METRICS_HOST", "127.0.0.1")
    start_http_server(port, host, _metrics().registry)


def _listen_when_free(port: int) -> None:
    while True:
        time.sleep(_AGAIN_SECONDS)
        try:
            return _listen(port)
        except OSError as error:
            if error.errno != errno.EADDRINUSE:
                raise
