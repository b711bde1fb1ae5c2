"""CHANGELOG.md as versions with what is new in each; the newest one is the project's version."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from tools.place import ENGINE

CHANGELOG = ENGINE / "CHANGELOG.md"
UNRELEASED = "Unreleased"
_HEADING = re.compile(r"^## \[(?P<name>[^\]]+)\](?: - (?P<date>\S+))?\s*$", re.MULTILINE)
_ENTRY = re.compile(r"^- \S", re.MULTILINE)
_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)


@dataclass(frozen=True)
class Section:
    """What changed with one version.

    Attributes:
        name: the version, or `UNRELEASED`.
        date: as it is written, empty where there is none.
        text: all below the heading.
    """

    name: str
    date: str
    text: str

    @property
    def entries(self) -> int:
        """How many changes it tells."""
        return len(_ENTRY.findall(self.text))


def sections(text: str) -> Sequence[Section]:
    """The sections of a changelog, in its own order, the newest one first."""
    text = _COMMENT.sub("", text)
    headings = list(_HEADING.finditer(text))
    ends = [*(each.start() for each in headings[1:]), len(text)]
    return [
        Section(each["name"], each["date"] or "", text[each.end() : end].strip())
        for each, end in zip(headings, ends, strict=True)
    ]


def versions(path: Path = CHANGELOG) -> Sequence[Section]:
    """The released ones among the sections of a file, the newest one first."""
    return [each for each in sections(path.read_text(encoding="utf-8")) if each.name != UNRELEASED]
