"""What is known of locked packages is reviewed, and what was reviewed is locked."""

from __future__ import annotations

from typing import Any

import pytest

from tests.conftest import ROOT
from tools import audit
from tools.console import CommandError

_LOCK = audit.locked((ROOT / audit.LOCK).read_text(encoding="utf-8"))
_KNOWN = audit.reviewed((ROOT / audit.REVIEWED).read_text(encoding="utf-8"))


def _report(**vulns: list[dict[str, Any]]) -> dict[str, Any]:
    """As pip-audit writes it: with data on some packages, and a reason where it has none."""
    with_data = [
        {"name": name.replace("_", "-"), "version": "2022.10.2", "vulns": each}
        for name, each in vulns.items()
    ]
    return {"dependencies": [*with_data, {"name": "six", "skip_reason": "not found"}]}


def _fault(*ids: str) -> dict[str, Any]:
    return {"id": ids[0], "aliases": list(ids[1:]), "description": "It  breaks."}


def test_the_review_speaks_of_what_is_locked() -> None:
    assert _KNOWN
    assert audit.judge([], _KNOWN, _LOCK) == []


def test_a_review_of_what_is_not_locked_any_more_is_a_fault() -> None:
    (wrong,) = audit.judge([], [audit.Advisory("dask", "1.0", frozenset(["CVE-1"]), "")], _LOCK)
    assert "dask 1.0 is not locked" in wrong


def test_what_nobody_reviewed_is_a_fault() -> None:
    found, missing = audit.found_by_pip_audit(_report(dask=[_fault("GHSA-new", "CVE-new")]))
    assert missing == 1
    (wrong,) = audit.judge(found, _KNOWN, _LOCK)
    assert "CVE-new, GHSA-new not reviewed: It breaks." in wrong


def test_another_lists_name_for_the_same_is_known() -> None:
    found, _ = audit.found_by_pip_audit(_report(dask=[_fault("GHSA-x", "CVE-2024-10096")]))
    assert audit.judge(found, _KNOWN, _LOCK) == []


def test_the_same_name_of_another_package_is_not() -> None:
    found, _ = audit.found_by_pip_audit(_report(six=[_fault("CVE-2024-10096")]))
    assert len(audit.judge(found, _KNOWN, _LOCK)) == 1


@pytest.mark.parametrize("missing", ["reachable", "ids", "about"])
def test_a_review_says_whether_it_is_reachable(missing: str) -> None:
    entry = {"package": "six", "version": "'1'", "ids": "[CVE-1]", "about": "a", "reachable": "no"}
    del entry[missing]
    with pytest.raises(CommandError, match="six"):
        audit.reviewed("- " + "\n  ".join(f"{name}: {value}" for name, value in entry.items()))


def test_every_package_of_the_lock_is_read() -> None:
    assert ("rasa", "3.6.21") in _LOCK
    assert len(_LOCK) > 150
