"""A version is tagged when its changelog, its tree and its commits are ready, and not before."""

from __future__ import annotations

import datetime
import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.conftest import ROOT
from tools import changelog, release, subjects
from tools.console import CommandError

_TODAY = datetime.date.today().isoformat()
_READY = f"""# Changelog

## [Unreleased]

## [0.2.0] - {_TODAY}

### Added

- Bread.

## [0.1.0] - 2025-01-31

- Rolls.
"""


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A repository of its own, with one commit and a changelog that is ready for 0.2.0."""
    _git(tmp_path, "init", "--quiet", "--initial-branch", "main")
    _git(tmp_path, "config", "user.name", "A Baker")
    _git(tmp_path, "config", "user.email", "baker@example.org")
    _commit(tmp_path, _READY, "Bread is baked")
    return tmp_path


def _git(folder: Path, *arguments: str) -> str:
    done = subprocess.run(
        ["git", *arguments], cwd=folder, capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def _commit(folder: Path, text: str, subject: str) -> None:
    (folder / "CHANGELOG.md").write_text(text, encoding="utf-8")
    _git(folder, "add", "CHANGELOG.md")
    _git(folder, "commit", "--quiet", "--allow-empty", "--message", subject)


def test_what_is_ready_is_tagged_with_its_changes(project: Path) -> None:
    assert release.missing("0.2.0", project) == []
    release.tag("0.2.0", project)
    assert _git(project, "describe", "--tags") == "v0.2.0"
    assert _git(project, "tag", "--list", "--format=%(contents)") == "### Added\n\n- Bread."
    assert _git(project, "cat-file", "-t", "v0.2.0") == "tag"


def _unsaved(project: Path) -> None:
    (project / "notes.txt").write_text("half a thought", encoding="utf-8")


def _changed(old: str, new: str) -> Callable[[Path], None]:
    return lambda project: _commit(project, _READY.replace(old, new), "Another changelog")


def _tagged(*versions: str) -> Callable[[Path], None]:
    def tag(project: Path) -> None:
        for version in versions:
            _git(project, "tag", version)
        _commit(project, _READY, "Rolls are baked")

    return tag


def _long(project: Path) -> None:
    _commit(project, _READY, "x" * 73)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_unsaved, "not committed"),
        (_changed("## [Unreleased]", "## [Unreleased]\n\n- Cake."), "belongs below"),
        (_changed("[0.2.0]", "[0.3.0]"), "newest version is not 0.2.0"),
        (_changed("- Bread.", ""), "nothing is told"),
        (_changed(f" - {_TODAY}", ""), "needs a date"),
        (_changed(_TODAY, "9999-12-31"), "needs a date"),
        (_changed(_TODAY, "2025-02-30"), "needs a date"),
        (_changed("[0.1.0]", "[0.10.0]"), "does not follow 0.10.0"),
        (_tagged("v0.2.0"), "a tag v0.2.0 already"),
        (_tagged("v0.10.0"), "does not follow v0.10.0"),
        (_long, "73 characters"),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_what_is_missing_is_named(project: Path, spoil: Callable[[Path], None], said: str) -> None:
    spoil(project)
    found = release.missing("0.2.0", project)
    assert len(found) == 1
    assert said in found[0]


def test_all_that_is_missing_is_named_at_once(project: Path) -> None:
    _unsaved(project)
    _long(project)
    assert len(release.missing("0.3.0", project)) == 3


def test_nothing_new_is_no_version(project: Path) -> None:
    _git(project, "tag", "v0.1.0")
    assert release.missing("0.2.0", project) == ["nothing was committed since the version before"]


@pytest.mark.parametrize("typed", ["", "1", "v1.2.3", "1.2.3-rc1", "01.2.3", "$(id)"])
def test_what_is_no_version_is_refused(project: Path, typed: str) -> None:
    with pytest.raises(CommandError, match="is not a version"):
        release.missing(typed, project)


def test_a_subject_of_before_the_last_version_may_be_long(project: Path) -> None:
    _long(project)
    assert len(subjects.faults(project)) == 1
    _git(project, "tag", "v0.1.0")
    _commit(project, _READY, "x" * 72)
    assert subjects.faults(project) == []


def test_the_changelog_of_this_project_can_be_followed() -> None:
    versions = changelog.versions()
    numbers = [release._numbers(each.name) for each in versions]
    assert numbers == sorted(numbers, reverse=True)
    assert all(each.entries and release._is_past(each.date) for each in versions)


def test_the_package_of_the_web_chat_has_no_version_of_its_own() -> None:
    for name in ("package.json", "package-lock.json"):
        text = (ROOT / "widget" / name).read_text(encoding="utf-8")
        assert '"version"' not in text.partition('"dependencies"')[0], name
