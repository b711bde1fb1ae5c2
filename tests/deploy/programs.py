"""Programs by which deployment is tested; where they must not be missing, REQUIRE_DEPLOY is set."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from benchmarks.services import MissingProgram, program
from tests.conftest import ROOT

#: Programs of requirements/tools.txt (`make .venv-tools/ready`).
TOOLS = ROOT / ".venv-tools" / "bin"


def needed(name: str, *folders: Path) -> str:
    """Path of a program; without it the test is skipped, or fails where REQUIRE_DEPLOY is set."""
    try:
        return program(name, *map(str, folders))
    except MissingProgram as error:
        if os.environ.get("REQUIRE_DEPLOY"):
            raise
        pytest.skip(str(error))
