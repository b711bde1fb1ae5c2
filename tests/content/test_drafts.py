"""A topic that is being written keeps no other edit from being told."""

from __future__ import annotations

from content.live import LiveContent
from content.loader import draft_files, draft_ids, load
from tests.content.folder import Folder

HALF = """draft: true  # nobody is told of it until this line is taken out

topics:
  - id: harbours
    title:
"""
FLOW = """draft: true
topics: [{id: tides, title: }, {title: Reefs, "id": "reefs"}]
gaps:
- {title: Wrecks, id: gap_wrecks, answer: }
-   title: Fog
    id: 'gap_fog'
"""
BROKEN = 'draft: true\ntopics:\n  - id: tides\n    title: "never closed\n'


def test_a_half_filled_draft_blocks_no_edit(small: Folder) -> None:
    live = LiveContent(small.path)
    live.get()
    small.add(HALF)
    small.add(BROKEN, "more.yml")
    small.edit("all.yml", "title: Pay", "title: Wages")
    assert live.get().gaps["gap_pay"].title == "Wages"
    assert "harbours" not in live.get().topics


def test_without_the_line_it_is_read(small: Folder) -> None:
    small.add(HALF.replace("draft: true", "draft: false"))
    assert "harbours.title" in [fault.key for fault in small.faults()]


def test_a_draft_leaves_the_version_as_it_was(small: Folder) -> None:
    before = load(small.path).version
    small.add(HALF)
    assert load(small.path).version == before


def test_drafts_are_told_by_file_and_id(small: Folder) -> None:
    small.add(HALF)
    small.add(BROKEN, "more.yml")
    assert [path.name for path in draft_files(small.path)] == ["extra.yml", "more.yml"]
    assert draft_ids(small.path) == {"harbours", "tides"}


def test_ids_are_seen_in_whatever_style_they_are_written(small: Folder) -> None:
    small.add(FLOW)
    assert draft_ids(small.path) == {"tides", "reefs", "gap_wrecks", "gap_fog"}


def test_what_is_neither_true_nor_false_is_a_fault(small: Folder) -> None:
    small.add("draft: perhaps\n")
    assert [fault.key for fault in small.faults()] == ["draft"]
