"""The rule for floors."""

from __future__ import annotations

import pytest

from tests.support.floors import Measured


def test_a_floor_is_two_standard_errors_below_what_was_measured() -> None:
    measured = Measured.of(75, 100)
    assert measured == (0.75, 100)
    assert measured.floor == pytest.approx(0.75 - 2 * 0.0433, abs=1e-4)
    assert measured.ceiling == pytest.approx(0.75 + 2 * 0.0433, abs=1e-4)


def test_the_more_was_measured_the_nearer_the_floor() -> None:
    floors = [Measured(0.9, size).floor for size in (10, 100, 1000)]
    assert floors == sorted(floors)
    assert Measured(1.0, 10).floor == 1
