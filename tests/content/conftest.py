"""Shared by the tests of the content folder."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.content.folder import Folder


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """A copy of the real content."""
    return Folder.copy(tmp_path / "content")


@pytest.fixture
def small(tmp_path: Path) -> Folder:
    """A small copy of the real content, which loads fast."""
    return Folder.small(tmp_path / "content")
