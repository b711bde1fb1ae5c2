"""Keeps a log from filling the disk."""

from __future__ import annotations

import os
import shutil
from contextlib import suppress
from pathlib import Path

_MAX_BYTES = 50_000_000
_KEPT = 3


class KeptLog:
    """A log file of which, when it has grown large, the last few parts are kept.

    Whoever writes it has opened it for appending, and goes on with the file that was emptied.

    Args:
        path: the file; the older parts are named path.1, path.2 and so on.
        max_bytes: how large it may become.
    """

    def __init__(self, path: Path, max_bytes: int = _MAX_BYTES) -> None:
        self._path = path
        self._max_bytes = max_bytes

    def tend(self) -> None:
        """Looks after it; to be called a few times a second."""
        with suppress(OSError):  # a full disk must not end the servers
            if self._path.stat().st_size > self._max_bytes:
                self._rotate()

    def _part(self, number: int) -> Path:
        return self._path.with_name(f"{self._path.name}.{number}")

    def _rotate(self) -> None:
        for number in range(_KEPT - 1, 0, -1):
            with suppress(FileNotFoundError):
                os.replace(self._part(number), self._part(number + 1))
        with self._path.open("r+b") as log, open(self._part(1), "wb", opener=_private) as part:
            shutil.copyfileobj(log, part)
            log.truncate(0)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)
