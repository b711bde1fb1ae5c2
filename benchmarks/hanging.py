"""Lets processes hang, and go on: to everybody else they are there and say nothing."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path


def family(process_id: int) -> list[int]:
    """A process and its children."""
    children = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        try:
            fields = path.read_text(encoding="utf-8").rpartition(")")[2].split()
        except OSError:  # it has just ended
            continue
        if int(fields[1]) == process_id:
            children.append(int(path.parent.name))
    return [process_id, *children]


@contextmanager
def hanging(process_id: int) -> Iterator[None]:
    """A process that hangs, with its children, while the block runs."""
    stopped = family(process_id)
    try:
        for member in stopped:
            _send(member, signal.SIGSTOP)
        yield
    finally:
        for member in reversed(stopped):
            _send(member, signal.SIGCONT)


def _send(process_id: int, number: int) -> None:
    with suppress(ProcessLookupError):
        os.kill(process_id, number)
