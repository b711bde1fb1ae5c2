"""The pages of the documentation, and the commands and paths in them."""

from __future__ import annotations

import re
import shlex
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from tests.conftest import ROOT

PAGES = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]
_FENCE = re.compile(r"^```(\w*)[^\n]*\n(.*?)^```$", re.MULTILINE | re.DOTALL)
_INLINE = re.compile(r"`([^`\n]+(?:\n[^`\n]+)?)`")
_SHELL = ("console", "sh")
#: What the pages tell people to type.
PROGRAMS = frozenset(
    "cat cd curl docker git kubectl make nginx npm promtool python rasa source url= token=".split()
)


@dataclass(frozen=True)
class Command:
    """A command as a page shows it.

    Attributes:
        page: name of its file.
        words: program and arguments, without variables of the environment before them.
    """

    page: str
    words: tuple[str, ...]

    def __str__(self) -> str:
        return f"{self.page}: {' '.join(self.words)}"


def commands() -> Iterator[Command]:
    """All commands of all pages; what a block tells to type is one, whatever it is."""
    for page in PAGES:
        text = page.read_text(encoding="utf-8")
        for language, block in _FENCE.findall(text):
            if language in _SHELL:
                for line in _typed(block, language):
                    yield Command(page.name, tuple(shlex.split(line, comments=True)))
        for code in _INLINE.findall(_FENCE.sub("", text)):
            words = shlex.split(" ".join(code.removeprefix(".venv/bin/").split()))
            if words and words[0] in PROGRAMS:
                yield Command(page.name, tuple(words))


def _typed(block: str, language: str) -> Iterator[str]:
    """The lines that are typed: all of a script; those behind a prompt where output is shown."""
    for line in re.sub(r"\\\n\s*", "", block).splitlines():
        if language == "sh" and line.strip():
            yield line
        elif line.startswith("$ "):
            yield line[2:]


def inline_code() -> Iterator[tuple[Path, str]]:
    """Page and text of all code within sentences."""
    for page in PAGES:
        text = _FENCE.sub("", page.read_text(encoding="utf-8"))
        yield from ((page, " ".join(code.split())) for code in _INLINE.findall(text))


def links() -> Iterator[tuple[Path, str]]:
    """Page and target of all links and pictures."""
    for page in PAGES:
        text = _FENCE.sub("", page.read_text(encoding="utf-8"))
        yield from ((page, target) for target in re.findall(r"\]\(([^)\s]+)\)", text))
