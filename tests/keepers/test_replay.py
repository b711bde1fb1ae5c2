"""A replay tells which replies an edit would change, and changes nothing."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from content.live import KEPT
from content.loader import DEFAULT_FOLDER, load
from keepers.replay import talks_of
from keepers.store import Period
from tests.conftest import ROOT
from tests.keepers.stores import Store
from tools.stores import open_store

_MOST = 12
CONTENT = load()


@pytest.fixture
def edited(tmp_path: Path) -> Path:
    """A copy of the content."""
    folder = tmp_path / "edited"
    folder.mkdir()
    for path in DEFAULT_FOLDER.glob("*.yml"):
        shutil.copy(path, folder)
    return folder


def _replay(store: Store, *arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "keepers.replay", "--most", str(_MOST)]
    command += ["--endpoints", str(store.endpoints), *arguments]
    return subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)


def test_an_edit_is_told_by_the_replies_that_it_changes(
    model_path: Path, driven: Store, edited: Path
) -> None:
    same = _replay(driven, "--content", str(edited))
    assert same.returncode == 0, same.stderr
    assert same.stdout.startswith("0 of ")
    kept = ROOT / KEPT
    before = kept.read_bytes() if kept.exists() else None
    path = edited / "gaps.yml"
    given = yaml.safe_load(path.read_text(encoding="utf-8"))
    for gap in given["gaps"]:
        gap["answer"] = f"{gap['answer'].rstrip('.')}, so I was told."
    path.write_text(yaml.safe_dump(given, sort_keys=False), encoding="utf-8")
    done = _replay(driven, "--content", str(edited))
    assert done.returncode == 0, done.stderr
    *shown, total = done.stdout.splitlines()
    assert int(total.split()[0]) == sum(line.startswith("> ") for line in shown) > 0
    shown_text = " ".join(" ".join(shown).split())
    # What leans on an edited reply may differ too, and the version that somebody asks for does.
    assert int(total.split()[0]) / 2 < shown_text.count("so I was told.") <= int(total.split()[0])
    assert load().version == CONTENT.version
    assert (kept.read_bytes() if kept.exists() else None) == before


def test_a_faulty_edit_is_told_before_anything_is_held(driven: Store, edited: Path) -> None:
    (edited / "gaps.yml").write_text("gaps: [\n", encoding="utf-8")
    done = _replay(driven, "--content", str(edited))
    assert done.returncode == 1
    assert "gaps.yml:" in done.stderr
    assert "CONTENT=folder" in _replay(driven).stderr


def test_the_latest_conversations_are_held_thumbs_left_out(driven: Store) -> None:
    talks = talks_of(open_store(driven.config), Period(), CONTENT, _MOST)
    assert len(talks) == _MOST
    assert len({tuple(each) for each in talks}) == _MOST
    assert not any(text.startswith("/feedback_") for each in talks for text in each)
