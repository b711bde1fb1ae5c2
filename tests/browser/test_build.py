"""What is committed under widget/dist."""

from __future__ import annotations

import gzip
import os
import re
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.conftest import ROOT

WIDGET = ROOT / "widget"
DIST = WIDGET / "dist"


def _packed(pattern: str) -> int:
    return sum(path.stat().st_size for path in DIST.glob(pattern))


def test_the_loader_and_the_whole_chat_are_small() -> None:
    loader, chat = _packed("widget.js.gz"), _packed("chat-*.js.gz")
    assert 0 < loader <= 3 * 1024
    assert chat > 0
    assert loader + chat <= 35 * 1024


def test_every_file_has_its_packed_copies_with_the_same_content() -> None:
    files = [path for path in DIST.iterdir() if path.suffix not in (".gz", ".br")]
    assert {"index.html", "widget.js"} < {path.name for path in files}
    for path in files:
        assert gzip.decompress(path.with_name(f"{path.name}.gz").read_bytes()) == path.read_bytes()
        assert path.with_name(f"{path.name}.br").stat().st_size < path.stat().st_size


def test_the_loader_names_the_chat_that_is_there() -> None:
    names = re.findall(r"chat-[0-9a-f]{10}\.js", (DIST / "widget.js").read_text(encoding="utf-8"))
    assert [path.name for path in DIST.glob("chat-*.js")] == names


def test_the_lock_file_names_no_host() -> None:
    lock = (WIDGET / "package-lock.json").read_text(encoding="utf-8")
    assert '"integrity"' in lock
    assert '"resolved"' not in lock


@pytest.fixture(scope="module")
def _node_modules() -> None:
    """What the build needs; where Node is missing its tests are skipped, but not with CI's flag."""
    required = os.environ.get("REQUIRE_BROWSER") == "1"
    if shutil.which("npm") is None:
        if required:
            pytest.fail("npm was not found")
        pytest.skip("npm was not found")
    if not (WIDGET / "node_modules").is_dir():
        if not required:
            pytest.skip("widget/node_modules is not installed: run `make widget`")
        subprocess.run(["npm", "ci"], cwd=WIDGET, check=True)


def _read(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.usefixtures("_node_modules")
def test_the_sources_give_what_is_committed_byte_by_byte(tmp_path: Path) -> None:
    subprocess.run(["node", "build.mjs", str(tmp_path)], cwd=WIDGET, check=True)
    built, committed = _read(tmp_path), _read(DIST)
    assert built.keys() == committed.keys()
    # Each version of Node packs in its own way: packed files are judged by the next test.
    plain = [name for name in built if not name.endswith((".gz", ".br"))]
    assert [name for name in plain if built[name] != committed[name]] == []


@pytest.mark.usefixtures("_node_modules")
def test_building_again_leaves_every_file_as_it_is(tmp_path: Path) -> None:
    shutil.copytree(DIST, tmp_path / "dist")
    subprocess.run(["node", "build.mjs", str(tmp_path / "dist")], cwd=WIDGET, check=True)
    assert _read(tmp_path / "dist") == _read(DIST)


@pytest.mark.usefixtures("_node_modules")
def test_the_types_are_right() -> None:
    subprocess.run([WIDGET / "node_modules" / ".bin" / "tsc", "--noEmit"], cwd=WIDGET, check=True)
