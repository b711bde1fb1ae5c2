"""Content that follows its files while the assistant runs."""

from __future__ import annotations

import errno
import logging
import shutil
from pathlib import Path

import pytest

from content.live import LiveContent
from content.loader import ContentError
from tests.content.folder import Folder
from tests.content.test_real_content import CONTENT

OLD, NEW, FAULTY = "title: Pay", "title: Money and pay", "title: ''"


@pytest.fixture
def live(small: Folder) -> LiveContent:
    """Content that has been read once."""
    live = LiveContent(small.path)
    live.get()
    return live


def title(live: LiveContent) -> str:
    """The title that the tests edit."""
    return str(live.get().gaps["gap_pay"].title)


def test_content_is_read_once_while_no_file_changes(live: LiveContent) -> None:
    assert live.get() is live.get()


def test_an_edit_shows_without_a_new_object(live: LiveContent, small: Folder) -> None:
    small.edit("all.yml", OLD, NEW)
    assert title(live) == "Money and pay"


def test_a_new_file_shows(live: LiveContent, small: Folder) -> None:
    small.add("sections:\n  - {id: appendix, title: Appendix}\n")
    assert live.get().sections["appendix"].title == "Appendix"


def test_a_file_taken_away_shows(live: LiveContent, small: Folder) -> None:
    small.add("sections:\n  - {id: appendix, title: Appendix}\n")
    live.get()
    (small.path / "extra.yml").unlink()
    assert "appendix" not in live.get().sections


def test_a_faulty_edit_keeps_the_last_good_content(live: LiveContent, small: Folder) -> None:
    small.edit("all.yml", OLD, NEW)
    title(live)
    small.edit("all.yml", NEW, FAULTY)
    assert title(live) == "Money and pay"


def test_a_faulty_edit_is_logged_with_its_place(
    live: LiveContent, small: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    small.edit("all.yml", OLD, FAULTY)
    with caplog.at_level(logging.ERROR):
        live.get()
    assert f"all.yml:{small.line('all.yml', FAULTY)}: gap_pay.title: " in caplog.text


def test_a_faulty_edit_is_logged_once(
    live: LiveContent, small: Folder, caplog: pytest.LogCaptureFixture
) -> None:
    small.edit("all.yml", OLD, FAULTY)
    for _ in range(3):
        live.get()
    assert len(caplog.records) == 1


def test_mending_shows(live: LiveContent, small: Folder) -> None:
    small.edit("all.yml", OLD, FAULTY)
    live.get()
    small.edit("all.yml", FAULTY, NEW)
    assert title(live) == "Money and pay"


def test_an_emptied_folder_keeps_the_last_good_content(live: LiveContent, small: Folder) -> None:
    for path in small.path.glob("*.yml"):
        path.unlink()
    assert title(live) == "Pay"


def test_content_that_never_loaded_raises_until_it_is_mended(small: Folder) -> None:
    small.edit("all.yml", OLD, FAULTY)
    live = LiveContent(small.path)
    for _ in range(2):
        with pytest.raises(ContentError):
            live.get()
    small.edit("all.yml", FAULTY, NEW)
    assert title(live) == "Money and pay"


def test_a_folder_that_is_not_there_raises(tmp_path: Path) -> None:
    with pytest.raises(ContentError):
        LiveContent(tmp_path / "nowhere").get()


def test_the_real_folder_is_the_default() -> None:
    assert LiveContent().get().topic_ids == CONTENT.topic_ids


def test_a_restart_while_an_edit_is_broken_goes_on_with_the_last_good_content(
    small: Folder, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    kept = tmp_path / "run" / "kept.json"
    small.edit("all.yml", OLD, NEW)
    LiveContent(small.path, kept).get()
    assert kept.stat().st_mode & 0o077 == 0
    small.edit("all.yml", NEW, FAULTY)
    restarted = LiveContent(small.path, kept)
    with caplog.at_level(logging.ERROR):
        assert title(restarted) == "Money and pay"
    assert [fault.file for fault in restarted.faults] == ["all.yml"]
    assert restarted.get().version in caplog.text
    assert "all.yml:" in caplog.text
    small.edit("all.yml", FAULTY, "title: Salary")
    assert title(restarted) == "Salary"
    assert restarted.faults == []


@pytest.mark.parametrize("harm", [b"", b"{", b'{"version": "0", "files": []}', b"\xff"])
def test_kept_content_that_is_damaged_is_not_taken(
    small: Folder, tmp_path: Path, harm: bytes
) -> None:
    kept = tmp_path / "kept.json"
    LiveContent(small.path, kept).get()
    whole = kept.read_bytes()
    assert whole.replace(b"Pay", b"Gold") != whole
    for damaged in (harm, whole[:-9], whole.replace(b"Pay", b"Gold")):
        kept.write_bytes(damaged)
        small.edit("all.yml", OLD, FAULTY)
        with pytest.raises(ContentError):
            LiveContent(small.path, kept).get()
        small.edit("all.yml", FAULTY, OLD)
    LiveContent(small.path, kept).get()  # it is made good again
    assert kept.read_bytes() == whole


def test_what_is_tried_out_in_another_folder_is_not_kept(small: Folder, tmp_path: Path) -> None:
    kept = tmp_path / "kept.json"
    live = LiveContent(small.path, kept)
    live.get()
    before = kept.read_bytes()
    tried = Folder(tmp_path / "tried")
    shutil.copy(small.path / "all.yml", tried.path)
    tried.edit("all.yml", OLD, NEW)
    live.follow(tried.path)
    assert title(live) == "Money and pay"
    assert kept.read_bytes() == before


def test_on_a_full_disk_the_kept_content_stays_and_nothing_is_left_beside_it(
    small: Folder, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = tmp_path / "run" / "kept.json"
    LiveContent(small.path, kept).get()
    before = kept.read_bytes()
    small.edit("all.yml", OLD, NEW)

    def full(_: int) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    assert title(LiveContent(small.path, kept)) == "Money and pay"
    assert kept.read_bytes() == before
    assert list(kept.parent.iterdir()) == [kept]


def test_content_that_cannot_be_kept_is_used_all_the_same(small: Folder, tmp_path: Path) -> None:
    (tmp_path / "file").write_text("", encoding="utf-8")
    assert LiveContent(small.path, tmp_path / "file" / "kept.json").get().topic_ids
