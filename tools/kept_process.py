"""Keeps a process running, and well: one that ends or hangs is started again."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from collections.abc import Callable

from tools import loopback

_FIRST_PAUSE_SECONDS = 0.5
_LONGEST_PAUSE_SECONDS = 30.0
# A process that ran for so long was well; its next end is a new trouble.
_WELL_SECONDS = 60.0
_STARTING_SECONDS = 0.5  # between two questions to a server that has not answered yet
#: How long a server may take to answer for the first time; a hung start is rare, a busy machine is
#: not. And to end: Sanic finishes the turns that it is in, for 15 s at most.
START_SECONDS, STOP_SECONDS = 300, 20


def end(process: subprocess.Popen[bytes]) -> None:
    """Ends a process that this one started."""
    if process.poll() is None:
        process.terminate()
        try:
            process.wait(STOP_SECONDS)
        except subprocess.TimeoutExpired:
            process.kill()
            process.wait()


class Watchdog:
    """Asks a server for its health in a thread of its own, and kills it when it does not answer.

    A process that hangs does not end, and so nobody starts it again. It takes 25 s to be sure: each
    question waits for its answer before the pause that follows.

    Args:
        url: answered by a server that is alive.
        every: seconds from an answer to the next question, and longest wait for an answer.
        failures: how many in a row make it a server that hangs; one that is merely busy answers.
        start_seconds: how long it may take to answer for the first time.
    """

    def __init__(
        self, url: str, every: float = 2.5, failures: int = 5, start_seconds: float = START_SECONDS
    ) -> None:
        self._url = url
        self._every = every
        self._failures = failures
        self._start_seconds = start_seconds

    def watch(self, process: subprocess.Popen[bytes], name: str) -> None:
        """Watches a process until it ends."""
        threading.Thread(target=self._watch, args=(process, name), daemon=True).start()

    def _watch(self, process: subprocess.Popen[bytes], name: str) -> None:
        until, failed = time.monotonic() + self._start_seconds, 0
        has_answered = False
        while process.poll() is None:
            if loopback.answers(self._url, self._every):
                has_answered, failed = True, 0
            else:
                failed += 1
            hangs = failed >= self._failures if has_answered else time.monotonic() > until
            if hangs and process.poll() is None:
                print(f"{name} does not answer and is killed.", file=sys.stderr, flush=True)
                process.kill()  # one that is stopped obeys nothing milder
                return
            # Who hangs before it was ever heard of has the time of a start: so it is soon heard of.
            time.sleep(self._every if has_answered else min(self._every, _STARTING_SECONDS))


class KeptProcess:
    """A process that is started again when it ends, after a pause that doubles each time.

    Args:
        name: what to call it when it ends.
        start: starts it; called at once.
        watchdog: ends it when it hangs.
    """

    def __init__(
        self,
        name: str,
        start: Callable[[], subprocess.Popen[bytes]],
        watchdog: Watchdog | None = None,
    ) -> None:
        self._name = name
        self._start = start
        self._watchdog = watchdog
        self._pause = _FIRST_PAUSE_SECONDS
        self._again_at: float | None = None
        self._run()

    def _run(self) -> None:
        self.process = self._start()
        self._look_after()

    def _look_after(self) -> None:
        self._since = time.monotonic()
        if self._watchdog is not None:
            self._watchdog.watch(self.process, self._name)

    def replace(
        self, process: subprocess.Popen[bytes], start: Callable[[], subprocess.Popen[bytes]]
    ) -> None:
        """Looks after a process that runs already instead, and ends the one before."""
        before, self.process, self._start = self.process, process, start
        self._again_at = None
        self._look_after()
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
