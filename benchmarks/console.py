"""What every benchmark does at the terminal: print tables, and end with one line on an error."""

from __future__ import annotations

import signal
import sys
from collections.abc import Callable, Sequence
from typing import Any

from content.loader import ContentError
from keepers.console import KeeperError
from tools.launch import LaunchError


class BenchmarkError(Exception):
    """A benchmark cannot run; the message is for the person at the terminal."""


def table(header: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """Rows as aligned text: the first column to the left, all others to the right."""
    lines = [[str(cell) for cell in row] for row in (header, *rows)]
    widths = [max(map(len, column)) for column in zip(*lines, strict=True)]
    return "\n".join(_line(line, widths) for line in lines)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    first = cells[0].ljust(widths[0])
    rest = [cell.rjust(width) for cell, width in zip(cells[1:], widths[1:], strict=True)]
    return "  ".join([first, *rest]).rstrip()


def percent(share: float | None) -> str:
    """A share as people read it; "-" where there was nothing to count."""
    return "-" if share is None else f"{100 * share:.1f} %"


def guarded(work: Callable[[], None]) -> int:
    """Runs a benchmark; returns the exit code.

    An error becomes one line, and being asked to end lets `finally` blocks end what was started.
    """
    signal.signal(signal.SIGTERM, _end)
    try:
        work()
    except (BenchmarkError, LaunchError, ContentError, KeeperError, RuntimeError, OSError) as error:
        print(f"make: {error}", file=sys.stderr)
        return 1
    except KeyboardInterrupt:
        return 130
    return 0


def _end(*_: Any) -> None:
    sys.exit(128 + signal.SIGTERM)
