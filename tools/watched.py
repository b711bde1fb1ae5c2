"""Runs a server for a container or a service manager, and ends when it hangs.

Those start again what has ended; a process that hangs has not, and a failed health check alone
restarts nothing.
"""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Sequence
from typing import Any

from tools.kept_process import Watchdog


def main(arguments: Sequence[str] | None = None) -> int:
    """Command line: `python -m tools.watched HEALTH-URL COMMAND...`."""
    given = sys.argv[1:] if arguments is None else list(arguments)
    if len(given) < 2:
        print("usage: python -m tools.watched HEALTH-URL COMMAND...", file=sys.stderr)
        return 2
    url, *command = given
    process = subprocess.Popen(command)

    def pass_on(number: int, _: Any) -> None:
        process.send_signal(number)

    for number in (signal.SIGTERM, signal.SIGINT):
        signal.signal(number, pass_on)
    Watchdog(url).watch(process, command[0])
    code = process.wait()
    return code if code >= 0 else 128 - code


if __name__ == "__main__":
    sys.exit(main())
