"""What every command does at the terminal: tables, progress, one line on an error."""

from __future__ import annotations

import os
import shutil
import signal
import sys
import textwrap
import time
from collections.abc import Callable, Sequence
from typing import Any

from content.loader import ContentError

_MIN_WIDTH = 40
_MAX_WIDTH = 100
_PROGRESS_SECONDS = 0.5
_BROKEN_PIPE = 141  # 128 + SIGPIPE, as a shell tells it


class CommandError(Exception):
    """A command cannot do what it was asked to; the message is one line for whoever typed it."""


def port_from_environment(name: str, default: int) -> int:
    """A port number from the environment.

    Raises:
        CommandError: if the value is not a port.
    """
    value = os.environ.get(name) or str(default)
    if not value.isdigit() or not 0 < int(value) < 65536:
        raise CommandError(f"{name}={value} is not a port number (1 to 65535).")
    return int(value)


def width() -> int:
    """Columns to write in; 80 where the output is no terminal."""
    return max(_MIN_WIDTH, min(_MAX_WIDTH, shutil.get_terminal_size((80, 24)).columns))


def wrapped(text: str, indent: str = "", first: str | None = None) -> str:
    """A text in lines that fit, with an indent; `first` is that of its first line."""
    begin = indent if first is None else first
    return textwrap.fill(text, width(), initial_indent=begin, subsequent_indent=indent)


def table(header: Sequence[str], rows: Sequence[Sequence[object]], fits: bool = True) -> str:
    """Rows as aligned text: the first column to the left, all others to the right.

    Args:
        header: above the rows.
        rows: of as many cells as the header.
        fits: whether the first column is cut so that no row is wider than the terminal.
    """
    lines = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    if fits:
        widths[0] = max(8, min(widths[0], width() - sum(widths[1:]) - 2 * (len(widths) - 1)))
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = _cut(cells[0], widths[0]).ljust(widths[0])
    rest = [cell.rjust(size) for cell, size in zip(cells[1:], widths[1:], strict=True)]
    return "  ".join([first, *rest]).rstrip()


def _cut(text: str, size: int) -> str:
    return text if len(text) <= size else text[: size - 1] + "…"


def ask(prompt: str, at_end: str = "") -> str:
    """What is typed in answer to a prompt, without space around it; `at_end` where input ends."""
    try:
        return input(prompt).strip()
    except EOFError:
        print()
        return at_end


def percent(part: float | None, whole: float = 1.0) -> str:
    """A share as people read it; "-" where there is nothing to count."""
    return "-" if part is None or not whole else f"{100 * part / whole:.1f} %"


class Progress:
    """One line on standard error that counts up, on a terminal only.

    Args:
        what: what is being done.
    """

    def __init__(self, what: str) -> None:
        self._what = what
        self._shown = time.monotonic()
        self._active = sys.stderr.isatty()
        self._written = False

    def at(self, done: float, total: float) -> None:
        """Shows how far it is, a few times a second at most."""
        now = time.monotonic()
        if self._active and total and now - self._shown >= _PROGRESS_SECONDS:
            self._shown, self._written = now, True
            print(f"\r{self._what} {100 * done / total:3.0f} %", end="", file=sys.stderr)
            sys.stderr.flush()

    def end(self) -> None:
        """Takes the line away."""
        if self._written:
            print(f"\r{' ' * (len(self._what) + 6)}\r", end="", file=sys.stderr)


def guarded(work: Callable[[], int | None]) -> int:
    """Runs a command; returns its exit code, and turns what goes wrong into one line.

    A character that the terminal's encoding does not have becomes a question mark.
    """
    try:
        signal.signal(signal.SIGTERM, _end)
        for stream in (sys.stdout, sys.stderr):
            stream.reconfigure(errors="replace")  # type: ignore[union-attr]
        code = work() or 0
        sys.stdout.flush()
        return code
    except ContentError as error:
        print(f"make: the content has faults:\n{error}", file=sys.stderr)
    except BrokenPipeError:
        # Python flushes standard output once more as it ends, which would fail again.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return _BROKEN_PIPE
    except (CommandError, RuntimeError, OSError) as error:
        print(f"make: {error}", file=sys.stderr)
    except KeyboardInterrupt:
        print("\nmake: stopped.", file=sys.stderr)
        return 130
    return 1


def _end(*_: Any) -> None:
    sys.exit(128 + signal.SIGTERM)
