"""Checks the subjects of new commits: `git log --oneline` shows each of them whole."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path

from tools.console import CommandError, guarded
from tools.place import ENGINE

MOST_CHARACTERS = 72
#: The last commit of the last version that has no tag: older subjects are longer, and stay.
UNTAGGED = "3343f6c8002423420faa38e27f23e55346ee1a09"


def git(folder: Path, *arguments: str) -> str:
    """What a git command prints.

    Raises:
        CommandError: with git's own words, if it fails.
    """
    command = ["git", "-C", str(folder), *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise CommandError(done.stderr.strip() or f"git {arguments[0]} failed")
    return done.stdout.strip()


def _succeeds(folder: Path, *arguments: str) -> bool:
    command = ["git", "-C", str(folder), *arguments]
    return not subprocess.run(command, capture_output=True, check=False).returncode


def last_tag(folder: Path) -> str | None:
    """The tag of the last version before what is checked out; None where there is none."""
    if not _succeeds(folder, "describe", "--tags", "--match", "v[0-9]*"):
        return None
    return git(folder, "describe", "--tags", "--match", "v[0-9]*", "--abbrev=0")


def new_commits(folder: Path) -> Sequence[tuple[str, str]]:
    """Id and subject of each commit since the last version, the newest one first.

    Where neither a tag nor `UNTAGGED` is part of the history, as in a copy with a history of its
    own, that is all of them.
    """
    since = last_tag(folder)
    if since is None and _succeeds(folder, "merge-base", "--is-ancestor", UNTAGGED, "HEAD"):
        since = UNTAGGED
    lines = git(folder, "log", "--format=%h %s", f"{since}..HEAD" if since else "HEAD").splitlines()
    return [(line.partition(" ")[0], line.partition(" ")[2]) for line in lines]


def faults(folder: Path) -> Sequence[str]:
    """A line for each new commit whose subject is too long."""
    return [
        f"{commit}: the subject has {len(subject)} characters, {MOST_CHARACTERS} are the most: "
        f"{subject}"
        for commit, subject in new_commits(folder)
        if len(subject) > MOST_CHARACTERS
    ]


def main() -> int:
    """Command line: `python -m tools.subjects`."""
    if not _succeeds(ENGINE, "rev-parse", "--verify", "HEAD"):
        return 0  # not a clone: a downloaded archive has no commits to check
    if found := faults(ENGINE):
        raise CommandError("\n  ".join(["subjects of commits:", *found]))
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
