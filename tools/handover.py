"""Hands a running assistant over from one server to the next, without a moment in between."""

from __future__ import annotations

import fcntl
import os
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from content.loader import ContentError
from server.inherited_socket import DESCRIPTOR, READY
from tools.console import CommandError, guarded, port_from_environment
from tools.kept_process import START_SECONDS, STOP_SECONDS, KeptProcess, Watchdog

RUN = Path(".run")
_BACKLOG = 100
_LOOK_SECONDS = 0.2


def listen(host: str, port: int) -> socket.socket:
    """A socket that servers started one after the other accept from."""
    listener = socket.socket()
    listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
    listener.bind((host, port))
    listener.listen(_BACKLOG)
    return listener


class Served:
    """A server on a socket, and who tells others about it.

    A request to hand over (`make restart`) is a SIGUSR1 to this process, which writes what came of
    it into the file that tells its process and its model.

    Args:
        port: names the files.
        listener: the socket.
        start: starts a server with a model and these variables; it inherits the descriptor.
        model: the first one.
        watchdog: ends a server that hangs.
    """

    def __init__(
        self,
        port: int,
        listener: socket.socket,
        start: Callable[[Path, dict[str, str], int], subprocess.Popen[bytes]],
        model: Path,
        watchdog: Watchdog | None = None,
    ) -> None:
        self._listener = listener
        self._start = start
        self._port, self._starts = port, 0
        self._ready = RUN / f"ready-{port}"
        self._state = state_file(port)
        self._lock = self._state.open("a+", encoding="utf-8")
        fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        self._asked = False
        signal.signal(signal.SIGUSR1, self._ask)
        self.kept = KeptProcess("The server", lambda: self._started(model), watchdog)
        self._tell(f"serves {model.name}")

    def _ask(self, *_: object) -> None:
        self._asked = True

    def _started(self, model: Path) -> subprocess.Popen[bytes]:
        # A file of its own for each: an earlier server may be ready only now.
        self._ready.unlink(missing_ok=True)
        self._starts += 1
        self._ready = RUN / f"ready-{self._port}-{os.getpid()}-{self._starts}"
        descriptor = self._listener.fileno()
        variables = {DESCRIPTOR: str(descriptor), READY: str(self._ready)}
        return self._start(model, variables, descriptor)

    def tend(self, choose: Callable[[], Path]) -> None:
        """Looks after the server, and hands over if that was asked for.

        Args:
            choose: the model to go on with.
        """
        if not self._asked:
            self.kept.tend()
            return
        self._asked = False
        try:
            model = choose()
            self._follow(model)
        except (CommandError, ContentError, RuntimeError, OSError) as error:
            self._tell(f"failed: {' '.join(str(error).split())}")
            print(f"The server goes on as it was: {error}", file=sys.stderr, flush=True)
        else:
            self._tell(f"serves {model.name}")
            print(f"Serves {model.name} from now on.", flush=True)

    def _follow(self, model: Path) -> None:
        """Starts a server with a model; when it is ready, it takes the old one's place."""
        following = self._started(model)
        deadline = time.monotonic() + START_SECONDS
        try:
            while not self._ready.exists():
                if following.poll() is not None or time.monotonic() > deadline:
                    raise CommandError(f"a server with {model.name} does not start; see its log")
                time.sleep(_LOOK_SECONDS)
        except BaseException:  # somebody may have asked this process to end
            following.kill()
            following.wait()
            raise
        self._ready.unlink(missing_ok=True)
        self.kept.replace(following, lambda: self._started(model))

    def _tell(self, text: str) -> None:
        self._lock.seek(0)
        self._lock.truncate()
        self._lock.write(f"{os.getpid()} {time.time_ns()} {text}\n")
        self._lock.flush()


def state_file(port: int) -> Path:
    """Where a running assistant tells its process and its model."""
    return RUN / f"serve-{port}"


def ask_for_handover(port: int) -> str:
    """Asks the assistant of a port to take today's model over; returns what came of it.

    Raises:
        CommandError: if none is running, or it could not take it over.
    """
    path = state_file(port)
    before = _read(path)
    if before is None:
        raise CommandError(f"no assistant that 'make serve' started is running at port {port}")
    process, stamp, _ = before
    os.kill(int(process), signal.SIGUSR1)
    deadline = time.monotonic() + START_SECONDS + STOP_SECONDS
    while time.monotonic() < deadline:
        now = _read(path)
        if now is None:
            raise CommandError("the assistant has ended")
        if now[1] != stamp:
            if now[2].startswith("failed"):
                raise CommandError(f"not taken over, the assistant goes on as it was: {now[2]}")
            return now[2]
        time.sleep(_LOOK_SECONDS)
    raise CommandError("the assistant did not take a model over in time")


def _read(path: Path) -> tuple[str, str, str] | None:
    """Process, time and state of the assistant that holds the file; None if none does."""
    try:
        with path.open(encoding="utf-8") as stream:
            while _is_held(stream):
                parts = stream.read().strip().split(" ", 2)
                if len(parts) == 3:
                    return parts[0], parts[1], parts[2]
                stream.seek(0)  # it is being written this very moment
                time.sleep(_LOOK_SECONDS)
    except OSError:
        pass
    return None


def _is_held(stream: TextIO) -> bool:
    """Whether another process holds the file."""
    try:
        fcntl.flock(stream, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    return False


def _work() -> None:
    print(f"The assistant {ask_for_handover(port_from_environment('PORT', 5005))}.")


def main() -> int:
    """Command line: `python -m tools.handover`, with PORT in the environment."""
    return guarded(_work)


if __name__ == "__main__":
    sys.exit(main())
