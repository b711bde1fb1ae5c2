"""Keeps a process running."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable

_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
# A process that ran for so long was well; its next end is a new trouble.
_WELL_SECONDS = 60.0
_STOP_SECONDS = 10


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process that this one started."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(_STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class KeptProcess:
    """A process that is started again when it ends, after a pause that doubles each time.

    Args:
        name: what to call it when it ends.
        start: starts it; called at once.
    """

    def __init__(self, name: str, start: Callable[[], subprocess.Popen[bytes]]) -> None:
        self._name = name
        self._start = start
        self._pause = _FIRST_PAUSE_SECONDS
        self._again_at: float | None = None
        self._run()

    def _run(self) -> None:
        self.process = self._start()
        self._since = time.monotonic()

    def replace(
        self, process: subprocess.Popen[bytes], start: Callable[[], subprocess.Popen[bytes]]
    ) -> None:
        """Looks after a process that runs already instead, and ends the one before."""
        before, self.process, self._start = self.process, process, start
        self._since, self._again_at = time.monotonic(), None
        end(before)

    def tend(self) -> None:
        """Looks after it; to be called a few times a second."""
        if self.process.poll() is None:
            return
        now = time.monotonic()
        if self._again_at is None:
            if now - self._since > _WELL_SECONDS:
                self._pause = _FIRST_PAUSE_SECONDS
            print(
                f"{self._name} ended with {self.process.returncode}; "
                f"it is started again in {self._pause:.1f} s.",
                file=sys.stderr,
                flush=True,
            )
            self._again_at = now + self._pause
            self._pause = min(2 * self._pause, _LONGEST_PAUSE_SECONDS)
        elif now >= self._again_at:
            self._again_at = None
            self._run()
