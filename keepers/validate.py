"""Checks content, domain and training data; any warning counts as a fault.

`rasa data validate --fail-on-warnings` returns 0 on data for which Rasa warns, because several
checks only print: so whatever it prints as a warning decides here.
"""

from __future__ import annotations

import os
import re
import subprocess
import sys
from pathlib import Path

from content.loader import Content, ContentError, load
from keepers.half_filled import half_filled
from tools.place import file_of, training_arguments
from tools.rasa_cli import QUIET_ENVIRONMENT

_WARNING = re.compile(r"(?:UserWarning|FutureWarning|WARNING|ERROR)\W+(.*)")
# Rasa looks for responses in stories and rules alone; all of them are said by the action.
_SAID_BY_ACTIONS = re.compile(r"utterance 'utter_\w+' is not used")
_COLOUR = re.compile(r"\x1b\[[0-9;]*m")
_DOMAIN = "domain.yml"


def topics_in_domain(content: Content) -> list[str]:
    """One fault if the domain lists topics: they come from the content.

    `rasa interactive` writes the domain that it runs with over the file when it exports. Where the
    domain is the engine's, a topic has the name of what is said in any conversation.
    """
    path = file_of(_DOMAIN)
    lines = path.read_text(encoding="utf-8").splitlines()
    listed = [(n, line.strip().removeprefix("- ")) for n, line in enumerate(lines, 1)]
    found = [(number, name) for number, name in listed if name in content.topic_ids]
    if not found:
        return []
    (line, first), *rest = found
    names = f"{first} and {len(rest)} more are topics" if rest else f"{first} is a topic"
    if path != Path(_DOMAIN):
        return [f"{path}:{line}: intents: {names} of content/ too: give what is there another id"]
    return [
        f"{path}:{line}: intents: {names} of content/ and must not stand here too; if an export of "
        f"'rasa interactive' wrote them, 'git checkout {path}' takes that back"
    ]


def rasa_warnings() -> list[str]:
    """Warnings and errors of `rasa data validate`."""
    command = [sys.executable, "-m", "tools.rasa_cli", "data", "validate", "--fail-on-warnings"]
    command += training_arguments()
    environment = {**os.environ, **QUIET_ENVIRONMENT}
    done = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    output = _COLOUR.sub("", done.stdout + done.stderr)
    found = [text for text in _WARNING.findall(output) if not _SAID_BY_ACTIONS.search(text)]
    if done.returncode and not _WARNING.search(output):
        found = [output.strip().splitlines()[-1] if output.strip() else "rasa data validate failed"]
    return found


def main() -> int:
    """Command line: `python -m keepers.validate`; prints every fault, returns 1 if there is one."""
    unfinished = half_filled()
    try:
        content = load(with_drafts=True)
        faults = unfinished or topics_in_domain(content) or rasa_warnings()
    except ContentError as error:
        faults = [*(str(fault) for fault in error.faults), *unfinished]
    for fault in faults:
        print(fault, file=sys.stderr)
    if not faults:
        print("Content, domain and training data are valid.")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
