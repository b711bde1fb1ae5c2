"""Asks servers on this machine, whatever proxy its environment names for others."""

from __future__ import annotations

import os
import sys
import urllib.request
from http.client import HTTPException
from typing import Any

HOSTS = ("127.0.0.1", "localhost")


def opener() -> urllib.request.OpenerDirector:
    """Opens addresses without a proxy."""
    return urllib.request.build_opener(urllib.request.ProxyHandler({}))


def open_url(request: str | urllib.request.Request, timeout: float) -> Any:
    """Opens an address without a proxy."""
    return opener().open(request, timeout=timeout)


def answers(url: str, timeout: float) -> bool:
    """Whether a server says yes within so many seconds."""
    try:
        with open_url(url, timeout):
            return True
    except (OSError, HTTPException):  # a refusal by status is an OSError too
        return False


def bypass_proxies() -> None:
    """Lets this process, and those that it starts, ask this machine directly."""
    for name in ("no_proxy", "NO_PROXY"):
        given = os.environ.get(name, "")
        if given.strip() != "*":
            hosts = [*filter(None, map(str.strip, given.split(",")))]
            os.environ[name] = ",".join(dict.fromkeys([*hosts, *HOSTS]))


if __name__ == "__main__":  # python -m tools.loopback URL: exit code 0 if it answers
    sys.exit(not answers(sys.argv[1], 3))
