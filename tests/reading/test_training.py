"""The short form of the training, in the environment that `make reader` makes.

It needs PyTorch, which the assistant does not: without that environment it is skipped, and with
REQUIRE_READER=1 the environment is made.
"""

from __future__ import annotations

import json
import os
import subprocess
from pathlib import Path

import pytest

from reading.encoder import packaged_encoder
from reading.heard import Heard
from reading.reader import StatementReader
from tests.conftest import ROOT
from tests.reading.conftest import STATEMENTS

ENVIRONMENT = ROOT / ".venv-reader"
READY = ENVIRONMENT / "ready"


@pytest.fixture(scope="module")
def python() -> str:
    """The Python with PyTorch."""
    if os.environ.get("REQUIRE_READER"):
        subprocess.run(["make", ".venv-reader/ready"], cwd=ROOT, check=True, timeout=1800)
    elif not READY.exists():
        pytest.skip("no .venv-reader: make reader, or REQUIRE_READER=1")
    return str(ENVIRONMENT / "bin" / "python")


@pytest.fixture(scope="module")
def trained(python: str, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with weights of two articles and a few steps: half a minute on two idle cores."""
    out = tmp_path_factory.mktemp("weights")
    work = tmp_path_factory.mktemp("work")
    options = {"articles": 2, "passes": 0.1, "processes": 2, "seconds": 20}
    command = [python, "-m", "reading.training", "--work", str(work), "--out", str(out)]
    command += [text for name, value in options.items() for text in (f"--{name}", str(value))]
    subprocess.run(command, cwd=ROOT, check=True, timeout=900)
    return out


def test_what_is_trained_can_be_read_with(trained: Path) -> None:
    reader = StatementReader(packaged_encoder(), trained)
    reading = reader.read(Heard("what do cooks do?"), reader.shelf(STATEMENTS, []))
    assert {each.id for each in reading.judged} == set(STATEMENTS)


def test_its_origin_is_written_down(trained: Path) -> None:
    provenance = json.loads((trained / "provenance.json").read_text(encoding="utf-8"))
    assert provenance["articles"] == 2
    assert provenance["passes"] == 0.1
    assert {"data", "weights"} <= provenance.keys()


def test_the_graph_computes_what_the_module_does(python: str, trained: Path) -> None:
    """The exported weights, run in 8 bits, tell what PyTorch tells."""
    done = subprocess.run(
        [python, "-m", "tests.reading.same_scores", str(trained)],
        cwd=ROOT, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert float(done.stdout) < 0.1
