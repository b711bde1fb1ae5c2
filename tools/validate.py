"""Checks content, domain and training data; any warning counts as a fault.

`rasa data validate --fail-on-warnings` returns 0 on data for which Rasa warns, because several
checks only print: so whatever it prints as a warning decides here.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys

from content.loader import ContentError, load
from keepers.half_filled import half_filled
from tools.place import training_arguments
from tools.rasa_cli import QUIET_ENVIRONMENT

_WARNING = re.compile(r"(?:UserWarning|FutureWarning|WARNING|ERROR)\W+(.*)")
# Rasa looks for responses in stories and rules alone; all of them are said by the action.
_SAID_BY_ACTIONS = re.compile(r"utterance 'utter_\w+' is not used")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")


def rasa_warnings() -> list[str]:
    """Warnings and errors of `rasa data validate`."""
    command = [sys.executable, "-m", "rasa", "data", "validate", "--fail-on-warnings"]
    command += training_arguments()
    environment = {**os.environ, **QUIET_ENVIRONMENT}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    output = _COLOUR.sub("", done.stdout + done.stderr)
    found = [text for text in _WARNING.findall(output) if not _SAID_BY_ACTIONS.search(text)]
    if done.returncode and not _WARNING.search(output):
        found = [output.strip().splitlines()[-1] if output.strip() else "rasa data validate failed"]
    return found


def main() -> int:
    """Command line: `python -m tools.validate`; prints every fault, returns 1 if there is one."""
    unfinished = half_filled()
    try:
        load()
        faults = unfinished or rasa_warnings()
    except ContentError as error:
        faults = [*(str(fault) for fault in error.faults), *unfinished]
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print("Content, domain and training data are valid.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
