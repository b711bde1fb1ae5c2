"""What is publicly known of the locked packages, beside what was reviewed of them."""

from __future__ import annotations

import argparse
import json
import re
import subprocess
import sys
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tools.console import CommandError, guarded, wrapped

LOCK = Path("requirements/runtime.txt")
REVIEWED = Path("requirements/advisories.yml")
_PIP_AUDIT = Path(".venv-tools/bin/pip-audit")
_LOCKED = re.compile(r"^([A-Za-z0-9._-]+)==([^ ;\\]+)", re.MULTILINE)
_FIELDS = {"package", "version", "ids", "about", "reachable"}


@dataclass(frozen=True)
class Advisory:
    """Something known of a release.

    Attributes:
        package: its name.
        version: the release.
        ids: names of the same thing in several lists.
        about: what it is.
    """

    package: str
    version: str
    ids: frozenset[str]
    about: str


def locked(text: str) -> set[tuple[str, str]]:
    """Names and releases in a lock file; some have one for each platform."""
    return {(name.lower(), version) for name, version in _LOCKED.findall(text)}


def reviewed(text: str) -> list[Advisory]:
    """The reviewed list.

    Raises:
        CommandError: names an entry that is not complete.
    """
    entries: list[Mapping[str, Any]] = yaml.safe_load(text) or []
    for entry in entries:
        if set(entry) != _FIELDS or not all(entry.values()):
            raise CommandError(f"{REVIEWED}: an entry needs {sorted(_FIELDS)}: {dict(entry)}")
    return [
        Advisory(e["package"], str(e["version"]), frozenset(e["ids"]), e["about"]) for e in entries
    ]


def found_by_pip_audit(report: Mapping[str, Any]) -> tuple[list[Advisory], int]:
    """What pip-audit's report has, and of how many packages its source knew nothing."""
    packages = report["dependencies"]
    found = [
        Advisory(
            package["name"].lower(),
            package["version"],
            frozenset([fault["id"], *fault["aliases"]]),
            " ".join(fault["description"].split())[:200],
        )
        for package in packages
        for fault in package.get("vulns", [])
    ]
    return found, sum("skip_reason" in package for package in packages)


def judge(
    found: Iterable[Advisory], known: Sequence[Advisory], lock: Collection[tuple[str, str]]
) -> list[str]:
    """What is wrong: advisories that nobody reviewed, and reviews of what is not locked."""
    wrong = [
        f"{each.package} {each.version}: {', '.join(sorted(each.ids))} not reviewed: {each.about}"
        for each in found
        if not any(each.package == other.package and each.ids & other.ids for other in known)
    ]
    wrong += [
        f"{REVIEWED}: {each.package} {each.version} is not locked any more"
        for each in known
        if (each.package, each.version) not in lock
    ]
    return wrong


def _ask_pip_audit() -> Mapping[str, Any] | None:
    """Its report; None where it gets no data at all."""
    command = [str(_PIP_AUDIT), "--requirement", str(LOCK), "--require-hashes", "--disable-pip"]
    command += ["--format", "json", "--progress-spinner", "off"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    try:
        report: Mapping[str, Any] = json.loads(done.stdout)
    except ValueError:
        print(wrapped(f"pip-audit: {done.stderr.strip()[-300:]}"), file=sys.stderr)
        return None
    return report


def _work() -> int:
    lock = locked(LOCK.read_text(encoding="utf-8"))
    known = reviewed(REVIEWED.read_text(encoding="utf-8"))
    report = _ask_pip_audit()
    found, missing = found_by_pip_audit(report) if report else ([], len(lock))
    looked_up = len(report["dependencies"]) - missing if report else 0
    print(f"{looked_up} packages looked up in pip-audit's data, {missing} not to be had there.")
    if not looked_up:
        print("That data cannot be reached here: only the reviewed list is checked.")
    wrong = judge(found, known, lock)
    for line in wrong:
        print(wrapped(line, "  ", ""), file=sys.stderr)
    print(f"{len(known)} reviewed, {len(found)} found, {len(wrong)} to look into.")
    return 1 if wrong else 0


def main() -> int:
    """Command line: `python -m tools.audit`."""
    argparse.ArgumentParser(description=__doc__).parse_args()
    return guarded(_work)


if __name__ == "__main__":
    sys.exit(main())
