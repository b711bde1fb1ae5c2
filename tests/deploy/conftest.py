"""What several tests of deployment share."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from benchmarks import services


@pytest.fixture
def open_folder() -> Iterator[Path]:
    """A folder that others may enter."""
    with services.open_folder() as folder:
        yield folder
