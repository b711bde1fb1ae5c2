"""The browser that pictures and tests of the web chat are made with."""

from __future__ import annotations

import os
import shutil

_NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")


def find_browser() -> str | None:
    """Path of a Chromium or Chrome on this machine, if there is one."""
    return next(filter(None, map(shutil.which, _NAMES)), None)


def browser_arguments() -> list[str]:
    """What to start it with: without requests of its own; root cannot have its sandbox."""
    quiet = ["background-networking", "component-update", "sync", "quic"]
    arguments = ["--no-first-run", *(f"--disable-{name}" for name in quiet)]
    return arguments if os.geteuid() else [*arguments, "--no-sandbox"]
