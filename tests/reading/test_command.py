"""`python -m reading FOLDER`, as `make reading DATA=folder` runs it."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

from tests.conftest import ROOT
from tests.reading.conftest import NAME, WriteArticle

LAST = r"right=\d\.\d{3} verdict_false=\S+ verdict_said=\S+ recall=\S+ acts=\S+ ms=\d+\.\d"


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "reading", *arguments]
    return subprocess.run(command, capture_output=True, text=True, timeout=120, cwd=ROOT)


def test_a_small_folder(write_article: WriteArticle) -> None:
    done = run(str(write_article().parent))
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[0] == NAME
    assert "in all" in lines
    for kind, turns in (("single", 3), ("in context", 1), ("conversation", 2), ("hard", 1)):
        assert any(line.split() [: len(kind.split()) + 1] == [*kind.split(), str(turns)]
                   for line in lines)  # fmt: skip
    shares = dict(part.split("=") for part in lines[-1].split())
    assert {"right", "verdict_said", "recall", "acts", "ms"} <= shares.keys()
    assert 0 <= float(shares["right"]) <= 1
    if "verdict_false" in shares:  # where nothing was said, nothing of it is false
        assert re.fullmatch(LAST, lines[-1])


def test_a_faulty_folder_is_told_in_one_line(tmp_path: Path, write_article: WriteArticle) -> None:
    empty = tmp_path / "empty"
    empty.mkdir()
    faulty = write_article(turns=[{"say": "x", "labels": {"s99": "answers"}}]).parent
    for folder in (empty, faulty, tmp_path / "missing"):
        done = run(str(folder))
        assert done.returncode == 1
        assert len(done.stderr.splitlines()) == 1
        assert done.stderr.startswith("make: ")
