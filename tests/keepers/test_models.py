"""Five models are kept, and an earlier one can be gone back to."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.keepers.copy import Copy


@pytest.fixture
def copy(tmp_path: Path) -> Copy:
    """The repository with seven models of which none is today's."""
    found = Copy(tmp_path)
    found.path("models").mkdir()
    for number in range(7):
        path = found.path(f"models/assistant-{number}.tar.gz")
        path.write_bytes(b"")
        os.utime(path, (1_700_000_000 + number,) * 2)
    return found


def _models(copy: Copy) -> list[str]:
    return sorted(path.name for path in copy.path("models").glob("*.tar.gz"))


def test_the_last_five_are_kept_and_the_one_in_use(copy: Copy) -> None:
    assert copy.run("tools.models", "--to", "assistant-1").returncode == 0
    code = "from tools.train import forget_old_models; forget_old_models()"
    subprocess.run([sys.executable, "-c", code], cwd=copy.folder, check=True)
    assert _models(copy) == [f"assistant-{n}.tar.gz" for n in (1, 2, 3, 4, 5, 6)]


def test_a_rollback_goes_one_back_at_a_time_and_can_name_a_model(copy: Copy) -> None:
    for wanted in (6, 5):
        done = copy.run("tools.models")
        assert done.returncode == 0, done.stderr
        (row,) = [line for line in done.stdout.splitlines() if "<- served" in line]
        assert row.startswith(f"assistant-{wanted} ")
    assert "make restart" in done.stdout
    assert copy.text("models/rolled_back_to") == "assistant-5.tar.gz"
    named = copy.run("tools.models", "--to", "assistant-0")
    assert copy.text("models/rolled_back_to") == "assistant-0.tar.gz"
    assert named.returncode == 0
    earlier = copy.run("tools.models")
    assert earlier.returncode == 1
    assert "there is no earlier model; there are: assistant-6" in earlier.stderr


def test_without_todays_model_a_preview_takes_the_latest_that_is_kept(copy: Copy) -> None:
    copy.path("models/tried-out.tar.gz").write_bytes(b"")  # newer, and no model of this project's
    code = "from content.loader import load; from keepers.model_names import newest_model"
    code += "; print(*newest_model(load()))"
    done = subprocess.run(
        [sys.executable, "-c", code], cwd=copy.folder, capture_output=True, text=True, check=True
    )
    assert done.stdout == "models/assistant-6.tar.gz False\n"


def test_a_name_that_is_no_model_is_told(copy: Copy) -> None:
    done = copy.run("tools.models", "--to", "assistant-9")
    assert done.returncode == 1
    assert "there is no assistant-9" in done.stderr
    assert not copy.path("models/rolled_back_to").exists()
