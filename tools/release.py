"""Releases a version: checks that it is ready, names all that is missing at once, and tags it."""

from __future__ import annotations

import argparse
import datetime
import re
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

from tools import changelog, subjects
from tools.console import CommandError, guarded
from tools.place import ENGINE
from tools.subjects import git

_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")


def _numbers(version: str) -> tuple[int, ...]:
    return tuple(map(int, version.split(".")))


def missing(version: str, folder: Path = ENGINE) -> Sequence[str]:
    """What stands in the way of a version, a line each; nothing if it can be tagged.

    Raises:
        CommandError: if that is no version, or git cannot be asked.
    """
    if not _VERSION.fullmatch(version):
        raise CommandError(f"VERSION={version} is not a version such as 1.2.3")
    return [*_of_tree(folder), *_of_changelog(version, folder), *_of_history(version, folder)]


def _of_tree(folder: Path) -> Iterator[str]:
    if changed := git(folder, "status", "--porcelain").splitlines():
        yield f"{len(changed)} files are not committed, the first: {changed[0]}"


def _of_changelog(version: str, folder: Path) -> Iterator[str]:
    path = folder / changelog.CHANGELOG.name
    if not path.is_file():
        yield f"there is no {path.name}"
        return
    found = changelog.sections(path.read_text(encoding="utf-8"))
    if any(each.name == changelog.UNRELEASED and each.entries for each in found):
        yield f"{path.name}: what is {changelog.UNRELEASED} belongs below the heading of {version}"
    released = [each for each in found if each.name != changelog.UNRELEASED]
    if not released or released[0].name != version:
        yield f"{path.name}: the newest version is not {version}"
        return
    if not released[0].entries:
        yield f"{path.name}: nothing is told of {version}"
    if not _is_past(released[0].date):
        yield f"{path.name}: {version} needs a date of today or before, such as 2025-11-30"
    if len(released) > 1 and _numbers(version) <= _numbers(released[1].name):
        yield f"{version} does not follow {released[1].name}"


def _is_past(date: str) -> bool:
    try:
        return datetime.date.fromisoformat(date) <= datetime.date.today()
    except ValueError:
        return False


def _of_history(version: str, folder: Path) -> Iterator[str]:
    last = subjects.last_tag(folder)
    if f"v{version}" in git(folder, "tag", "--list").splitlines():
        yield f"there is a tag v{version} already"
    elif last and _numbers(version) <= _numbers(last.removeprefix("v")):
        yield f"{version} does not follow {last}"
    if not subjects.new_commits(folder):
        yield "nothing was committed since the version before"
    yield from subjects.faults(folder)


def tag(version: str, folder: Path = ENGINE) -> None:
    """Tags what is checked out with a version; the tag says what the changelog does."""
    news = changelog.versions(folder / changelog.CHANGELOG.name)[0].text
    # As it stands: git would take headings for comments.
    git(folder, "tag", "--annotate", "--cleanup=verbatim", f"v{version}", "--message", news)


def main() -> int:
    """Command line: `python -m tools.release VERSION [--check]`."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("version", help="such as 1.2.3; the newest one in CHANGELOG.md")
    parser.add_argument("--check", action="store_true", help="say what is missing, and tag nothing")
    given = parser.parse_args()
    if found := missing(given.version):
        raise CommandError("\n  ".join([f"{given.version} cannot be released:", *found]))
    if not given.check:
        tag(given.version)
        print(f"Tagged v{given.version}; share it with: git push origin v{given.version}")
    return 0


if __name__ == "__main__":
    sys.exit(guarded(main))
