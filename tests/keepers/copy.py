"""A copy of the repository's files for a command to change."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

from tests.conftest import ROOT

_SECONDS = 600
# Large, and needed by no command that is run in a copy.
_LEFT_OUT = ("widget/", "reading/data/", "reading/training/")


class Copy:
    """The repository's own files in another folder, and its commands run there.

    Args:
        folder: a new folder.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        listed = subprocess.run(
            ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
            cwd=ROOT,
            capture_output=True,
            text=True,
            check=True,
        )
        for name in filter(None, listed.stdout.split("\0")):
            if (ROOT / name).is_file() and not name.startswith(_LEFT_OUT):
                (folder / name).parent.mkdir(parents=True, exist_ok=True)
                shutil.copy(ROOT / name, folder / name)

    def run(
        self,
        *arguments: str,
        typed: str | None = None,
        variables: Mapping[str, str] | None = None,
    ) -> subprocess.CompletedProcess[str]:
        """Runs `python -m ...` in the copy; `typed` is what comes in on standard input."""
        return subprocess.run(
            self.command(*arguments),
            cwd=self.folder,
            input=typed or "",
            env={**os.environ, **(variables or {})},
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )

    @staticmethod
    def command(*arguments: str) -> Sequence[str]:
        """The command line of a module of the copy."""
        return [sys.executable, "-m", *arguments]

    def path(self, name: str) -> Path:
        """A file of the copy."""
        return self.folder / name

    def text(self, name: str) -> str:
        """What a file of the copy says."""
        return self.path(name).read_text(encoding="utf-8")
